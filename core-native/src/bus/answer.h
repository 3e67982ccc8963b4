/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#ifndef CX3_BUS_ANSWER_H
#define CX3_BUS_ANSWER_H

#include <stdint.h>

#include "cx3/status.h"

/*
 * For registers that can never hold them: CX3_ALL_ONES, CX3_CR_SPACE_LOCKED and CX3_WRONG_BAR_PAGE
 * for the three answers that are no values (flash-access 1.1), with what to do; CX3_OK for every
 * other value.
 */
int cx3_check_answer(uint32_t cr_address, uint32_t value, struct cx3_error *err);

#endif
