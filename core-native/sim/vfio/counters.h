/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The counters as a JSON file: those of the bus, and those of the card under "card". */
#ifndef CX3_VFIO_COUNTERS_H
#define CX3_VFIO_COUNTERS_H

#include "device.h"

/* Written beside the file and renamed, so a reader sees a whole one. */
int vfio_counters_save(struct vfio_device *device, const char *path, struct cx3_error *err);

#endif
