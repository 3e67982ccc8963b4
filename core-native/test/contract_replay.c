/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The contract once recorded on a virtual card, then played without one; and traces written by
 * hand. */
#include <unistd.h>

#include "bus/replay.h"
#include "card/registers.h"
#include "card/semaphore.h"
#include "contract_cases.h"
#include "fixture.h"
#include "flash/spi.h"

static struct fixture fixture;

static void a_recorded_session_plays_again_to_its_end(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_counters recorded, played;
	struct cx3_bus bus = {0};
	struct cx3_error err = {0};
	char trace[FIXTURE_PATH_BYTES + 16];

	fixture_sim(&fixture, "W25Q16BV", 1, 1);
	snprintf(trace, sizeof(trace), "%s/session.trace", fixture.dir);
	CHECK_STATUS(c, cx3_bus_open_sim(fixture.sim_path, &bus, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_bus_wrap_recorder(&bus, trace, &bus, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	contract_reading(c, device);
	if (!c->failed)
		contract_writing(c, device, 0x20000);
	cx3_device_counters(device, &recorded);
	cx3_device_close(device);
	if (c->failed)
		return;
	/* The card is gone: what follows lives on the trace alone. */
	unlink(fixture.sim_path);
	CHECK_STATUS(c, cx3_bus_open_replay(trace, &bus, &err), CX3_OK, &err);
	CHECK(c, cx3_bus_replay_left(&bus) > 1000);
	CHECK_STATUS(c, cx3_device_open_bus(&bus, &device, &err), CX3_OK, &err);
	contract_reading(c, device);
	if (!c->failed)
		contract_writing(c, device, 0x20000);
	cx3_device_counters(device, &played);
	CHECK_EQ(c, cx3_bus_replay_left(&device->bus), 0);
	cx3_device_close(device);
	CHECK_EQ(c, played.reads, recorded.reads);
	CHECK_EQ(c, played.writes, recorded.writes);
	CHECK_EQ(c, played.spi_commands, recorded.spi_commands);
}

/* Device and a flash session by hand, so that a trace can start in the middle of things. */
static int open_trace(const char *name, struct cx3_device **device, struct cx3_flash *flash,
		      struct cx3_error *err)
{
	struct cx3_bus bus = {0};
	char path[FIXTURE_PATH_BYTES];
	int status;

	snprintf(path, sizeof(path), "%s/%s", CX3_TEST_DATA, name);
	status = cx3_bus_open_replay(path, &bus, err);
	if (status == CX3_OK)
		status = cx3_device_open_bus(&bus, device, err);
	memset(flash, 0, sizeof(*flash));
	flash->device = *device;
	flash->chip = cx3_chip_find(0xef401500);
	flash->bank_count = 1;
	flash->bank_bytes = flash->chip_bytes = flash->info.size_bytes = 0x200000;
	return status;
}

static void jedec_id_and_16_bytes_are_read_as_the_stock_tool_does(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash flash;
	struct cx3_error err = {0};
	uint8_t bytes[16];
	uint32_t word;

	CHECK_STATUS(c, open_trace("read.trace", &device, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_lock_gateway(&flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_spi_read_register(&flash, 0, CX3_SPI_READ_JEDEC_ID, &word, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, word, 0xef401500);
	cx3_flash_unlock_gateway(&flash);
	CHECK_STATUS(c, cx3_flash_lock_gateway(&flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_read_page(&flash, 0x100, bytes, sizeof(bytes), &err), CX3_OK,
		     &err);
	cx3_flash_unlock_gateway(&flash);
	CHECK(c, memcmp(bytes, "0123456789abcdef", 16) == 0);
	CHECK_EQ(c, cx3_bus_replay_left(&device->bus), 0);
	cx3_device_close(device);
}

static void a_page_and_an_erase_go_over_the_wire_as_described(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash flash;
	struct cx3_error err = {0};
	uint8_t bytes[48];

	memset(bytes, 0x5a, sizeof(bytes));
	CHECK_STATUS(c, open_trace("change.trace", &device, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_erase_unit(&flash, 0x1f0000, 0x1000, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_program_page(&flash, 0x80010, bytes, sizeof(bytes), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, cx3_bus_replay_left(&device->bus), 0);
	cx3_device_close(device);
}

static void an_access_that_differs_is_named_with_its_line(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_flash flash;
	struct cx3_error err = {0};

	CHECK_STATUS(c, open_trace("read.trace", &device, &flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_semaphore_take(device, CX3_REG_PROGRAMMING_LOCK, 0, 1, &err),
		     CX3_TRACE_MISMATCH, &err);
	CHECK(c, strstr(err.what, "line 8 ") != NULL);
	CHECK(c, strstr(err.what, "R f03a0") != NULL);
	cx3_device_close(device);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, a_recorded_session_plays_again_to_its_end);
	CASE(&c, jedec_id_and_16_bytes_are_read_as_the_stock_tool_does);
	CASE(&c, a_page_and_an_erase_go_over_the_wire_as_described);
	CASE(&c, an_access_that_differs_is_named_with_its_line);
	fixture_close(&fixture);
	return check_report(&c);
}
