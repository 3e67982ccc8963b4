/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* splitmix64: a seed gives the same torn content on every machine. */
#ifndef CX3_SIM_RANDOM_H
#define CX3_SIM_RANDOM_H

#include <stdint.h>

static inline uint32_t sim_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)(z >> 32);
}

#endif
