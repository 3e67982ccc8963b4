/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Clock of the buses that lead to real hardware: the monotonic clock of the host, in microseconds.
 */
#ifndef CX3_BUS_HOST_CLOCK_H
#define CX3_BUS_HOST_CLOCK_H

#include <stdint.h>

/* ctx is not looked at; the shape fits struct cx3_bus_ops. */
uint64_t cx3_host_now_us(void *ctx);
void cx3_host_sleep_us(void *ctx, uint64_t us);

#endif
