/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "bus/host_clock.h"

#include <errno.h>
#include <time.h>

uint64_t cx3_host_now_us(void *ctx)
{
	struct timespec now;

	(void)ctx;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void cx3_host_sleep_us(void *ctx, uint64_t us)
{
	struct timespec until;
	uint64_t end_us = cx3_host_now_us(ctx) + us;

	until.tv_sec = (time_t)(end_us / 1000000u);
	until.tv_nsec = (long)(end_us % 1000000u) * 1000;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		;
}
