/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/status.h"

const char *cx3_status_name(int status)
{
	switch (status) {
#define CX3_STATUS_NAME(name, number, text)                                                        \
	case -(number):                                                                            \
		return #name;
		CX3_STATUS_LIST(CX3_STATUS_NAME)
#undef CX3_STATUS_NAME
	default:
		return "UNKNOWN";
	}
}

const char *cx3_status_text(int status)
{
	switch (status) {
#define CX3_STATUS_TEXT(name, number, text)                                                        \
	case -(number):                                                                            \
		return text;
		CX3_STATUS_LIST(CX3_STATUS_TEXT)
#undef CX3_STATUS_TEXT
	default:
		return "unknown status";
	}
}
