/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CRC16 as the boot code computes it (fs2-image 2.1): polynomial 0x100b over big-endian words. */
#ifndef CX3_SIM_CRC_H
#define CX3_SIM_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Of the augmented form, so the start value stands for itself and the end shifts 16 zero bits in.
 */
#define SIM_CRC_START 0xffffu

uint16_t sim_crc_word(uint16_t crc, uint32_t word);
uint16_t sim_crc_end(uint16_t crc);

/* CRC-32 of IEEE 802.3, for the store of settings. */
uint32_t sim_crc32(const uint8_t *data, size_t len_bytes);

#endif
