/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "bus/answer.h"

#include "bus/error.h"
#include "card/registers.h"

int cx3_check_answer(uint32_t cr_address, uint32_t value, struct cx3_error *err)
{
	int status;

	switch (value) {
	case CX3_VALUE_ALL_ONES:
		status = cx3_fail(err, CX3_ALL_ONES,
				  "the card is off the bus, in reset or without power; "
				  "check the slot, then power the machine off and on");
		break;
	case CX3_VALUE_CR_LOCKED:
		status =
			cx3_fail(err, CX3_CR_SPACE_LOCKED,
				 "secure host mode hides the registers; enable access with the key "
				 "that locked it (stock tool: hw_access enable), or use the "
				 "flash-present jumper and recovery mode");
		break;
	case CX3_VALUE_WRONG_BAR_PAGE:
		status = cx3_fail(err, CX3_WRONG_BAR_PAGE,
				  "use config space instead: pciconf:ADDRESS");
		break;
	default:
		return CX3_OK;
	}
	return cx3_error_register(err, status, cr_address, value);
}
