/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The protocol, fed byte by byte if need be. */
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "client.h"
#include "fixture.h"

#define REPLY_BYTES 0x2000u

static struct card card;
static struct vfio_device device;
static struct vfio_session *session;
static struct stream stream;

/* Replies one behind the other, as on the socket. */
static uint8_t replies[REPLY_BYTES];
static size_t replied_bytes;
static bool sending_fails;

static bool keep_reply(void *user, const uint8_t *bytes, size_t len_bytes)
{
	(void)user;
	if (sending_fails || len_bytes > sizeof(replies) - replied_bytes)
		return false;
	memcpy(replies + replied_bytes, bytes, len_bytes);
	replied_bytes += len_bytes;
	return true;
}

static void begin(void)
{
	card_new(&card, "W25Q16BV", 1);
	vfio_device_start(&device, card.sim, NULL, 0);
	session = calloc(1, sizeof(*session));
	vfio_session_start(session, &device);
	session->send = keep_reply;
	memset(&stream, 0, sizeof(stream));
	memset(replies, 0, sizeof(replies));
	replied_bytes = 0;
	sending_fails = false;
}

static void end(void)
{
	free(session);
	card_free(&card);
}

static long feed(void)
{
	return vfio_session_feed(session, stream.bytes, stream.len_bytes);
}

/* The n-th reply (from 0), NULL when there are fewer. */
static const uint8_t *reply(unsigned n)
{
	size_t at = 0;

	while (n-- && at < replied_bytes)
		at += vfio_get32(replies + at + VFIO_AT_SIZE);
	return at < replied_bytes ? replies + at : NULL;
}

static uint32_t error_of(unsigned n)
{
	const uint8_t *r = reply(n);

	return r ? vfio_get32(r + VFIO_AT_ERROR) : 0xffffffffu;
}

static uint32_t word_of(unsigned n, unsigned offset)
{
	const uint8_t *r = reply(n);

	return r ? vfio_get32(r + VFIO_HEADER_BYTES + offset) : 0;
}

static void the_greeting_tells_version_and_limits(struct check *c)
{
	begin();
	put_version(&stream, 0, 3);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, vfio_get16(replies + VFIO_AT_ID), 1);
	CHECK_EQ(c, vfio_get16(replies + VFIO_AT_COMMAND), VFIO_VERSION);
	CHECK_EQ(c, vfio_get32(replies + VFIO_AT_FLAGS), VFIO_FLAG_REPLY);
	CHECK_EQ(c, vfio_get32(replies + VFIO_AT_SIZE), replied_bytes);
	CHECK_EQ(c, word_of(0, 0), 0x00010000);
	CHECK_EQ(c, replies[replied_bytes - 1], 0);
	CHECK(c, strstr((const char *)replies + 20, "\"max_data_xfer_size\":1048576"));
	end();
}

static void nothing_is_done_before_the_greeting(struct check *c)
{
	begin();
	put_message(&stream, VFIO_RESET, 0, NULL, 0);
	put_version(&stream, 1, 0);
	put_version(&stream, 0, 0);
	put_version(&stream, 0, 0);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, error_of(0), EINVAL);
	CHECK_EQ(c, vfio_get32(reply(0) + VFIO_AT_FLAGS), VFIO_FLAG_REPLY | VFIO_FLAG_ERROR);
	CHECK_EQ(c, vfio_get32(reply(0) + VFIO_AT_SIZE), VFIO_HEADER_BYTES);
	CHECK_EQ(c, error_of(1), EINVAL);
	CHECK_EQ(c, error_of(2), 0);
	CHECK_EQ(c, error_of(3), EINVAL);
	CHECK_EQ(c, device.counters.resets, 0);
	CHECK_EQ(c, device.counters.rejected_messages, 3);
	end();
}

static void regions_are_those_of_the_card(struct check *c)
{
	static const uint64_t SIZES[VFIO_REGIONS] = {0x100000, 0, 0x800000, 0, 0, 0, 0, 4096, 0};

	begin();
	put_version(&stream, 0, 0);
	for (uint32_t region = 0; region <= VFIO_REGIONS; region++)
		put_region_info(&stream, region);
	CHECK_EQ(c, feed(), stream.len_bytes);
	for (uint32_t region = 0; region < VFIO_REGIONS; region++) {
		CHECK_EQ(c, error_of(1 + region), 0);
		CHECK_EQ(c, word_of(1 + region, 8), region);
		CHECK_EQ(c, word_of(1 + region, 4), SIZES[region] ? 3 : 0);
		CHECK_EQ(c, word_of(1 + region, 16), SIZES[region]);
	}
	CHECK_EQ(c, error_of(1 + VFIO_REGIONS), EINVAL);
	end();
}

static void the_size_of_bar2_is_an_option_of_the_card(struct check *c)
{
	struct cx3_sim_options options;

	begin();
	options = card_info(&card).options;
	options.bar2_log2_mib = 16;
	CHECK_EQ(c, cx3_sim_set_options(card.sim, &options), CX3_OK);
	put_version(&stream, 0, 0);
	put_region_info(&stream, VFIO_REGION_BAR2);
	put_read(&stream, VFIO_REGION_BAR2, 0xffffffffcu, 4);
	put_read(&stream, VFIO_REGION_BAR2, 0xffffffffdu, 4);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(1, 16), 0);
	CHECK_EQ(c, word_of(1, 20), 0x10);
	CHECK_EQ(c, word_of(2, 16), 0xe5ccdaba);
	CHECK_EQ(c, error_of(3), EINVAL);
	end();
}

static void registers_are_big_endian_dwords(struct check *c)
{
	static const uint8_t VALUE[] = {0x12, 0x34, 0x56, 0x78};

	begin();
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xf0014, 4);
	put_write(&stream, 0, VFIO_REGION_BAR0, 0xf0000, VALUE, 4);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(1, 12), 4);
	CHECK_EQ(c, word_of(1, 16), 0xf7010000);
	CHECK_EQ(c, vfio_get32(reply(2) + VFIO_AT_SIZE), VFIO_HEADER_BYTES + 16);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0x12345678);
	CHECK_EQ(c, device.counters.bar0_reads, 1);
	CHECK_EQ(c, device.counters.bar0_writes, 1);
	CHECK_EQ(c, device.counters.odd_accesses, 0);
	end();
}

static void parts_of_a_register_are_read_but_not_written(struct check *c)
{
	static const uint8_t VALUE[] = {0xaa, 0xbb};

	begin();
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xf0016, 2);
	put_write(&stream, 0, VFIO_REGION_BAR0, 0xf0000, VALUE, 2);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(1, 16) & 0xffff, 0xf701);
	CHECK_EQ(c, error_of(2), 0);
	CHECK_EQ(c, reg_read(&card, 0xf0000), 0);
	CHECK_EQ(c, device.counters.odd_accesses, 2);
	end();
}

static void a_write_without_reply_gets_none(struct check *c)
{
	static const uint8_t ZERO[4];

	begin();
	reg_read(&card, SEM_PROGRAMMING);
	put_version(&stream, 0, 0);
	put_write(&stream, VFIO_FLAG_NO_REPLY, VFIO_REGION_BAR0, SEM_PROGRAMMING, ZERO, 4);
	put_write(&stream, VFIO_FLAG_NO_REPLY, VFIO_REGION_BAR0, 0x100000, ZERO, 4);
	put_read(&stream, VFIO_REGION_BAR0, SEM_PROGRAMMING, 4);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, vfio_get16(reply(1) + VFIO_AT_ID), 4);
	CHECK_EQ(c, word_of(1, 16), 0);
	CHECK(c, !reply(2));
	end();
}

static void accesses_outside_of_a_region_are_refused(struct check *c)
{
	static const uint8_t DATA[8];
	uint8_t body[24] = {0};

	begin();
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xffffd, 4);
	put_read(&stream, VFIO_REGION_BAR0, UINT64_MAX - 1, 4);
	put_read(&stream, VFIO_REGION_CONFIG, 4096, 1);
	put_read(&stream, VFIO_REGION_CONFIG, 0, VFIO_MAX_DATA_BYTES + 1);
	put_read(&stream, VFIO_REGION_CONFIG, 0, 0);
	put_read(&stream, 6, 0, 4);
	put_read(&stream, 0xffffffff, 0, 4);
	put_write(&stream, 0, VFIO_REGION_BAR0, 0xffffc, DATA, 8);
	/* count says more than there is */
	vfio_put32(body + 12, 9);
	put_message(&stream, VFIO_REGION_WRITE, 0, body, sizeof(body));
	CHECK_EQ(c, feed(), stream.len_bytes);
	for (unsigned n = 1; n <= 9; n++)
		CHECK_EQ(c, error_of(n), EINVAL);
	CHECK_EQ(c, card_info(&card).reads, 0);
	CHECK_EQ(c, card_info(&card).writes, 0);
	end();
}

static void short_bodies_and_unknown_commands_are_answered_with_an_error(struct check *c)
{
	static const uint16_t COMMANDS[] = {
		VFIO_DMA_MAP,	   VFIO_DMA_UNMAP, VFIO_GET_INFO,    VFIO_GET_REGION_INFO,
		VFIO_GET_IRQ_INFO, VFIO_SET_IRQS,  VFIO_REGION_READ, VFIO_REGION_WRITE,
	};
	static const uint16_t UNKNOWN[] = {0, 6, 11, 12, 14, 15, 0xffff};
	const unsigned count = sizeof(COMMANDS) / sizeof(COMMANDS[0]);
	const uint8_t body[15] = {0};

	begin();
	put_version(&stream, 0, 0);
	for (unsigned i = 0; i < count; i++)
		put_message(&stream, COMMANDS[i], 0, body, sizeof(body));
	for (unsigned i = 0; i < sizeof(UNKNOWN) / sizeof(UNKNOWN[0]); i++)
		put_message(&stream, UNKNOWN[i], 0, NULL, 0);
	CHECK_EQ(c, feed(), stream.len_bytes);
	for (unsigned i = 0; i < count; i++)
		CHECK_EQ(c, error_of(1 + i), EINVAL);
	for (unsigned i = 0; i < sizeof(UNKNOWN) / sizeof(UNKNOWN[0]); i++)
		CHECK_EQ(c, error_of(1 + count + i), EOPNOTSUPP);
	end();
}

static void a_stream_may_come_in_any_pieces(struct check *c)
{
	size_t done = 0;

	begin();
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xf0014, 4);
	put_read(&stream, VFIO_REGION_CONFIG, 0, 4);
	for (size_t there = 1; there <= stream.len_bytes; there++) {
		long used = vfio_session_feed(session, stream.bytes + done, there - done);

		CHECK(c, used >= 0);
		done += (size_t)used;
	}
	CHECK_EQ(c, done, stream.len_bytes);
	CHECK_EQ(c, word_of(1, 16), 0xf7010000);
	CHECK_EQ(c, word_of(2, 16), 0x01f815b3);
	end();
}

static void a_header_that_cannot_be_ends_the_session(struct check *c)
{
	static const uint32_t SIZES[] = {0, 15, VFIO_MAX_MESSAGE_BYTES + 1, 0xffffffff};
	size_t at;

	for (unsigned i = 0; i < sizeof(SIZES) / sizeof(SIZES[0]); i++) {
		begin();
		put_version(&stream, 0, 0);
		at = put_read(&stream, VFIO_REGION_BAR0, 0, 4);
		vfio_put32(stream.bytes + at + VFIO_AT_SIZE, SIZES[i]);
		CHECK_EQ(c, feed(), -1);
		CHECK(c, strstr(session->reason, "bytes; they have 16 to"));
		end();
	}
	begin();
	put_version(&stream, 0, 0);
	put_message(&stream, VFIO_RESET, VFIO_FLAG_REPLY, NULL, 0);
	CHECK_EQ(c, feed(), -1);
	CHECK_STR(c, session->reason, "message type 1 where a command (0) was expected");
	end();
}

static void a_client_that_takes_no_replies_is_given_up(struct check *c)
{
	begin();
	put_version(&stream, 0, 0);
	sending_fails = true;
	CHECK_EQ(c, feed(), -1);
	CHECK_STR(c, session->reason, "it did not take the reply to command 1");
	end();
}

static void interrupts_and_memory_are_accepted(struct check *c)
{
	uint8_t body[64] = {0};

	begin();
	put_version(&stream, 0, 0);
	put_message(&stream, VFIO_GET_INFO, 0, body, 16);
	put_message(&stream, VFIO_GET_IRQ_INFO, 0, body, 16);
	vfio_put32(body + 8, 1);
	put_message(&stream, VFIO_GET_IRQ_INFO, 0, body, 16);
	vfio_put32(body + 8, VFIO_IRQS);
	put_message(&stream, VFIO_GET_IRQ_INFO, 0, body, 16);
	put_message(&stream, VFIO_SET_IRQS, 0, body, 20);
	put_message(&stream, VFIO_DMA_MAP, 0, body, 32);
	put_message(&stream, VFIO_DMA_UNMAP, 0, body, 24);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(1, 4), 3);
	CHECK_EQ(c, word_of(1, 8), 9);
	CHECK_EQ(c, word_of(1, 12), 5);
	CHECK_EQ(c, word_of(2, 12), 1);
	CHECK_EQ(c, word_of(3, 12), 0);
	CHECK_EQ(c, error_of(4), EINVAL);
	CHECK_EQ(c, error_of(5), 0);
	CHECK_EQ(c, error_of(6), 0);
	CHECK_EQ(c, word_of(7, 8), VFIO_IRQS);
	end();
}

static void a_reset_of_the_slot_leaves_the_card_answering(struct check *c)
{
	begin();
	reg_read(&card, SEM_GATEWAY);
	put_version(&stream, 0, 0);
	put_message(&stream, VFIO_RESET, 0, NULL, 0);
	put_read(&stream, VFIO_REGION_CONFIG, 0, 4);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(2, 16), 0x01f815b3);
	CHECK_EQ(c, card_info(&card).semaphores_held[1], 0);
	CHECK_EQ(c, device.counters.resets, 1);
	end();
}

static void a_card_without_power_gives_ones(struct check *c)
{
	begin();
	card_fault(&card, CX3_SIM_FAULT_POWER_CUT_AT_ACCESS, 1, 0, 0);
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xf0014, 4);
	put_read(&stream, VFIO_REGION_CONFIG, 0, 4);
	put_message(&stream, VFIO_RESET, 0, NULL, 0);
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK_EQ(c, word_of(1, 16), 0xffffffff);
	CHECK_EQ(c, word_of(2, 16), 0xffffffff);
	CHECK_EQ(c, error_of(3), 0);
	end();
}

static void the_clock_of_the_card_follows_the_wall(struct check *c)
{
	uint64_t before_us;

	begin();
	vfio_device_start(&device, card.sim, NULL, 1000);
	before_us = cx3_sim_now_us(card.sim);
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_BAR0, 0xf0014, 4);
	device.wall_start_ns -= 5000000; /* as if 5 ms had passed */
	CHECK_EQ(c, feed(), stream.len_bytes);
	CHECK(c, cx3_sim_now_us(card.sim) >= before_us + 5000000);
	end();
}

int main(void)
{
	struct check check = {0};

	CASE(&check, the_greeting_tells_version_and_limits);
	CASE(&check, nothing_is_done_before_the_greeting);
	CASE(&check, regions_are_those_of_the_card);
	CASE(&check, the_size_of_bar2_is_an_option_of_the_card);
	CASE(&check, registers_are_big_endian_dwords);
	CASE(&check, parts_of_a_register_are_read_but_not_written);
	CASE(&check, a_write_without_reply_gets_none);
	CASE(&check, accesses_outside_of_a_region_are_refused);
	CASE(&check, short_bodies_and_unknown_commands_are_answered_with_an_error);
	CASE(&check, a_stream_may_come_in_any_pieces);
	CASE(&check, a_header_that_cannot_be_ends_the_session);
	CASE(&check, a_client_that_takes_no_replies_is_given_up);
	CASE(&check, interrupts_and_memory_are_accepted);
	CASE(&check, a_reset_of_the_slot_leaves_the_card_answering);
	CASE(&check, a_card_without_power_gives_ones);
	CASE(&check, the_clock_of_the_card_follows_the_wall);
	return check_report(&check);
}
