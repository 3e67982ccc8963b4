/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Hardware semaphores with an owner: what this session did not take it never frees (flash-access
 * 3). */
#ifndef CX3_CARD_SEMAPHORE_H
#define CX3_CARD_SEMAPHORE_H

#include "card/device.h"

/* Takes it or fails with CX3_SEMAPHORE_TIMEOUT after timeout_us; asks each poll_us. What this
 * session holds already, after a release that failed, stays taken. */
int cx3_semaphore_take(struct cx3_device *device, uint32_t reg, uint64_t timeout_us,
		       uint64_t poll_us, struct cx3_error *err);
/* Does nothing when this session does not hold it. On failure it still counts as held, so that the
 * close of the device tries again. */
int cx3_semaphore_release(struct cx3_device *device, uint32_t reg, struct cx3_error *err);
/* In reverse order; the first failure is reported, all are tried. */
int cx3_semaphore_release_all(struct cx3_device *device, struct cx3_error *err);
bool cx3_semaphore_held(const struct cx3_device *device, uint32_t reg);
/* The chip was reset: nothing is held any more. */
void cx3_semaphore_forget_all(struct cx3_device *device);

#endif
