/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "flash/session.h"

#include <stdlib.h>
#include <string.h>

#include "bus/answer.h"
#include "bus/error.h"
#include "card/registers.h"
#include "card/semaphore.h"
#include "flash/spi.h"

/* As the stock tool: 41 reads, half a second apart; asked more often here. [verified] */
#define PROGRAMMING_LOCK_TIMEOUT_US 20000000u
#define PROGRAMMING_LOCK_POLL_US    100000u
/* The stock tool gives up after about 1.2 s; the driver waits 10 s. */
#define GATEWAY_LOCK_TIMEOUT_US 5000000u
#define GATEWAY_LOCK_POLL_US	1000u
#define GATEWAY_HOLD_US		1000000u

/* After a failure in mid-page: the next opcode would be taken as data. */
static int end_transaction(struct cx3_flash *flash, struct cx3_error *err)
{
	uint8_t value;
	int status = cx3_spi_read_status(flash, flash->chip_select_bank, &value, err);

	if (status != CX3_OK || !flash->chip)
		return status;
	return cx3_spi_wait_ready(flash, flash->chip_select_bank, 0,
				  1000u * flash->chip->program_page.max_us, 0, err);
}

int cx3_flash_lock_gateway(struct cx3_flash *flash, struct cx3_error *err)
{
	int status;

	if (cx3_semaphore_held(flash->device, CX3_REG_GATEWAY_LOCK))
		return flash->chip_select_low ? end_transaction(flash, err) : CX3_OK;
	status = cx3_semaphore_take(flash->device, CX3_REG_GATEWAY_LOCK, GATEWAY_LOCK_TIMEOUT_US,
				    GATEWAY_LOCK_POLL_US, err);
	if (status == CX3_OK)
		flash->gateway_since_us = cx3_device_now_us(flash->device);
	return status;
}

void cx3_flash_unlock_gateway(struct cx3_flash *flash)
{
	if (!flash->modified)
		cx3_semaphore_release(flash->device, CX3_REG_GATEWAY_LOCK, NULL);
}

int cx3_flash_share_gateway(struct cx3_flash *flash, struct cx3_error *err)
{
	if (flash->modified ||
	    cx3_device_now_us(flash->device) - flash->gateway_since_us < GATEWAY_HOLD_US)
		return CX3_OK;
	cx3_flash_unlock_gateway(flash);
	return cx3_flash_lock_gateway(flash, err);
}

int cx3_flash_check_range(const struct cx3_flash *flash, uint64_t address, uint64_t len_bytes,
			  struct cx3_error *err)
{
	if (!flash)
		return cx3_fail(err, CX3_CLOSED, "no flash session");
	if (address <= flash->info.size_bytes && len_bytes <= flash->info.size_bytes - address)
		return CX3_OK;
	cx3_fail(err, CX3_OUT_OF_RANGE, "0x%llx bytes do not fit the flash of 0x%llx bytes",
		 (unsigned long long)len_bytes, (unsigned long long)flash->info.size_bytes);
	return cx3_error_address(err, CX3_OUT_OF_RANGE, address);
}

void cx3_progress_init(struct cx3_progress *progress, cx3_progress_fn fn, void *user,
		       uint64_t total_bytes)
{
	memset(progress, 0, sizeof(*progress));
	progress->fn = fn;
	progress->user = user;
	progress->total_bytes = total_bytes;
}

int cx3_progress_advance(struct cx3_flash *flash, struct cx3_progress *progress,
			 enum cx3_flash_phase phase, uint64_t done_bytes, struct cx3_error *err)
{
	if (done_bytes > progress->total_bytes)
		done_bytes = progress->total_bytes;
	if (done_bytes > progress->done_bytes[phase])
		progress->done_bytes[phase] = done_bytes;
	if (progress->fn && progress->fn(progress->user, phase, progress->done_bytes[phase],
					 progress->total_bytes) != 0)
		return cx3_fail(err, CX3_CANCELLED, "stopped at a safe point");
	return cx3_device_check_cancel(flash->device, err);
}

/* In recovery mode a link drop would reset the chip under a burn; put back at close.
 * (flash-access 1.7) */
static int hold_off_link_reset(struct cx3_flash *flash, struct cx3_error *err)
{
	uint32_t value;
	int status = cx3_cr_read32(flash->device, CX3_REG_RECOVERY, &value, err);

	if (status != CX3_OK || value <= CX3_RECOVERY_ABOVE || !flash->device->card.recovery_mode)
		return status;
	status = cx3_cr_read32(flash->device, CX3_REG_LINK_RESET, &value, err);
	/* A card that went away must not get its ones written back as a setting. */
	if (status == CX3_OK)
		status = cx3_check_answer(CX3_REG_LINK_RESET, value, err);
	if (status != CX3_OK || (value & CX3_LINK_RESET_MASK) == CX3_LINK_RESET_OFF)
		return status;
	flash->link_reset_saved = value;
	flash->link_reset_changed = true;
	return cx3_cr_write32(flash->device, CX3_REG_LINK_RESET,
			      (value & ~CX3_LINK_RESET_MASK) | CX3_LINK_RESET_OFF, err);
}

int cx3_flash_open(struct cx3_device *device, const struct cx3_flash_options *options,
		   struct cx3_flash **out, struct cx3_error *err)
{
	static const struct cx3_flash_options defaults = {0};
	struct cx3_flash *flash;
	uint64_t timeout_us;
	int status;

	if (!device || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "flash: device and result needed");
	*out = NULL;
	if (!options)
		options = &defaults;
	if (options->banks > CX3_MAX_BANKS)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "%u banks; there is one chip select bit",
				options->banks);
	if (device->flash_open)
		return cx3_fail(err, CX3_BUSY, "this device has a flash session already");
	flash = calloc(1, sizeof(*flash));
	if (!flash)
		return cx3_fail(err, CX3_NO_MEMORY, "flash session");
	flash->device = device;
	device->flash_open = true;
	timeout_us =
		options->lock_timeout_us ? options->lock_timeout_us : PROGRAMMING_LOCK_TIMEOUT_US;
	status = cx3_semaphore_take(device, CX3_REG_PROGRAMMING_LOCK, timeout_us,
				    PROGRAMMING_LOCK_POLL_US, err);
	if (status == CX3_OK)
		status = hold_off_link_reset(flash, err);
	if (status == CX3_OK)
		status = cx3_flash_lock_gateway(flash, err);
	if (status == CX3_OK)
		status = cx3_flash_detect(flash, options, err);
	if (status != CX3_OK) {
		cx3_flash_close(flash);
		return status;
	}
	cx3_flash_unlock_gateway(flash);
	*out = flash;
	return CX3_OK;
}

void cx3_flash_close(struct cx3_flash *flash)
{
	struct cx3_device *device;

	if (!flash)
		return;
	device = flash->device;
	/* Only a failed transaction leaves chip select low, and then the gateway lock is still
	 * ours. */
	if (flash->chip_select_low && cx3_semaphore_held(device, CX3_REG_GATEWAY_LOCK))
		end_transaction(flash, NULL);
	cx3_semaphore_release(device, CX3_REG_GATEWAY_LOCK, NULL);
	if (flash->link_reset_changed)
		cx3_cr_write32(device, CX3_REG_LINK_RESET, flash->link_reset_saved, NULL);
	cx3_semaphore_release(device, CX3_REG_PROGRAMMING_LOCK, NULL);
	device->flash_open = false;
	free(flash);
}

const struct cx3_flash_info *cx3_flash_get_info(const struct cx3_flash *flash)
{
	return &flash->info;
}
