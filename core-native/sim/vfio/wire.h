/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Words of the vfio-user protocol, all little-endian. [verified] means that QEMU 11.1 took it.
 *
 *   header of each message, 16 bytes [verified]:
 *     0 id u16 | 2 command u16 | 4 size u32, header included | 8 flags u32 | 12 error u32, errno
 */
#ifndef CX3_VFIO_WIRE_H
#define CX3_VFIO_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define VFIO_HEADER_BYTES 16u
/* Most data of one region access; told to the client at the start. */
#define VFIO_MAX_DATA_BYTES    0x100000u
#define VFIO_MAX_MESSAGE_BYTES (VFIO_MAX_DATA_BYTES + 0x1000u)

#define VFIO_AT_ID	0u
#define VFIO_AT_COMMAND 2u
#define VFIO_AT_SIZE	4u
#define VFIO_AT_FLAGS	8u
#define VFIO_AT_ERROR	12u

#define VFIO_FLAG_TYPE_MASK 0xfu
#define VFIO_FLAG_REPLY	    0x1u
#define VFIO_FLAG_NO_REPLY  0x10u
#define VFIO_FLAG_ERROR	    0x20u

enum vfio_command {
	VFIO_VERSION = 1,
	VFIO_DMA_MAP = 2,
	VFIO_DMA_UNMAP = 3,
	VFIO_GET_INFO = 4,
	VFIO_GET_REGION_INFO = 5,
	VFIO_GET_IRQ_INFO = 7,
	VFIO_SET_IRQS = 8,
	VFIO_REGION_READ = 9,
	VFIO_REGION_WRITE = 10,
	VFIO_RESET = 13,
};

/* Regions and interrupts of a PCI device, as VFIO numbers them. */
#define VFIO_REGION_BAR0   0u
#define VFIO_REGION_BAR2   2u
#define VFIO_REGION_CONFIG 7u
#define VFIO_REGIONS	   9u
#define VFIO_IRQ_INTX	   0u
#define VFIO_IRQ_ERROR	   3u
#define VFIO_IRQS	   5u

static inline uint16_t vfio_get16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t vfio_get32(const uint8_t *p)
{
	return vfio_get16(p) | (uint32_t)vfio_get16(p + 2) << 16;
}

static inline uint64_t vfio_get64(const uint8_t *p)
{
	return vfio_get32(p) | (uint64_t)vfio_get32(p + 4) << 32;
}

static inline void vfio_put16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)value;
	p[1] = (uint8_t)(value >> 8);
}

static inline void vfio_put32(uint8_t *p, uint32_t value)
{
	vfio_put16(p, (uint16_t)value);
	vfio_put16(p + 2, (uint16_t)(value >> 16));
}

static inline void vfio_put64(uint8_t *p, uint64_t value)
{
	vfio_put32(p, (uint32_t)value);
	vfio_put32(p + 4, (uint32_t)(value >> 32));
}

#endif
