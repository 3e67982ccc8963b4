/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The contract on a real card. CX3_TEST_DEVICE=0000:23:00.0 switches on reading; writing needs
 * CX3_TEST_WRITE=yes-erase-this-card as well, works on the last 128 KiB of the flash and puts back
 * what was there.
 */
#include <stdlib.h>

#include "contract_cases.h"
#include "cx3/flash.h"

static struct cx3_device *device;

static void the_card_fulfils_the_reading_contract(struct check *c)
{
	contract_reading(c, device);
}

static void the_card_fulfils_the_writing_contract(struct check *c)
{
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint64_t size_bytes;

	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	size_bytes = cx3_flash_get_info(flash)->size_bytes;
	printf("    %s, held reads: %s\n", cx3_flash_get_info(flash)->type,
	       cx3_flash_get_info(flash)->held_reads ? "yes" : "no");
	cx3_flash_close(flash);
	contract_writing(c, device, size_bytes - 2 * CX3_FLASH_SECTOR_BYTES);
}

int main(void)
{
	const char *spec = getenv("CX3_TEST_DEVICE"), *consent = getenv("CX3_TEST_WRITE");
	struct cx3_open_options options = {.allow_driver = true};
	struct cx3_error err = {0};
	struct check c = {0};
	int status;

	if (!spec || !*spec) {
		printf("SKIP: CX3_TEST_DEVICE does not name a card\n");
		return CHECK_SKIPPED;
	}
	status = cx3_device_open(spec, &options, &device, &err);
	if (status != CX3_OK) {
		printf("%s: %s: %s\n", spec, cx3_status_name(status), err.what);
		return 1;
	}
	CASE(&c, the_card_fulfils_the_reading_contract);
	if (consent && strcmp(consent, "yes-erase-this-card") == 0)
		CASE(&c, the_card_fulfils_the_writing_contract);
	else
		printf("skip the_card_fulfils_the_writing_contract: no CX3_TEST_WRITE\n");
	cx3_device_close(device);
	return check_report(&c);
}
