/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "mutation.h"

#include <string.h>

#include "random.h"

#define MAX_MESSAGES 24u

/* Registers and places that do something. */
static const uint32_t PLACES[] = {0xf0000, 0xf0010, 0xf0014, 0xf0380, 0xf03a0,	0xf03fc, 0xf0400,
				  0xf0404, 0xf0410, 0xf041c, 0xffffc, 0x100000, 0x58,	 0x5c,
				  0x4a,	   0x48,    0x4,     0x10,    0x68,	0xc4,	 0xcc,
				  0xd0,	   0xffc,   0x1000,  0,	      1,	0xfffff};
static const uint32_t REGIONS[] = {VFIO_REGION_BAR0,
				   VFIO_REGION_BAR0,
				   VFIO_REGION_CONFIG,
				   VFIO_REGION_CONFIG,
				   VFIO_REGION_BAR2,
				   1,
				   6,
				   8,
				   9,
				   0xffffffff};
static const uint32_t EDGES[] = {0,
				 1,
				 3,
				 4,
				 15,
				 16,
				 17,
				 0x7fffffff,
				 0x80000000,
				 0xffffffff,
				 VFIO_MAX_DATA_BYTES,
				 VFIO_MAX_DATA_BYTES + 1,
				 VFIO_MAX_MESSAGE_BYTES,
				 VFIO_MAX_MESSAGE_BYTES + 1};

#define PICK(table, seed) table[sim_random(seed) % (sizeof(table) / sizeof((table)[0]))]

static void put_any(struct stream *stream, uint64_t *seed)
{
	uint8_t body[64];
	uint32_t kind = sim_random(seed) % 10;
	uint32_t flags = sim_random(seed) % 4 ? 0 : VFIO_FLAG_NO_REPLY;

	for (unsigned i = 0; i < sizeof(body); i++)
		body[i] = (uint8_t)sim_random(seed);
	if (kind < 4)
		put_read(stream, PICK(REGIONS, seed), PICK(PLACES, seed),
			 sim_random(seed) % 8 ? 4 : sim_random(seed) % 4096);
	else if (kind < 8)
		put_write(stream, flags, PICK(REGIONS, seed), PICK(PLACES, seed), body,
			  sim_random(seed) % 8 ? 4 : sim_random(seed) % sizeof(body));
	else if (kind == 8)
		put_region_info(stream, PICK(REGIONS, seed));
	else
		put_message(stream, (uint16_t)(sim_random(seed) % 18), flags, body,
			    sim_random(seed) % sizeof(body));
}

static void spoil(struct stream *stream, uint64_t *seed)
{
	size_t at = sim_random(seed) % stream->len_bytes;

	switch (sim_random(seed) % 5) {
	case 0:
		stream->bytes[at] ^= (uint8_t)(1u << sim_random(seed) % 8);
		break;
	case 1:
		stream->bytes[at] = (uint8_t)sim_random(seed);
		break;
	case 2: /* an extreme where a number may be */
		at &= ~(size_t)3;
		vfio_put32(stream->bytes + at, PICK(EDGES, seed));
		break;
	case 3:
		stream->len_bytes = at + 1;
		break;
	default: /* a piece is lost */
		memmove(stream->bytes + at, stream->bytes + at + 1, stream->len_bytes - at - 1);
		stream->len_bytes -= stream->len_bytes > 1;
		break;
	}
}

void make_stream(struct stream *stream, uint64_t *seed)
{
	uint32_t messages = sim_random(seed) % MAX_MESSAGES;
	uint32_t faults = sim_random(seed) % 4;

	memset(stream, 0, sizeof(*stream));
	if (sim_random(seed) % 16)
		put_version(stream, 0, 0);
	for (uint32_t i = 0; i <= messages; i++)
		put_any(stream, seed);
	while (faults--)
		spoil(stream, seed);
}
