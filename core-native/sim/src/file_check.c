/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Everything that a state file can say wrong. What is used as an index is masked again where it is
 * used. */
#include <string.h>

#include "card.h"

static int corrupt(struct cx3_error *err, const char *field, uint64_t found)
{
	return sim_fail(err, CX3_SIM_STATE_CORRUPT,
			"field %s of the virtual card holds 0x%llx; make a new card", field,
			(unsigned long long)found);
}

static bool terminated(const char *text, size_t room)
{
	return memchr(text, 0, room) != NULL;
}

static int check_head(const struct sim_state *st, struct cx3_error *err)
{
	if (memcmp(st->magic, SIM_MAGIC, sizeof(st->magic)))
		return sim_fail(err, CX3_SIM_STATE_CORRUPT, "the file is not a virtual card");
	if (st->byte_order != SIM_BYTE_ORDER)
		return sim_fail(err, CX3_SIM_STATE_CORRUPT,
				"the virtual card was made on a host with another byte order");
	if (st->version != SIM_VERSION || st->state_bytes != sizeof(*st))
		return sim_fail(err, CX3_SIM_STATE_CORRUPT,
				"the virtual card was made by another version (%u, %u bytes; this "
				"is %u, %zu)",
				st->version, st->state_bytes, SIM_VERSION, sizeof(*st));
	return CX3_OK;
}

/* Name, pointer to member, highest value. */
struct limit {
	const char *name;
	uint64_t value;
	uint64_t max;
};

static int check_limits(const struct limit *limits, size_t count, struct cx3_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (limits[i].value > limits[i].max)
			return corrupt(err, limits[i].name, limits[i].value);
	}
	return CX3_OK;
}

#define LIMIT(member, max)                                                                         \
	{                                                                                          \
#member, st->member, max                                                           \
	}
#define CHECK(limits) check_limits(limits, sizeof(limits) / sizeof((limits)[0]), err)

static int check_card(const struct sim_state *st, struct cx3_error *err)
{
	const struct limit limits[] = {
		LIMIT(vendor_id, 0xffff),
		LIMIT(device_id, 0xffff),
		LIMIT(subsystem_vendor_id, 0xffff),
		LIMIT(subsystem_id, 0xffff),
		LIMIT(hw_id, 0xffff),
		LIMIT(hw_revision, 0xff),
		LIMIT(port_type[0], 2),
		LIMIT(port_type[1], 2),
		LIMIT(vpd_bytes, SIM_VPD_BYTES),
		LIMIT(boot_policy, CX3_SIM_BOOT_HIGHEST),
		LIMIT(max_times, 1),
		LIMIT(read_ns, SIM_MAX_ACCESS_NS),
		LIMIT(write_ns, SIM_MAX_ACCESS_NS),
		LIMIT(spi_byte_ns, SIM_MAX_ACCESS_NS),
		LIMIT(gateway_ns, SIM_MAX_ACCESS_NS),
		LIMIT(reset_ms, SIM_MAX_RESET_MS),
		LIMIT(held_read_streams, 1),
		LIMIT(opcode_raises_cs, 1),
		LIMIT(reset_raises_cs, 1),
		LIMIT(power_up_protected, 1),
		LIMIT(write_only_address, 1),
		LIMIT(vendor_capability, 1),
		LIMIT(cr_mailbox, 1),
		LIMIT(bar2_log2_mib, SIM_MAX_BAR2_LOG2),
		LIMIT(link_width, 8),
	};

	if (!terminated(st->chip, sizeof(st->chip)))
		return corrupt(err, "chip", (uint8_t)st->chip[0]);
	if (!terminated(st->model_name, sizeof(st->model_name)))
		return corrupt(err, "model_name", (uint8_t)st->model_name[0]);
	if (!terminated(st->last_violation, sizeof(st->last_violation)))
		return corrupt(err, "last_violation", (uint8_t)st->last_violation[0]);
	return CHECK(limits);
}

static int check_running(const struct sim_state *st, struct cx3_error *err)
{
	const struct limit limits[] = {
		LIMIT(now_ns, SIM_MAX_NOW_NS),
		LIMIT(reset_until_ns, 2 * SIM_MAX_NOW_NS),
		LIMIT(powered, 1),
		LIMIT(boot_pending, 1),
		LIMIT(booted, 1),
		LIMIT(gw_stuck, 1),
		LIMIT(cs_held, 1),
		LIMIT(cs_bank, SIM_MAX_BANKS - 1),
		LIMIT(fault.kind, CX3_SIM_FAULT_OLD_PAYLOAD),
		LIMIT(fault.struck, 1),
		LIMIT(fault.forever, 1),
		LIMIT(firmware.area_bytes, SIM_MAX_BANK_BYTES),
		LIMIT(firmware.failsafe, 1),
		LIMIT(firmware.chunk_log2, 23),
		LIMIT(firmware.sriov, 1),
		LIMIT(firmware.vfs, 0xffff),
		LIMIT(firmware.bar2_stored, SIM_MAX_BAR2_LOG2 + 1),
		LIMIT(firmware.link_type[0], 3),
		LIMIT(firmware.link_type[1], 3),
		LIMIT(firmware.stuck, 1),
		LIMIT(firmware.busy_until_ns, 2 * SIM_MAX_NOW_NS),
		LIMIT(nor[0].pending, SIM_NOR_PENDING_KINDS - 1),
		LIMIT(nor[1].pending, SIM_NOR_PENDING_KINDS - 1),
		LIMIT(nor[0].ignoring, 1),
		LIMIT(nor[1].ignoring, 1),
		LIMIT(nor[0].latch, 1),
		LIMIT(nor[1].latch, 1),
	};

	for (unsigned bank = 0; bank < SIM_MAX_BANKS; bank++) {
		if (st->nor[bank].busy_until_ns != SIM_NEVER &&
		    st->nor[bank].busy_until_ns > 2 * SIM_MAX_NOW_NS)
			return corrupt(err, "nor.busy_until_ns", st->nor[bank].busy_until_ns);
	}
	return CHECK(limits);
}

int sim_state_check(struct cx3_sim *sim, uint64_t file_bytes, struct cx3_error *err)
{
	struct sim_state *st = sim->state;
	int rc = check_head(st, err);

	if (!rc)
		rc = check_card(st, err);
	if (!rc)
		rc = check_running(st, err);
	if (rc)
		return rc;
	sim->banks = st->banks;
	sim->bank_bytes = st->bank_bytes;
	sim->chip = sim_chip_find(st->chip);
	if (!sim->chip)
		return sim_fail(err, CX3_SIM_STATE_CORRUPT,
				"the virtual card has a chip that is not known here");
	if (sim->banks < 1 || sim->banks > SIM_MAX_BANKS)
		return corrupt(err, "banks", sim->banks);
	if (sim->bank_bytes != 1u << sim->chip->size_log2)
		return corrupt(err, "bank_bytes", sim->bank_bytes);
	if (file_bytes != SIM_DATA_OFFSET + (uint64_t)sim->banks * sim->bank_bytes)
		return sim_fail(err, CX3_SIM_STATE_CORRUPT,
				"the virtual card has %llu bytes instead of %llu; was it cut off?",
				(unsigned long long)file_bytes,
				(unsigned long long)SIM_DATA_OFFSET +
					(uint64_t)sim->banks * sim->bank_bytes);
	return CX3_OK;
}
