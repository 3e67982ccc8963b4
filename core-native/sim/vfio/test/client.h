/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Messages as a client writes them. */
#ifndef CX3_VFIO_TEST_CLIENT_H
#define CX3_VFIO_TEST_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "wire.h"

struct stream {
	uint8_t bytes[0x4000];
	size_t len_bytes;
};

/* Each appends one message and returns its place; the id counts up from 1. */
size_t put_message(struct stream *stream, uint16_t command, uint32_t flags, const void *body,
		   uint32_t body_bytes);
size_t put_version(struct stream *stream, uint16_t major, uint16_t minor);
size_t put_region_info(struct stream *stream, uint32_t region);
size_t put_read(struct stream *stream, uint32_t region, uint64_t offset, uint32_t count);
size_t put_write(struct stream *stream, uint32_t flags, uint32_t region, uint64_t offset,
		 const uint8_t *data, uint32_t count);

#endif
