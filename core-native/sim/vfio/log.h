/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The access log: text, one access a line, "R f0014 000001f7" and "W f0380 00000000" for registers
 * in BAR0 (numbers in hex, as the recorder of the driver writes them), "CR 58 4 000f0014" and "CW
 * ..." for configuration space (offset, length, value of up to 4 bytes), "# ..." for events.
 */
#ifndef CX3_VFIO_LOG_H
#define CX3_VFIO_LOG_H

#include <stdint.h>

#include "cx3/status.h"

struct vfio_log;

/* Appends to a file, which must not be a link. All calls below take NULL for "no log". */
int vfio_log_open(const char *path, struct vfio_log **out, struct cx3_error *err);
void vfio_log_register(struct vfio_log *log, char direction, uint32_t reg, uint32_t value);
void vfio_log_config(struct vfio_log *log, char direction, uint32_t offset, const uint8_t *bytes,
		     uint32_t len_bytes);
void vfio_log_event(struct vfio_log *log, const char *text);
void vfio_log_flush(struct vfio_log *log);

/* False when anything could not be written. */
int vfio_log_close(struct vfio_log *log);

#endif
