/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "check.h"
#include "cx3/status.h"

static void every_status_has_its_own_number_name_and_text(struct check *c)
{
	static const int all[] = {
#define CX3_STATUS_NUMBER(name, number, text) number,
		CX3_STATUS_LIST(CX3_STATUS_NUMBER)
#undef CX3_STATUS_NUMBER
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		CHECK_EQ(c, all[i], i);
		CHECK(c, strcmp(cx3_status_name(-all[i]), "UNKNOWN") != 0);
		CHECK(c, cx3_status_text(-all[i])[0] != '\0');
	}
	CHECK_STR(c, cx3_status_name(CX3_GATEWAY_TIMEOUT), "GATEWAY_TIMEOUT");
}

static void an_unknown_status_has_a_name_too(struct check *c)
{
	CHECK_STR(c, cx3_status_name(-9999), "UNKNOWN");
	CHECK_STR(c, cx3_status_name(1), "UNKNOWN");
	CHECK_STR(c, cx3_status_text(-9999), "unknown status");
}

int main(void)
{
	struct check c = {0};

	CASE(&c, every_status_has_its_own_number_name_and_text);
	CASE(&c, an_unknown_status_has_a_name_too);
	return check_report(&c);
}
