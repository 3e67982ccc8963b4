/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Commands of the tools (nv-config 2.2, 2.3). Firmware does the work when go is written; the time
 * it takes, that of the flash chips included, passes on the clock, and go reads 1 for some
 * microseconds more.
 */
#include "firmware.h"

#include <string.h>

#include "boot_walk.h"
#include "card.h"
#include "nv_store.h"
#include "profile.h"

#define REG_HCR		0x80780u
#define REG_MAILBOX	0xe0000u
#define WORD_IN_HIGH	0
#define WORD_IN_LOW	1
#define WORD_MODIFIER	2
#define WORD_OUT_HIGH	3
#define WORD_OUT_LOW	4
#define WORD_COMMAND	6
#define GO		0x00800000u
#define STATUS_SHIFT	24
#define COMMAND_KEPT	0x0040ffffu
#define OPCODE_MASK	0xfffu
#define OPMOD_SHIFT	12
#define COMMAND_TIME_NS 5000u

#define OP_QUERY_DEV_CAP    0x03u
#define OP_ACCESS_REG	    0x3bu
#define OP_MBOX_WRITE	    0x70u
#define OP_MBOX_READ	    0x71u
#define OP_QUERY_DEF_PARAMS 0x73u

#define STATUS_BAD_OPCODE    2u
#define STATUS_BAD_PARAMETER 3u
#define STATUS_BAD_STATE     4u

#define TLV_SRIOV      0x11u
#define TLV_LINK_TYPE  0x12u
#define TLV_BAR_SIZE   0x13u
#define TLV_OPTION_ROM 0x2021u

#define BIT31 (1u << 31)

/* The area is at the end of each half, or in front of the end in one piece (nv-config 3.2). */
static void find_area(struct cx3_sim *sim, const struct sim_image_facts *facts)
{
	struct sim_firmware *fw = &sim->state->firmware;
	uint64_t flash = sim_nv_flash_bytes(sim), sector = facts->config_sector_bytes;
	uint64_t area = facts->config_sectors * sector, pad = facts->config_pad * sector;
	uint64_t below = facts->failsafe ? flash / 2 : flash;

	if (area > SIM_NV_MAX_AREA_BYTES)
		area = SIM_NV_MAX_AREA_BYTES;
	if (!area || (facts->failsafe ? 1 : 2) * area + pad > below)
		return;
	fw->area_bytes = (uint32_t)area;
	fw->area_start = (uint32_t)(below - (facts->failsafe ? 1 : 2) * area - pad);
	fw->failsafe = facts->failsafe;
	fw->chunk_log2 = facts->chunk_log2;
}

static bool stored(struct cx3_sim *sim, uint32_t type, unsigned modifier, uint32_t *word)
{
	return sim_nv_get(sim, type, modifier, word, 1) == SIM_NV_OK;
}

static void take_settings(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	struct sim_firmware *fw = &st->firmware;
	uint32_t words[SIM_DEF_PORT_WORDS], word;

	sim_profile_defaults(st, 0, words);
	fw->sriov = words[1] >> 31;
	fw->vfs = words[1] & 0xff;
	if (stored(sim, TLV_SRIOV, 0, &word)) {
		fw->sriov = word >> 31;
		fw->vfs = word & 0xffff;
	}
	if (stored(sim, TLV_BAR_SIZE, 0, &word) && word <= SIM_MAX_BAR2_LOG2)
		fw->bar2_stored = 1 + word;
	for (unsigned port = 0; port < SIM_PORTS; port++) {
		if (!sim_profile_defaults(st, port + 1, words))
			continue;
		fw->link_type[port] = words[1] >> 25 & 3;
		fw->option_rom[port] = words[1] >> 29 & 1;
		if (stored(sim, TLV_LINK_TYPE, port + 1, &word) && (word & 3)) {
			fw->link_type[port] = word & 3;
			fw->link_type_stored[port] = 1;
		}
		if (stored(sim, TLV_OPTION_ROM, port + 1, &word))
			fw->option_rom[port] = word >> 31;
	}
}

void sim_firmware_start(struct cx3_sim *sim, const struct sim_image_facts *facts)
{
	find_area(sim, facts);
	take_settings(sim);
}

/* A port that may be either shows what the model has plugged in. */
uint32_t sim_firmware_port_type(const struct sim_state *st, unsigned port)
{
	const struct sim_firmware *fw = &st->firmware;

	if (st->booted && fw->link_type_stored[port] && fw->link_type[port] != 3)
		return fw->link_type[port] & 3;
	return st->port_type[port] & 3;
}

uint32_t sim_firmware_bar2_log2_mib(const struct sim_state *st)
{
	uint32_t stored_one_more = st->booted ? st->firmware.bar2_stored : 0;
	uint32_t log2_mib = stored_one_more ? stored_one_more - 1 : st->bar2_log2_mib;

	return log2_mib <= SIM_MAX_BAR2_LOG2 ? log2_mib : 0;
}

static bool in_hcr(uint32_t reg)
{
	return reg >= REG_HCR && reg < REG_HCR + 4 * SIM_HCR_WORDS;
}

bool sim_firmware_has(const struct cx3_sim *sim, uint32_t reg)
{
	const struct sim_state *st = sim->state;

	return st->booted && (in_hcr(reg) || (st->cr_mailbox && reg >= REG_MAILBOX &&
					      reg < REG_MAILBOX + 4 * SIM_MAILBOX_WORDS));
}

static uint8_t mailbox_command(struct sim_firmware *fw, bool write)
{
	uint32_t word = fw->hcr[WORD_MODIFIER];

	if (word % 2 || word >= SIM_MAILBOX_WORDS)
		return STATUS_BAD_PARAMETER;
	if (write) {
		fw->mailbox[word] = fw->hcr[WORD_IN_LOW];
		fw->mailbox[word + 1] = fw->hcr[WORD_IN_HIGH];
	} else {
		fw->hcr[WORD_OUT_LOW] = fw->mailbox[word];
		fw->hcr[WORD_OUT_HIGH] = fw->mailbox[word + 1];
	}
	return 0;
}

static uint8_t perform(struct cx3_sim *sim, uint32_t command)
{
	struct sim_state *st = sim->state;
	struct sim_firmware *fw = &st->firmware;
	uint32_t words[SIM_DEF_PORT_WORDS];

	switch (command & OPCODE_MASK) {
	case OP_QUERY_DEV_CAP:
		sim_profile_dev_cap(st, fw->mailbox);
		return 0;
	case OP_QUERY_DEF_PARAMS:
		if (!sim_profile_defaults(st, command >> OPMOD_SHIFT & 0xf, words))
			return STATUS_BAD_PARAMETER;
		memcpy(fw->mailbox, words, sizeof(words));
		return 0;
	case OP_ACCESS_REG:
		if (fw->hcr[WORD_MODIFIER] == 0)
			return sim_nv_access(sim, fw->mailbox);
		if (fw->hcr[WORD_MODIFIER] == 1 && st->cr_mailbox)
			return sim_nv_access(sim, fw->cr_mailbox);
		return STATUS_BAD_PARAMETER;
	case OP_MBOX_WRITE:
		return mailbox_command(fw, true);
	case OP_MBOX_READ:
		return mailbox_command(fw, false);
	default:
		return STATUS_BAD_OPCODE;
	}
}

static void execute(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;
	struct sim_firmware *fw = &st->firmware;
	uint32_t command = fw->hcr[WORD_COMMAND] & COMMAND_KEPT;
	uint32_t status;

	st->firmware_commands++;
	status = sim_fault_hcr_status(sim, command & OPCODE_MASK);
	if (!status)
		status = perform(sim, command);
	if (!st->powered)
		return;
	fw->hcr[WORD_COMMAND] = status << STATUS_SHIFT | command;
	fw->busy_until_ns = st->now_ns + COMMAND_TIME_NS;
}

static bool busy(const struct sim_state *st)
{
	return st->firmware.stuck || st->now_ns < st->firmware.busy_until_ns;
}

static uint32_t read_command(struct cx3_sim *sim)
{
	struct sim_firmware *fw = &sim->state->firmware;
	uint32_t command = fw->hcr[WORD_COMMAND] & COMMAND_KEPT;

	if (fw->stuck && fw->stuck_reads && !--fw->stuck_reads) {
		fw->stuck = 0;
		execute(sim);
		return command | GO;
	}
	return busy(sim->state) ? command | GO : fw->hcr[WORD_COMMAND];
}

uint32_t sim_firmware_read(struct cx3_sim *sim, uint32_t reg)
{
	struct sim_firmware *fw = &sim->state->firmware;
	uint32_t word;

	if (!in_hcr(reg))
		return fw->cr_mailbox[(reg - REG_MAILBOX) / 4 % SIM_MAILBOX_WORDS];
	word = (reg - REG_HCR) / 4 % SIM_HCR_WORDS;
	return word == WORD_COMMAND ? read_command(sim) : fw->hcr[word];
}

void sim_firmware_write(struct cx3_sim *sim, uint32_t reg, uint32_t value)
{
	struct sim_firmware *fw = &sim->state->firmware;
	uint32_t word;

	if (!in_hcr(reg)) {
		fw->cr_mailbox[(reg - REG_MAILBOX) / 4 % SIM_MAILBOX_WORDS] = value;
		return;
	}
	if (busy(sim->state)) {
		sim_violation(sim, "command register %05x written while firmware is busy", reg);
		return;
	}
	word = (reg - REG_HCR) / 4 % SIM_HCR_WORDS;
	fw->hcr[word] = word == WORD_COMMAND ? value & COMMAND_KEPT : value;
	if (word != WORD_COMMAND || !(value & GO))
		return;
	/* So it stays when the process that runs the card dies in the middle of it. */
	fw->hcr[word] |= STATUS_BAD_STATE << STATUS_SHIFT;
	if (!sim_fault_hcr_stuck(sim))
		execute(sim);
}
