/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BODY_BYTES 1024u

size_t put_message(struct stream *stream, uint16_t command, uint32_t flags, const void *body,
		   uint32_t body_bytes)
{
	size_t at = stream->len_bytes;
	uint8_t *header = stream->bytes + at;
	uint16_t id = 1;

	if (body_bytes > sizeof(stream->bytes) - at - VFIO_HEADER_BYTES) {
		fprintf(stderr, "the stream of the test is full\n");
		abort();
	}
	for (size_t i = 0; i < at; i += vfio_get32(stream->bytes + i + VFIO_AT_SIZE))
		id++;
	memset(header, 0, VFIO_HEADER_BYTES);
	vfio_put16(header + VFIO_AT_ID, id);
	vfio_put16(header + VFIO_AT_COMMAND, command);
	vfio_put32(header + VFIO_AT_SIZE, VFIO_HEADER_BYTES + body_bytes);
	vfio_put32(header + VFIO_AT_FLAGS, flags);
	if (body_bytes)
		memcpy(header + VFIO_HEADER_BYTES, body, body_bytes);
	stream->len_bytes = at + VFIO_HEADER_BYTES + body_bytes;
	return at;
}

size_t put_version(struct stream *stream, uint16_t major, uint16_t minor)
{
	static const char JSON[] = "{\"capabilities\":{\"max_msg_fds\":8}}";
	uint8_t body[4 + sizeof(JSON)];

	vfio_put16(body, major);
	vfio_put16(body + 2, minor);
	memcpy(body + 4, JSON, sizeof(JSON));
	return put_message(stream, VFIO_VERSION, 0, body, sizeof(body));
}

size_t put_region_info(struct stream *stream, uint32_t region)
{
	uint8_t body[32] = {0};

	vfio_put32(body, sizeof(body));
	vfio_put32(body + 8, region);
	return put_message(stream, VFIO_GET_REGION_INFO, 0, body, sizeof(body));
}

static void put_access(uint8_t body[16], uint32_t region, uint64_t offset, uint32_t count)
{
	vfio_put64(body, offset);
	vfio_put32(body + 8, region);
	vfio_put32(body + 12, count);
}

size_t put_read(struct stream *stream, uint32_t region, uint64_t offset, uint32_t count)
{
	uint8_t body[16];

	put_access(body, region, offset, count);
	return put_message(stream, VFIO_REGION_READ, 0, body, sizeof(body));
}

size_t put_write(struct stream *stream, uint32_t flags, uint32_t region, uint64_t offset,
		 const uint8_t *data, uint32_t count)
{
	uint8_t body[16 + MAX_BODY_BYTES];

	put_access(body, region, offset, count);
	memcpy(body + 16, data, count);
	return put_message(stream, VFIO_REGION_WRITE, flags, body, 16 + count);
}
