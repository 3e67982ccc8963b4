/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Register access packets (nv-config 2.4) for the TLVs in flash: MNVA, MNVI, MNVIA. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bus/error.h"
#include "hcr/hcr.h"

/* [source, verified] */
enum nv_register { REG_MNVA = 0x9024, REG_MNVI = 0x9025, REG_MNVIA = 0x9029 };
enum nv_method { METHOD_GET = 1, METHOD_SET = 2 };

#define OPERATION_HEAD	  0x08040000u /* type 1, 4 words */
#define STATUS_SHIFT	  8
#define STATUS_MASK	  0x7fu
#define REGISTER_SHIFT	  16
#define METHOD_SHIFT	  8
#define CLASS_REGISTER	  1u
#define RESPONSE	  0x8000u
#define REGISTER_HEAD	  0x18000000u /* type 3 */
#define HEAD_LENGTH_SHIFT 16
#define NV_LENGTH_SHIFT	  18
#define NV_MODIFIER_SHIFT 16

#define PACKET_HEAD_WORDS 5u /* up to and with the head of the register */
#define NV_HEAD_WORDS	  2u
#define DATA_WORD	  (PACKET_HEAD_WORDS + NV_HEAD_WORDS)
#define PACKET_MAX_WORDS  (DATA_WORD + CX3_NV_MAX_BYTES / 4)

#define STATUS_NO_RESOURCE 8u
#define INPUT_CR_MAILBOX   1u

struct nv_packet {
	enum nv_register reg;
	enum nv_method method;
	uint16_t type;
	uint8_t modifier;
	unsigned data_words;
	uint32_t words[PACKET_MAX_WORDS + 1]; /* an even count is read */
	uint32_t firmware_status;
};

struct register_status {
	uint32_t number;
	int status;
	const char *meaning;
};

static const struct register_status STATUSES[] = {
	{1, CX3_NV_BUSY, "busy; try again in a moment"},
	{2, CX3_NV_VERSION, "version"},
	{3, CX3_NV_UNKNOWN_TLV, "unknown TLV"},
	{4, CX3_NV_NOT_SUPPORTED, "register not supported"},
	{5, CX3_NV_BAD_CLASS, "class"},
	{6, CX3_NV_BAD_METHOD, "method"},
	{7, CX3_NV_BAD_PARAMETER, "bad parameter"},
	{8, CX3_NV_NO_RESOURCE, "resource not available"},
	{9, CX3_NV_MESSAGE_RECEIPT, "message receipt"},
	{0x20, CX3_NV_BAD_CONFIG, "bad config"},
	{0x21, CX3_NV_ERASE_COUNT, "erase count exceeded"},
	{0x22, CX3_NV_CONFIG_CORRUPT,
	 "config section corrupt; a reset of all settings may mend it"},
	{0x24, CX3_NV_TOO_SHORT, "length too small"},
	{0x70, CX3_NV_INTERNAL, "internal error"},
};

static const char *register_name(enum nv_register reg)
{
	return reg == REG_MNVA ? "MNVA" : reg == REG_MNVI ? "MNVI" : "MNVIA";
}

/* "MNVA set of TLV 0x11/0": what was asked for, in front of each error. */
static void describe(const struct nv_packet *packet, char *text, size_t room)
{
	const char *method = packet->method == METHOD_GET ? "get" : "set";

	if (packet->reg == REG_MNVIA)
		snprintf(text, room, "ACCESS_REG (opcode 0x%x) %s %s", CX3_HCR_ACCESS_REG,
			 register_name(packet->reg), method);
	else
		snprintf(text, room, "ACCESS_REG (opcode 0x%x) %s %s of TLV 0x%x/%u",
			 CX3_HCR_ACCESS_REG, register_name(packet->reg), method, packet->type,
			 packet->modifier);
}

/* Of a get the data is no input, so that it need not be written: a command less for two words. */
static unsigned input_words(const struct nv_packet *packet)
{
	return packet->method == METHOD_GET ? DATA_WORD : DATA_WORD + packet->data_words;
}

/* The data words are in place already. */
static void fill_heads(struct nv_packet *packet)
{
	uint32_t *w = packet->words;

	w[0] = OPERATION_HEAD;
	w[1] = (uint32_t)packet->reg << REGISTER_SHIFT | (uint32_t)packet->method << METHOD_SHIFT |
	       CLASS_REGISTER;
	w[2] = 0;
	w[3] = 0;
	w[4] = REGISTER_HEAD | (1 + NV_HEAD_WORDS + packet->data_words) << HEAD_LENGTH_SHIFT;
	w[5] = packet->data_words << NV_LENGTH_SHIFT | packet->type;
	w[6] = (uint32_t)packet->modifier << NV_MODIFIER_SHIFT;
}

static int status_error(const struct nv_packet *packet, struct cx3_error *err)
{
	const char *meaning = "unknown status";
	int status = CX3_NV_FAILED;
	char what[96];
	size_t i;

	for (i = 0; i < sizeof(STATUSES) / sizeof(STATUSES[0]); i++) {
		if (STATUSES[i].number == packet->firmware_status) {
			status = STATUSES[i].status;
			meaning = STATUSES[i].meaning;
		}
	}
	describe(packet, what, sizeof(what));
	cx3_fail(err, status, "%s: status 0x%" PRIx32 ": %s", what, packet->firmware_status,
		 meaning);
	return cx3_error_values(err, status, OPERATION_HEAD, packet->words[0]);
}

static int bad_answer(const struct nv_packet *packet, uint32_t expected, uint32_t found,
		      struct cx3_error *err)
{
	char what[96];

	describe(packet, what, sizeof(what));
	cx3_fail(err, CX3_HCR_BAD_ANSWER,
		 "%s: the packet in the mailbox is no answer to it; is firmware running?", what);
	return cx3_error_values(err, CX3_HCR_BAD_ANSWER, expected, found);
}

/* Status, register and method of the answer; for a get of something stored the data, too. */
static int read_answer(struct cx3_hcr *hcr, enum cx3_hcr_way way, struct nv_packet *packet,
		       struct cx3_error *err)
{
	const uint32_t expected = packet->words[1] | RESPONSE;
	const unsigned first = DATA_WORD - 1; /* even, with the modifier */
	uint32_t *w = packet->words, modifier = w[first];
	int status = cx3_hcr_mailbox_read(hcr, way, 0, w, 2, err);

	if (status != CX3_OK)
		return status;
	packet->firmware_status = w[0] >> STATUS_SHIFT & STATUS_MASK;
	/* Our own question still lies there when nobody touched it; one refused is an answer even
	 * without the flag. */
	if (w[1] != expected && (!packet->firmware_status || (w[1] | RESPONSE) != expected))
		return bad_answer(packet, expected, w[1], err);
	if (packet->firmware_status || packet->method != METHOD_GET)
		return CX3_OK;
	status = cx3_hcr_mailbox_read(hcr, way, first, w + first, 1 + packet->data_words, err);
	if (status != CX3_OK)
		return status;
	if ((w[first] ^ modifier) >> NV_MODIFIER_SHIFT & 0xff)
		return bad_answer(packet, modifier, w[first], err);
	return CX3_OK;
}

static int access_register(struct cx3_device *device, struct nv_packet *packet,
			   struct cx3_error *err)
{
	struct cx3_hcr_command command = {.opcode = CX3_HCR_ACCESS_REG};
	enum cx3_hcr_way way;
	struct cx3_hcr hcr;
	int status = cx3_hcr_begin(&hcr, device, err);

	if (status != CX3_OK)
		return status;
	fill_heads(packet);
	status = cx3_hcr_mailbox_way(&hcr, &way, err);
	if (status == CX3_OK)
		status = cx3_hcr_mailbox_write(&hcr, way, 0, packet->words, input_words(packet),
					       err);
	if (status == CX3_OK) {
		command.input_modifier = way == CX3_HCR_WAY_CR_SPACE ? INPUT_CR_MAILBOX : 0;
		status = cx3_hcr_run(&hcr, &command, err);
		hcr.committed = packet->method == METHOD_SET;
	}
	if (status == CX3_OK)
		status = read_answer(&hcr, way, packet, err);
	return cx3_hcr_end(&hcr, status, err);
}

static int check_length(size_t len_bytes, const void *data, struct cx3_error *err)
{
	if (data && len_bytes && len_bytes % 4 == 0 && len_bytes <= CX3_NV_MAX_BYTES)
		return CX3_OK;
	return cx3_fail(err, CX3_INVALID_ARGUMENT,
			"a TLV has 4 to %u bytes of data, in words; %zu were given",
			CX3_NV_MAX_BYTES, len_bytes);
}

int cx3_nv_get(struct cx3_device *device, uint16_t type, uint8_t modifier, uint8_t *data,
	       size_t len_bytes, bool *stored, struct cx3_error *err)
{
	struct nv_packet packet = {
		.reg = REG_MNVA,
		.method = METHOD_GET,
		.type = type,
		.modifier = modifier,
		.data_words = (unsigned)(len_bytes / 4),
	};
	int status = check_length(len_bytes, data, err);
	size_t i;

	if (status != CX3_OK)
		return status;
	if (!stored)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "TLV: place for the answer needed");
	status = access_register(device, &packet, err);
	if (status != CX3_OK)
		return status;
	if (packet.firmware_status && packet.firmware_status != STATUS_NO_RESOURCE)
		return status_error(&packet, err);
	*stored = packet.firmware_status == 0;
	memset(data, 0, len_bytes);
	for (i = 0; *stored && i < len_bytes; i++)
		data[i] = (uint8_t)(packet.words[DATA_WORD + i / 4] >> (24 - 8 * (i % 4)));
	return CX3_OK;
}

int cx3_nv_set(struct cx3_device *device, uint16_t type, uint8_t modifier, const uint8_t *data,
	       size_t len_bytes, struct cx3_error *err)
{
	struct nv_packet packet = {
		.reg = REG_MNVA,
		.method = METHOD_SET,
		.type = type,
		.modifier = modifier,
		.data_words = (unsigned)(len_bytes / 4),
	};
	int status = check_length(len_bytes, data, err);
	size_t i;

	if (status != CX3_OK)
		return status;
	for (i = 0; i < len_bytes; i++)
		packet.words[DATA_WORD + i / 4] |= (uint32_t)data[i] << (24 - 8 * (i % 4));
	status = access_register(device, &packet, err);
	if (status == CX3_OK && packet.firmware_status)
		status = status_error(&packet, err);
	return status;
}

/* Nothing there is what was wanted. */
int cx3_nv_invalidate(struct cx3_device *device, uint16_t type, uint8_t modifier,
		      struct cx3_error *err)
{
	struct nv_packet packet = {
		.reg = REG_MNVI,
		.method = METHOD_SET,
		.type = type,
		.modifier = modifier,
	};
	int status = access_register(device, &packet, err);

	if (status == CX3_OK && packet.firmware_status &&
	    packet.firmware_status != STATUS_NO_RESOURCE)
		status = status_error(&packet, err);
	return status;
}

int cx3_nv_invalidate_all(struct cx3_device *device, struct cx3_error *err)
{
	struct nv_packet packet = {.reg = REG_MNVIA, .method = METHOD_SET};
	int status = access_register(device, &packet, err);

	if (status == CX3_OK && packet.firmware_status)
		status = status_error(&packet, err);
	return status;
}
