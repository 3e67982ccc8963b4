/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The contract on virtual cards with every chip, and the register traffic it costs. */
#include <stdlib.h>

#include "contract_cases.h"
#include "fixture.h"

static struct fixture fixture;

static void run_on(struct check *c, const char *chip, bool slow)
{
	struct cx3_counters counters;
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	struct cx3_sim_info info;
	struct cx3_sim_options options;
	struct cx3_sim *sim = NULL;

	fixture_sim(&fixture, chip, 1, 1);
	/* Chips that wake up protected have their own test. */
	CHECK_STATUS(c, cx3_sim_open(fixture.sim_path, &sim, &err), CX3_OK, &err);
	cx3_sim_get_info(sim, &info);
	options = info.options;
	options.power_up_protected = false;
	CHECK_STATUS(c, cx3_sim_set_options(sim, &options), CX3_OK, &err);
	CHECK_STATUS(c, cx3_sim_power_cycle(sim, &err), CX3_OK, &err);
	if (slow)
		cx3_sim_set_timing(sim, 3, true);
	cx3_sim_reset_counters(sim);
	cx3_sim_close(sim);

	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	contract_reading(c, device);
	if (!c->failed)
		contract_writing(c, device, 0x20000);
	cx3_device_counters(device, &counters);
	cx3_device_close(device);
	if (c->failed) {
		printf("    with chip %s\n", chip);
		return;
	}
	CHECK(c, fixture_locks_are_free(&fixture));
	fixture_info(&fixture, &info);
	if (info.violations)
		printf("    %s: %s\n", chip, info.last_violation);
	CHECK_EQ(c, info.violations, 0);
	/* The card was asked for its id once before there was a device to count. */
	CHECK_EQ(c, info.reads, counters.reads + 1);
	CHECK_EQ(c, info.writes, counters.writes);
}

static void every_chip_of_the_simulator_fulfils_the_contract(struct check *c)
{
	const char *const *name;

	for (name = cx3_sim_chip_names(); *name && !c->failed; name++)
		run_on(c, *name, false);
}

static void the_slowest_chips_and_gateway_fulfil_it_too(struct check *c)
{
	static const char *const chips[] = {"W25Q16BV", "M25P16", "SST25VF016B", "AT25DF161"};
	size_t i;

	for (i = 0; i < sizeof(chips) / sizeof(chips[0]) && !c->failed; i++)
		run_on(c, chips[i], true);
}

static void two_banks_are_one_flash(struct check *c)
{
	struct cx3_flash_options two = {.banks = 2};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint8_t want[512], found[512];

	fixture_sim(&fixture, "W25Q16BV", 2, 1);
	fixture_peek(&fixture, 0x200000 - 256, want, sizeof(want));
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, &two, &flash, &err), CX3_OK, &err);
	CHECK_EQ(c, cx3_flash_get_info(flash)->size_bytes, 0x400000);
	CHECK_STATUS(c,
		     cx3_flash_read(flash, 0x200000 - 256, found, sizeof(found), NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK(c, memcmp(want, found, sizeof(want)) == 0);
	fixture_pattern(want, sizeof(want), 3);
	CHECK_STATUS(
		c, cx3_flash_write(flash, 0x200000 - 256, want, sizeof(want), 0, NULL, NULL, &err),
		CX3_OK, &err);
	cx3_flash_close(flash);
	cx3_device_close(device);
	fixture_peek(&fixture, 0x200000 - 256, found, sizeof(found));
	CHECK(c, memcmp(want, found, sizeof(want)) == 0);
}

#define BUDGET_BYTES (640 * 1024)

struct traffic {
	double reads, writes; /* a KiB */
};

static struct traffic since(struct cx3_device *device, struct cx3_counters *before)
{
	struct cx3_counters now;
	struct traffic traffic;

	cx3_device_counters(device, &now);
	traffic.reads = (double)(now.reads - before->reads) * 1024 / BUDGET_BYTES;
	traffic.writes = (double)(now.writes - before->writes) * 1024 / BUDGET_BYTES;
	*before = now;
	return traffic;
}

/* Budgets: reading 400 + 140 a KiB, a verified burn 560 + 560 a KiB, ordering flush on. */
static void check_burn(struct check *c, bool blank, const char *text)
{
	struct cx3_counters counters = {0};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	uint8_t *want = malloc(BUDGET_BYTES), *found = malloc(BUDGET_BYTES);
	struct traffic traffic;

	fixture_sim(&fixture, "W25Q16BV", 1, 1);
	if (blank) {
		memset(want, 0xff, BUDGET_BYTES);
		fixture_poke(&fixture, 0x100000, want, BUDGET_BYTES);
	}
	fixture_pattern(want, BUDGET_BYTES, 5);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_OK, &err);
	CHECK(c, cx3_flash_get_info(flash)->held_reads);
	since(device, &counters);
	CHECK_STATUS(c,
		     cx3_flash_write(flash, 0x100000, want, BUDGET_BYTES, CX3_WRITE_DEFER_VERIFY,
				     NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_read(flash, 0x100000, found, BUDGET_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK(c, memcmp(want, found, BUDGET_BYTES) == 0);
	traffic = since(device, &counters);
	printf("    %s: %.1f reads + %.1f writes a KiB\n", text, traffic.reads, traffic.writes);
	CHECK(c, traffic.reads <= 560 && traffic.writes <= 560);
	CHECK_STATUS(c, cx3_flash_read(flash, 0x100000, found, BUDGET_BYTES, NULL, NULL, &err),
		     CX3_OK, &err);
	traffic = since(device, &counters);
	printf("    reading: %.1f reads + %.1f writes a KiB\n", traffic.reads, traffic.writes);
	CHECK(c, traffic.reads <= 400 && traffic.writes <= 140);
	cx3_flash_close(flash);
	cx3_device_close(device);
	free(want);
	free(found);
}

static void a_verified_burn_over_old_content_stays_in_its_budget(struct check *c)
{
	check_burn(c, false, "verified burn over old content");
}

static void a_verified_burn_into_a_blank_slot_stays_in_its_budget(struct check *c)
{
	check_burn(c, true, "verified burn into a blank slot");
}

static void two_cards_are_open_at_once(struct check *c)
{
	struct fixture other;
	struct cx3_device *first = NULL, *second = NULL;
	struct cx3_flash *first_flash = NULL, *second_flash = NULL;
	struct cx3_error err = {0};
	uint8_t want[64], found[64];

	fixture_sim(&fixture, "W25Q16BV", 1, 11);
	fixture_open(&other);
	fixture_sim(&other, "M25P16", 1, 12);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &first, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open(other.sim_spec, NULL, &second, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(first, NULL, &first_flash, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(second, NULL, &second_flash, &err), CX3_OK, &err);
	CHECK_STR(c, cx3_flash_get_info(first_flash)->type, "W25QxxBV");
	CHECK_STR(c, cx3_flash_get_info(second_flash)->type, "M25Pxx");
	fixture_peek(&other, 0x1000, want, sizeof(want));
	CHECK_STATUS(c,
		     cx3_flash_read(second_flash, 0x1000, found, sizeof(found), NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK(c, memcmp(want, found, sizeof(want)) == 0);
	fixture_peek(&fixture, 0x1000, want, sizeof(want));
	CHECK_STATUS(c, cx3_flash_read(first_flash, 0x1000, found, sizeof(found), NULL, NULL, &err),
		     CX3_OK, &err);
	CHECK(c, memcmp(want, found, sizeof(want)) == 0);
	cx3_flash_close(first_flash);
	cx3_flash_close(second_flash);
	cx3_device_close(first);
	cx3_device_close(second);
	fixture_close(&other);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, every_chip_of_the_simulator_fulfils_the_contract);
	CASE(&c, the_slowest_chips_and_gateway_fulfil_it_too);
	CASE(&c, two_banks_are_one_flash);
	CASE(&c, a_verified_burn_over_old_content_stays_in_its_budget);
	CASE(&c, a_verified_burn_into_a_blank_slot_stays_in_its_budget);
	CASE(&c, two_cards_are_open_at_once);
	fixture_close(&fixture);
	return check_report(&c);
}
