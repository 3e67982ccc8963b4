/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What every card must do, whatever is behind the bus. Each case opens and closes its own flash
 * session. */
#ifndef CX3_TEST_CONTRACT_CASES_H
#define CX3_TEST_CONTRACT_CASES_H

#include "check.h"
#include "cx3/device.h"

/* Changes nothing on the card. */
void contract_reading(struct check *c, struct cx3_device *device);
/* Changes the 128 KiB from scratch on (a multiple of 64 KiB) and puts back what was there. */
void contract_writing(struct check *c, struct cx3_device *device, uint64_t scratch);

#endif
