/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The command interface of the tools against the firmware of a virtual card: questions, settings,
 * and what is refused before the card is touched. */
#include "check.h"
#include "cx3/hcr.h"
#include "fixture.h"
#include "watch_bus.h"

#define HP "hp-764285-b21"

static struct fixture fixture;

static int open_device(struct cx3_device **device, struct cx3_error *err)
{
	return cx3_device_open(fixture.sim_spec, NULL, device, err);
}

static uint32_t word(const uint8_t *bytes, unsigned at)
{
	return (uint32_t)bytes[at] << 24 | (uint32_t)bytes[at + 1] << 16 |
	       (uint32_t)bytes[at + 2] << 8 | bytes[at + 3];
}

static void capabilities_and_defaults_are_those_of_the_card(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t cap[CX3_HCR_DEV_CAP_BYTES], global[CX3_HCR_DEF_GLOBAL_BYTES];
	uint8_t port[CX3_HCR_DEF_PORT_BYTES], ragged[7];

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(device, cap, &err), CX3_OK, &err);
	CHECK_EQ(c, word(cap, 0xc0), 0x3d);
	CHECK_EQ(c, cap[0x3b], 128);
	CHECK_EQ(c, cap[0x49], 4);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 0, global, sizeof(global), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, global[7], 16);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 2, port, sizeof(port), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, word(port, 4), 0x2e010001);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 2, ragged, sizeof(ragged), &err), CX3_OK,
		     &err);
	CHECK_EQ(c, memcmp(port, ragged, sizeof(ragged)), 0);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 3, port, sizeof(port), &err),
		     CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_hcr_query_def_params(device, 0, port, CX3_HCR_MAILBOX_BYTES + 1, &err),
		     CX3_INVALID_ARGUMENT, &err);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void settings_are_read_written_and_dropped(struct check *c)
{
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8}, wol[8] = {0, 0, 4, 0};
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[8] = {1, 2, 3, 4, 5, 6, 7, 8}, big[32], pattern[32];
	bool stored = true;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored && word(data, 0) == 0);
	CHECK_STATUS(c, cx3_nv_set(device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_set(device, 0x10, 2, wol, 8, &err), CX3_OK, &err);
	fixture_pattern(pattern, sizeof(pattern), 4);
	CHECK_STATUS(c, cx3_nv_set(device, 0x14, 0, pattern, 32, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, on_eight, 4) == 0);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 2, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, wol, 8) == 0);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 1, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	CHECK_STATUS(c, cx3_nv_get(device, 0x14, 0, big, 32, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(big, pattern, 32) == 0);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_invalidate(device, 0x10, 2, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_invalidate(device, 0x10, 2, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x10, 2, data, 8, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored);
	CHECK_STATUS(c, cx3_nv_invalidate_all(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, !stored);
	cx3_device_close(device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

static void bad_lengths_are_refused_before_the_card_is_touched(struct check *c)
{
	static const size_t BAD[] = {0, 1, 3, 6, 132, SIZE_MAX, (size_t)UINT32_MAX + 5};
	struct cx3_error err = {0};
	uint8_t data[256];
	struct watch w;
	bool stored;
	size_t i;

	fixture_firmware(&fixture, HP);
	CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
	for (i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
		CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, BAD[i], &stored, &err),
			     CX3_INVALID_ARGUMENT, &err);
		CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, data, BAD[i], &err),
			     CX3_INVALID_ARGUMENT, &err);
	}
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, NULL, 4, &stored, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, NULL, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(w.device, NULL, &err), CX3_INVALID_ARGUMENT, &err);
	CHECK_STATUS(c, cx3_nv_invalidate_all(NULL, &err), CX3_CLOSED, &err);
	CHECK_STATUS(c, cx3_nv_set(NULL, 0x11, 0, data, 4, &err), CX3_CLOSED, &err);
	CHECK_EQ(c, w.accesses, 0);
	cx3_device_close(w.device);
}

/* The mailbox may have come or gone with other firmware. */
static void a_reset_forgets_where_the_mailbox_is(struct check *c)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint8_t data[4];
	bool stored;

	fixture_firmware(&fixture, HP);
	fixture_set_cr_mailbox(&fixture, true);
	CHECK_STATUS(c, open_device(&device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	fixture_set_cr_mailbox(&fixture, false);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_HCR_BAD_PARAMETER,
		     &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	cx3_device_close(device);
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, capabilities_and_defaults_are_those_of_the_card);
	CASE(&c, settings_are_read_written_and_dropped);
	CASE(&c, bad_lengths_are_refused_before_the_card_is_touched);
	CASE(&c, a_reset_forgets_where_the_mailbox_is);
	fixture_close(&fixture);
	return check_report(&c);
}
