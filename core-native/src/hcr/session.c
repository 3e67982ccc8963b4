/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "bus/error.h"
#include "card/registers.h"
#include "card/semaphore.h"
#include "hcr/hcr.h"

/* The stock tool tries some 2 s and holds the lock for one command; a command may erase flash. */
#define LOCK_TIMEOUT_US 5000000u
#define LOCK_POLL_US	1000u

static const struct cx3_hcr_block tools_block = {
	.name = "tools",
	.registers = CX3_REG_TOOLS_HCR,
	.lock = CX3_REG_TOOLS_HCR_LOCK,
};

/* The PCI id tells, and where there is none the card itself. */
static int check_firmware(struct cx3_device *device, struct cx3_error *err)
{
	uint32_t value = 0;
	int status;

	if (!device->card.recovery_mode) {
		if (device->card.access != CX3_ACCESS_OTHER)
			return CX3_OK;
		status = cx3_cr_read32(device, CX3_REG_RECOVERY, &value, err);
		if (status != CX3_OK || value <= CX3_RECOVERY_ABOVE)
			return status;
	}
	return cx3_fail(err, CX3_NOT_SUPPORTED,
			"settings in recovery mode: no firmware runs; burn an image and reset the "
			"card first");
}

int cx3_hcr_begin(struct cx3_hcr *hcr, struct cx3_device *device, struct cx3_error *err)
{
	int status;

	if (!device)
		return cx3_fail(err, CX3_CLOSED, "no device");
	hcr->device = device;
	hcr->block = &tools_block;
	hcr->committed = false;
	status = cx3_device_check_cancel(device, err);
	if (status == CX3_OK)
		status = check_firmware(device, err);
	if (status == CX3_OK)
		status = cx3_semaphore_take(device, hcr->block->lock, LOCK_TIMEOUT_US, LOCK_POLL_US,
					    err);
	return status;
}

int cx3_hcr_end(struct cx3_hcr *hcr, int status, struct cx3_error *err)
{
	int released =
		cx3_semaphore_release(hcr->device, hcr->block->lock, status == CX3_OK ? err : NULL);

	return status == CX3_OK ? released : status;
}
