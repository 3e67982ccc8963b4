/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What goes out to the command interface of the tools, word by word as the stock tool sends it
 * (nv-config 2.5), by both ways to the mailbox. */
#include "check.h"
#include "cx3/hcr.h"
#include "fixture.h"
#include "watch_bus.h"

#define HP "hp-764285-b21"

static struct fixture fixture;

/* nv-config 2.5: the words of a packet as they go out, quadword by quadword. */
static void check_packet(struct check *c, const struct watch *w, unsigned first,
			 const uint32_t *words, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i += 2) {
		CHECK_EQ(c, w->commands[first + i / 2].command, WATCH_GO | 0x70);
		CHECK_EQ(c, w->commands[first + i / 2].modifier, i);
		CHECK_EQ(c, w->commands[first + i / 2].in_low, words[i]);
		CHECK_EQ(c, w->commands[first + i / 2].in_high, i + 1 < count ? words[i + 1] : 0);
	}
}

static void every_word_goes_out_as_with_the_stock_tool(struct check *c)
{
	static const uint32_t get[] = {0x08040000, 0x90240101, 0, 0, 0x18040000, 0x00040011, 0, 0};
	static const uint32_t set[] = {0x08040000, 0x90240201, 0, 0,
				       0x18040000, 0x00040011, 0, 0x80000008};
	static const uint32_t link[] = {0x08040000, 0x90240201, 0,	    0,
					0x18040000, 0x00040012, 0x00010000, 2};
	static const uint32_t wol[] = {0x08040000, 0x90240101, 0,	  0,
				       0x18050000, 0x00080010, 0x00010000};
	static const uint32_t drop[] = {0x08040000, 0x90250201, 0,	   0,
					0x18030000, 0x00000012, 0x00010000};
	static const uint32_t reset[] = {0x08040000, 0x90290201, 0, 0, 0x18030000, 0, 0};
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8}, eth[4] = {0, 0, 0, 2};
	struct cx3_error err = {0};
	uint8_t data[256];
	struct watch w;
	bool stored;

	fixture_firmware(&fixture, HP);
	fixture_set_cr_mailbox(&fixture, false);
	CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].in_high, 0x90240101);
	CHECK_EQ(c, w.commands[0].in_low, 0x08040000);
	check_packet(c, &w, 0, get, 8);
	CHECK_EQ(c, w.commands[4].command, 0x0080003b);
	CHECK_EQ(c, w.commands[4].modifier, 0);
	/* Nothing stored is seen from the first quadword. */
	CHECK_EQ(c, w.commands[5].command, WATCH_GO | 0x71);
	CHECK_EQ(c, w.count, 6);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	check_packet(c, &w, 0, set, 8);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x12, 1, eth, 4, &err), CX3_OK, &err);
	check_packet(c, &w, 0, link, 8);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x10, 1, data, 8, &stored, &err), CX3_OK, &err);
	check_packet(c, &w, 0, wol, 7);
	/* Data is no input of a get. */
	CHECK_EQ(c, w.commands[4].command, 0x0080003b);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x14, 0, data, 32, &stored, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[2].in_low, 0x180b0000);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_invalidate(w.device, 0x12, 1, &err), CX3_OK, &err);
	check_packet(c, &w, 0, drop, 7);
	w.count = 0;
	CHECK_STATUS(c, cx3_nv_invalidate_all(w.device, &err), CX3_OK, &err);
	check_packet(c, &w, 0, reset, 7);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_dev_cap(w.device, data, &err), CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00800003);
	CHECK_EQ(c, w.commands[0].modifier, 0);
	CHECK_EQ(c, w.count, 5);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 0, data, CX3_HCR_DEF_GLOBAL_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00800073);
	CHECK_EQ(c, w.count, 2);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 1, data, CX3_HCR_DEF_PORT_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00801073);
	CHECK_EQ(c, w.count, 3);
	w.count = 0;
	CHECK_STATUS(c, cx3_hcr_query_def_params(w.device, 2, data, CX3_HCR_DEF_PORT_BYTES, &err),
		     CX3_OK, &err);
	CHECK_EQ(c, w.commands[0].command, 0x00802073);
	cx3_device_close(w.device);
}

static void the_mailbox_in_cr_space_is_found_and_used(struct check *c)
{
	static const uint8_t on_eight[4] = {0x80, 0, 0, 8};
	struct cx3_error err = {0};
	uint8_t data[4];
	struct watch w;
	bool stored;

	fixture_firmware(&fixture, HP);
	fixture_set_cr_mailbox(&fixture, true);
	CHECK_STATUS(c, watch_open(&w, fixture.sim_path, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_nv_set(w.device, 0x11, 0, on_eight, 4, &err), CX3_OK, &err);
	CHECK_EQ(c, w.mailbox_writes[0].reg, WATCH_MAILBOX);
	CHECK_EQ(c, w.mailbox_writes[0].value, 0x0badb00f);
	CHECK_EQ(c, w.mailbox_writes[1].reg, WATCH_MAILBOX);
	CHECK_EQ(c, w.mailbox_writes[1].value, 0);
	CHECK_EQ(c, w.mailbox_writes[2].value, 0x08040000);
	CHECK_EQ(c, w.mailbox_writes[9].reg, WATCH_MAILBOX + 0x1c);
	CHECK_EQ(c, w.mailbox_writes[9].value, 0x80000008);
	CHECK_EQ(c, w.count, 1);
	CHECK_EQ(c, w.commands[0].command, 0x0080003b);
	CHECK_EQ(c, w.commands[0].modifier, 1);
	CHECK_STATUS(c, cx3_nv_get(w.device, 0x11, 0, data, 4, &stored, &err), CX3_OK, &err);
	CHECK(c, stored && memcmp(data, on_eight, 4) == 0);
	CHECK_EQ(c, w.count, 2);
	CHECK_EQ(c, w.mailbox_write_count, 17);
	cx3_device_close(w.device);
	CHECK(c, fixture_locks_are_free(&fixture));
}

int main(void)
{
	struct check c = {0};

	fixture_open(&fixture);
	CASE(&c, every_word_goes_out_as_with_the_stock_tool);
	CASE(&c, the_mailbox_in_cr_space_is_found_and_used);
	fixture_close(&fixture);
	return check_report(&c);
}
