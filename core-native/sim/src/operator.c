/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* What the operator does to the card from outside: looking, soldering, switching, choosing. */
#include <string.h>

#include "card.h"
#include "firmware.h"

static void get_model(const struct cx3_sim *sim, struct cx3_sim_model *out)
{
	const struct sim_state *st = sim->state;

	out->vendor_id = (uint16_t)st->vendor_id;
	out->device_id = (uint16_t)st->device_id;
	out->subsystem_vendor_id = (uint16_t)st->subsystem_vendor_id;
	out->subsystem_id = (uint16_t)st->subsystem_id;
	out->hw_id = (uint16_t)st->hw_id;
	out->hw_revision = (uint8_t)st->hw_revision;
	memcpy(out->chip, st->chip, sizeof(out->chip));
	out->chip[sizeof(out->chip) - 1] = '\0';
	out->bank_size_bytes = sim->bank_bytes;
	out->banks = sim->banks;
	memcpy(out->model_name, st->model_name, sizeof(out->model_name));
	out->model_name[sizeof(out->model_name) - 1] = '\0';
	out->port_type[0] = (uint8_t)(st->port_type[0] % 3);
	out->port_type[1] = (uint8_t)(st->port_type[1] % 3);
	out->vpd_len_bytes = st->vpd_bytes <= SIM_VPD_BYTES ? st->vpd_bytes : SIM_VPD_BYTES;
}

static void get_fault(const struct sim_fault *fault, struct cx3_sim_fault *out)
{
	out->kind = fault->kind <= CX3_SIM_FAULT_OLD_PAYLOAD ? (enum cx3_sim_fault_kind)fault->kind
							     : CX3_SIM_FAULT_NONE;
	out->at = fault->at;
	out->count = fault->count;
	out->value = fault->value;
	out->seed = fault->seed;
}

static void get_options(const struct sim_state *st, struct cx3_sim_options *out)
{
	out->read_ns = st->read_ns;
	out->write_ns = st->write_ns;
	out->spi_byte_ns = st->spi_byte_ns;
	out->gateway_ns = st->gateway_ns;
	out->reset_ms = st->reset_ms;
	out->bar2_log2_mib = st->bar2_log2_mib;
	out->link_width = st->link_width;
	out->held_read_streams = st->held_read_streams;
	out->opcode_raises_cs = st->opcode_raises_cs;
	out->reset_raises_cs = st->reset_raises_cs;
	out->power_up_protected = st->power_up_protected;
	out->write_only_address = st->write_only_address;
	out->vendor_capability = st->vendor_capability;
	out->cr_mailbox = st->cr_mailbox;
}

static void get_applied(const struct sim_state *st, struct cx3_sim_applied *out)
{
	const struct sim_firmware *fw = &st->firmware;

	out->sriov = fw->sriov;
	out->vfs = (uint16_t)fw->vfs;
	out->log_bar_size = (uint8_t)sim_firmware_bar2_log2_mib(st);
	for (unsigned port = 0; port < SIM_PORTS; port++) {
		out->link_type[port] = (uint8_t)(fw->link_type[port] & 3);
		out->option_rom[port] = fw->option_rom[port];
	}
}

void cx3_sim_get_info(struct cx3_sim *sim, struct cx3_sim_info *out)
{
	const struct sim_state *st = sim->state;

	memset(out, 0, sizeof(*out));
	sim_lock(sim);
	get_model(sim, &out->model);
	out->flash_size_bytes = (uint64_t)sim->banks * sim->bank_bytes;
	out->boot_policy = st->boot_policy ? CX3_SIM_BOOT_HIGHEST : CX3_SIM_BOOT_LOWEST;
	out->gateway_busy_reads = st->gateway_busy_reads;
	out->max_times = st->max_times;
	out->powered = st->powered;
	out->booted = st->booted;
	if (st->booted) {
		get_applied(st, &out->applied);
		out->boot_address = st->boot_image;
		out->fw_major = (uint16_t)(st->running_version[0] >> 16);
		out->fw_minor = (uint16_t)(st->running_version[1] >> 16);
		out->fw_subminor = (uint16_t)st->running_version[1];
	}
	out->now_us = st->now_ns / 1000;
	out->reads = st->reads;
	out->writes = st->writes;
	out->spi_commands = st->spi_commands;
	out->erases = st->erases;
	out->programs = st->programs;
	out->violations = st->violations;
	out->firmware_commands = st->firmware_commands;
	for (unsigned i = 0; i < SIM_SEMAPHORES; i++)
		out->semaphores_held[i / 32] |= (uint32_t)(st->semaphore[i] != 0) << i % 32;
	memcpy(out->last_violation, st->last_violation, sizeof(out->last_violation));
	out->last_violation[sizeof(out->last_violation) - 1] = '\0';
	get_fault(&st->fault, &out->fault);
	get_options(st, &out->options);
	sim_unlock(sim);
}

int cx3_sim_reset_counters(struct cx3_sim *sim)
{
	struct sim_state *st;

	if (!sim)
		return CX3_INVALID_ARGUMENT;
	st = sim->state;
	sim_lock(sim);
	st->reads = 0;
	st->writes = 0;
	st->spi_commands = 0;
	st->erases = 0;
	st->programs = 0;
	st->violations = 0;
	st->firmware_commands = 0;
	st->last_violation[0] = '\0';
	sim_unlock(sim);
	return CX3_OK;
}

static int check_range(const struct cx3_sim *sim, uint64_t address, const void *buffer,
		       size_t len_bytes, struct cx3_error *err)
{
	uint64_t size;
	int rc;

	if (!sim || (!buffer && len_bytes))
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card or no buffer given");
	size = (uint64_t)sim->banks * sim->bank_bytes;
	if (address <= size && len_bytes <= size - address)
		return CX3_OK;
	rc = sim_fail(err, CX3_OUT_OF_RANGE, "%zu bytes do not fit in a flash of 0x%llx bytes",
		      len_bytes, (unsigned long long)size);
	if (err) {
		err->flags = CX3_ERROR_HAS_ADDRESS;
		err->address = address;
	}
	return rc;
}

/* Solder only when the chips are quiet. */
static void wait_for_chips(struct cx3_sim *sim)
{
	for (unsigned bank = 0; bank < sim->banks; bank++) {
		if (sim->state->nor[bank].busy_until_ns != SIM_NEVER)
			sim_nor_finish(sim, bank);
	}
}

int cx3_sim_peek(struct cx3_sim *sim, uint64_t address, void *buffer, size_t len_bytes,
		 struct cx3_error *err)
{
	int rc = check_range(sim, address, buffer, len_bytes, err);

	if (rc || !len_bytes)
		return rc;
	sim_lock(sim);
	wait_for_chips(sim);
	memcpy(buffer, sim->data + address, len_bytes);
	sim_unlock(sim);
	return CX3_OK;
}

int cx3_sim_poke(struct cx3_sim *sim, uint64_t address, const void *data, size_t len_bytes,
		 struct cx3_error *err)
{
	int rc = check_range(sim, address, data, len_bytes, err);

	if (rc || !len_bytes)
		return rc;
	sim_lock(sim);
	wait_for_chips(sim);
	memcpy(sim->data + address, data, len_bytes);
	sim_unlock(sim);
	return CX3_OK;
}

int cx3_sim_power_cycle(struct cx3_sim *sim, struct cx3_error *err)
{
	if (!sim)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card given");
	sim_lock(sim);
	sim_power_up(sim);
	sim_unlock(sim);
	return CX3_OK;
}

int cx3_sim_chip_reset(struct cx3_sim *sim, struct cx3_error *err)
{
	struct sim_state *st;
	bool powered;

	if (!sim)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card given");
	st = sim->state;
	sim_lock(sim);
	if (st->powered)
		sim_reset(sim);
	powered = st->powered;
	/* The operator waits until the card is back. */
	if (powered && st->reset_until_ns > st->now_ns)
		sim_advance_ns(sim, st->reset_until_ns - st->now_ns);
	sim_unlock(sim);
	return powered ? CX3_OK : sim_no_power(err);
}

int cx3_sim_set_boot_policy(struct cx3_sim *sim, enum cx3_sim_boot_policy policy)
{
	if (!sim || (policy != CX3_SIM_BOOT_LOWEST && policy != CX3_SIM_BOOT_HIGHEST))
		return CX3_INVALID_ARGUMENT;
	sim_lock(sim);
	sim->state->boot_policy = policy;
	sim_unlock(sim);
	return CX3_OK;
}

int cx3_sim_set_timing(struct cx3_sim *sim, unsigned gateway_busy_reads, bool max_times)
{
	if (!sim)
		return CX3_INVALID_ARGUMENT;
	sim_lock(sim);
	sim->state->gateway_busy_reads = gateway_busy_reads;
	sim->state->max_times = max_times;
	sim_unlock(sim);
	return CX3_OK;
}

static bool is_link_width(uint32_t lanes)
{
	return lanes == 1 || lanes == 2 || lanes == 4 || lanes == 8;
}

int cx3_sim_set_options(struct cx3_sim *sim, const struct cx3_sim_options *options)
{
	struct sim_state *st;

	if (!sim || !options || options->read_ns > SIM_MAX_ACCESS_NS ||
	    options->write_ns > SIM_MAX_ACCESS_NS || options->spi_byte_ns > SIM_MAX_ACCESS_NS ||
	    options->gateway_ns > SIM_MAX_ACCESS_NS || options->reset_ms > SIM_MAX_RESET_MS ||
	    options->bar2_log2_mib > SIM_MAX_BAR2_LOG2 || !is_link_width(options->link_width))
		return CX3_INVALID_ARGUMENT;
	st = sim->state;
	sim_lock(sim);
	st->read_ns = options->read_ns;
	st->write_ns = options->write_ns;
	st->spi_byte_ns = options->spi_byte_ns;
	st->gateway_ns = options->gateway_ns;
	st->reset_ms = options->reset_ms;
	st->bar2_log2_mib = options->bar2_log2_mib;
	st->link_width = options->link_width;
	st->held_read_streams = options->held_read_streams;
	st->opcode_raises_cs = options->opcode_raises_cs;
	st->reset_raises_cs = options->reset_raises_cs;
	st->power_up_protected = options->power_up_protected;
	st->write_only_address = options->write_only_address;
	st->vendor_capability = options->vendor_capability;
	st->cr_mailbox = options->cr_mailbox;
	sim_unlock(sim);
	return CX3_OK;
}

uint64_t cx3_sim_bar2_bytes(struct cx3_sim *sim)
{
	return (uint64_t)1 << (20 + sim_firmware_bar2_log2_mib(sim->state));
}

int cx3_sim_vpd(struct cx3_sim *sim, uint8_t *buffer, size_t *len_bytes, struct cx3_error *err)
{
	const struct sim_state *st;
	size_t vpd_bytes;
	int rc = CX3_OK;

	if (!sim || !len_bytes || (!buffer && *len_bytes))
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card or no buffer given");
	st = sim->state;
	sim_lock(sim);
	vpd_bytes = st->vpd_bytes <= SIM_VPD_BYTES ? st->vpd_bytes : SIM_VPD_BYTES;
	if (!st->powered)
		rc = sim_no_power(err);
	else if (!st->booted)
		rc = sim_fail(err, CX3_NOT_SUPPORTED, "a card in recovery mode has no VPD");
	else if (!vpd_bytes)
		rc = sim_fail(err, CX3_NOT_SUPPORTED, "this card has no VPD");
	else if (*len_bytes < vpd_bytes)
		rc = sim_fail(err, CX3_OUT_OF_RANGE, "VPD has %zu bytes, room is for %zu",
			      vpd_bytes, *len_bytes);
	else
		memcpy(buffer, st->vpd, vpd_bytes);
	if (!rc)
		*len_bytes = vpd_bytes;
	sim_unlock(sim);
	return rc;
}
