/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * PCI configuration space: identity, BARs, the capabilities of a real card (nv-config 7.4) but for
 * MSI-X at 0x9c, which has something behind it that is not here, and the CR gateway at 0x58/0x5c
 * (flash-access 1.6), where a read really reads the register.
 */
#include <string.h>

#include "card.h"
#include "config_sriov.h"
#include "config_vendor.h"
#include "firmware.h"

#define CONFIG_ID	    0x00u
#define CONFIG_COMMAND	    0x04u
#define CONFIG_CLASS	    0x08u
#define CONFIG_CACHE_LINE   0x0cu
#define CONFIG_BAR0	    0x10u
#define CONFIG_BAR1	    0x14u
#define CONFIG_BAR2	    0x18u
#define CONFIG_BAR3	    0x1cu
#define CONFIG_SUBSYSTEM    0x2cu
#define CONFIG_CAPABILITIES 0x34u
#define CONFIG_INTERRUPT    0x3cu
#define CAP_POWER	    0x40u
#define CAP_VPD		    0x48u
#define CAP_VPD_DATA	    0x4cu
#define GATEWAY_ADDRESS	    0x58u
#define GATEWAY_DATA	    0x5cu
#define CAP_EXPRESS	    0x60u
#define POWER_CONTROL	    (CAP_POWER + 0x04u)
#define DEVICE_CONTROL	    (CAP_EXPRESS + 0x08u)
#define LINK_CAPABILITY	    (CAP_EXPRESS + 0x0cu)
#define LINK_CONTROL	    (CAP_EXPRESS + 0x10u)
#define MARK_FIRST	    0xf0u
#define MARK_LAST	    0xffu
#define EXT_ARI		    0x100u
#define EXT_SERIAL	    0x148u
#define EXT_AER		    0x154u
#define EXT_EXPRESS2	    0x18cu

#define MARK		 "cx3tools-virtual"
#define WRITE_ONLY_VALUE 0xbadacce5u
#define VPD_DONE	 0x80000000u
#define CR_SIZE_BYTES	 0x100000u
#define FUNCTION_RESET	 0x8000u
#define LINK_8_GT	 0x3u
#define LINK_WIDTH_SHIFT 4
#define LINK_WIDTH_MAX	 8u

#define STATUS_CAPABILITIES	    0x00100000u
#define CLASS_ETHERNET		    0x02000000u
#define CLASS_NETWORK		    0x02800000u
#define CLASS_MEMORY		    0x05800000u /* of a card in recovery mode: unknown, chosen */
#define BAR_64BIT		    0x4u
#define BAR_64BIT_PREFETCHABLE	    0xcu
#define EXT_HEAD(id, version, next) ((id) | (uint32_t)(version) << 16 | (uint32_t)(next) << 20)

struct fixed_dword {
	uint32_t offset;
	uint32_t value;
};

static const struct fixed_dword FIXED[] = {
	{CONFIG_CAPABILITIES, CAP_POWER},
	{CAP_EXPRESS + 0x04, 0x10008002}, /* function-level reset */
	{LINK_CAPABILITY, LINK_WIDTH_MAX << LINK_WIDTH_SHIFT | LINK_8_GT},
	{CAP_EXPRESS + 0x2c, 0x0000000e},
	{CAP_EXPRESS + 0x30, 0x00000003},
	{EXT_SERIAL, EXT_HEAD(0x03u, 1, EXT_AER)},
	{EXT_AER, EXT_HEAD(0x01u, 2, EXT_EXPRESS2)},
	{EXT_EXPRESS2, EXT_HEAD(0x19u, 1, 0)},
};

/* What the host may change, per dword of the header. */
static const struct fixed_dword WRITABLE[] = {
	{CONFIG_COMMAND, 0x00000547},	{CONFIG_CACHE_LINE, 0x0000ffff},
	{CONFIG_BAR0, 0xfff00000},	{CONFIG_BAR1, 0xffffffff}, /* 1 MiB */
	{CONFIG_INTERRUPT, 0x000000ff},
};

/* Read-write bits of the control registers: power state; no status bit is ever set. */
#define POWER_STATE_MASK    0x3u
#define DEVICE_CONTROL_MASK 0x7fffu
#define LINK_CONTROL_MASK   0x0ffbu

static uint32_t find(const struct fixed_dword *table, size_t count, uint32_t offset)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i].offset == offset)
			return table[i].value;
	}
	return 0;
}

#define FIND(table, offset) find(table, sizeof(table) / sizeof((table)[0]), offset)

/* A BAR is sized by the bits that cannot be written. */
static uint32_t writable_bits(const struct sim_state *st, uint32_t offset)
{
	uint64_t bar2_bits = ~(((uint64_t)1 << (20 + sim_firmware_bar2_log2_mib(st))) - 1);

	switch (offset) {
	case CONFIG_BAR2:
		return (uint32_t)bar2_bits;
	case CONFIG_BAR3:
		return (uint32_t)(bar2_bits >> 32);
	default:
		return FIND(WRITABLE, offset);
	}
}

static uint32_t load(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void store(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (8 * i));
}

static bool has_vpd(const struct sim_state *st)
{
	return st->booted && st->vpd_bytes;
}

/* A card with nothing but Ethernet says so (job, step 1); any other is just a network controller.
 */
static uint32_t class_of_ports(const struct sim_state *st)
{
	return sim_firmware_port_type(st, 0) == 1 || sim_firmware_port_type(st, 1) == 1
		       ? CLASS_NETWORK
		       : CLASS_ETHERNET;
}

static uint32_t read_header(const struct sim_state *st, uint32_t offset)
{
	uint32_t written = load(&st->config[offset]);

	switch (offset) {
	case CONFIG_ID:
		return (st->vendor_id & 0xffff) | (st->booted ? st->device_id : st->hw_id + 1)
							  << 16;
	case CONFIG_COMMAND:
		return STATUS_CAPABILITIES | written;
	case CONFIG_CLASS:
		return st->booted ? class_of_ports(st) : CLASS_MEMORY;
	case CONFIG_BAR0:
		return written | BAR_64BIT;
	case CONFIG_BAR2:
		return written | BAR_64BIT_PREFETCHABLE;
	case CONFIG_SUBSYSTEM:
		return (st->subsystem_vendor_id & 0xffff) | st->subsystem_id << 16;
	case CONFIG_INTERRUPT:
		return written | 0x0100; /* INTA */
	default:
		return written | FIND(FIXED, offset);
	}
}

/* The dword at 0x5c: an access to CR space with all that it does there. */
static int read_gateway(struct cx3_sim *sim, uint32_t *value, struct cx3_error *err)
{
	uint32_t reg = sim->state->config_address & ~3u;

	*value = 0xffffffffu;
	if (reg >= CR_SIZE_BYTES)
		return CX3_OK;
	return sim_register_read(sim, reg, value, err);
}

static int read_dword(struct cx3_sim *sim, uint32_t offset, uint32_t *value, struct cx3_error *err)
{
	const struct sim_state *st = sim->state;

	if (offset < sizeof(st->config)) {
		*value = read_header(st, offset);
		return CX3_OK;
	}
	if (offset >= MARK_FIRST && offset <= MARK_LAST) {
		*value = load((const uint8_t *)MARK + (offset - MARK_FIRST));
		return CX3_OK;
	}
	if (st->vendor_capability && sim_in_vendor_capability(offset)) {
		*value = sim_vendor_read(sim, offset);
		return CX3_OK;
	}
	if (sim_in_sriov(st, offset)) {
		*value = sim_sriov_read(st, offset, EXT_SERIAL);
		return CX3_OK;
	}
	switch (offset) {
	case GATEWAY_DATA:
		return read_gateway(sim, value, err);
	case GATEWAY_ADDRESS:
		*value = st->write_only_address ? WRITE_ONLY_VALUE : st->config_address;
		break;
	case CAP_POWER:
		*value = 0x00030001u | (has_vpd(st) ? CAP_VPD : CAP_EXPRESS) << 8;
		break;
	case CAP_VPD:
		*value = has_vpd(st) ? 0x03u | CAP_EXPRESS << 8 | st->vpd_address : 0;
		break;
	case CAP_VPD_DATA:
		*value = has_vpd(st) ? st->vpd_data : 0;
		break;
	case POWER_CONTROL:
		*value = 0x00000008u | st->power_control; /* keeps its state */
		break;
	case CAP_EXPRESS:
		*value = 0x00020010u | (st->vendor_capability ? SIM_CAP_VENDOR : 0) << 8;
		break;
	case DEVICE_CONTROL:
		*value = st->device_control;
		break;
	case LINK_CONTROL:
		*value = st->link_control | (st->link_width << LINK_WIDTH_SHIFT | LINK_8_GT) << 16;
		break;
	case EXT_ARI:
		*value = EXT_HEAD(0x0eu, 1, sim_has_sriov(st) ? SIM_EXT_SRIOV : EXT_SERIAL);
		break;
	case EXT_SERIAL + 4:
		*value = (uint32_t)st->node_guid;
		break;
	case EXT_SERIAL + 8:
		*value = (uint32_t)(st->node_guid >> 32);
		break;
	default:
		*value = FIND(FIXED, offset);
		break;
	}
	return CX3_OK;
}

/* A read order is answered at once; a write order is acknowledged, the content stays [chosen]. */
static void order_vpd(struct sim_state *st, uint32_t value)
{
	uint32_t address = value >> 16 & 0x7ffc;

	if (value & VPD_DONE) {
		st->vpd_address = address << 16;
		return;
	}
	st->vpd_data = address <= SIM_VPD_BYTES - 4 ? load(&st->vpd[address]) : 0;
	st->vpd_address = address << 16 | VPD_DONE;
}

/*
 * With a write-only address register the order is turned round for writes: data first, then the
 * address, bit 0 telling a read order from a write order.
 */
static int write_gateway(struct cx3_sim *sim, uint32_t offset, uint32_t value,
			 struct cx3_error *err)
{
	struct sim_state *st = sim->state;
	uint32_t reg;

	if (offset == GATEWAY_ADDRESS) {
		st->config_address = value;
		if (!st->write_only_address || (value & 1))
			return CX3_OK;
		value = st->config_data;
	} else if (st->write_only_address) {
		st->config_data = value;
		return CX3_OK;
	}
	reg = st->config_address & ~3u;
	return reg < CR_SIZE_BYTES ? sim_register_write(sim, reg, value, err) : CX3_OK;
}

static void write_bits(uint32_t *reg, uint32_t value, uint32_t mask)
{
	*reg = (*reg & ~mask) | (value & mask);
}

/* mask: which bits of value were written. */
static int write_dword(struct cx3_sim *sim, uint32_t offset, uint32_t value, uint32_t mask,
		       struct cx3_error *err)
{
	struct sim_state *st = sim->state;

	if (offset < sizeof(st->config)) {
		uint32_t old = load(&st->config[offset]);

		mask &= writable_bits(st, offset);
		store(&st->config[offset], (old & ~mask) | (value & mask));
	} else if (offset == CAP_VPD) {
		if (mask >> 16 == 0xffff && has_vpd(st))
			order_vpd(st, value);
	} else if (offset == GATEWAY_ADDRESS || offset == GATEWAY_DATA) {
		if (mask == 0xffffffffu)
			return write_gateway(sim, offset, value, err);
	} else if (offset == POWER_CONTROL) {
		write_bits(&st->power_control, value, mask & POWER_STATE_MASK);
	} else if (offset == LINK_CONTROL) {
		write_bits(&st->link_control, value, mask & LINK_CONTROL_MASK);
	} else if (offset == DEVICE_CONTROL) {
		write_bits(&st->device_control, value, mask & DEVICE_CONTROL_MASK);
		if (value & mask & FUNCTION_RESET)
			sim_function_reset(sim);
	} else if (st->vendor_capability && sim_in_vendor_capability(offset)) {
		if (mask == 0xffffffffu)
			return sim_vendor_write(sim, offset, value, err);
	} else if (sim_in_sriov(st, offset)) {
		sim_sriov_write(st, offset, value, mask);
	}
	return CX3_OK;
}

static int check_range(const struct cx3_sim *sim, uint32_t offset, const void *buffer,
		       size_t len_bytes, struct cx3_error *err)
{
	if (!sim || !buffer)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card or no buffer given");
	if (offset > SIM_CONFIG_BYTES || len_bytes > SIM_CONFIG_BYTES - offset)
		return sim_fail(err, CX3_OUT_OF_RANGE,
				"configuration space has %u bytes: no %zu bytes at 0x%x",
				SIM_CONFIG_BYTES, len_bytes, offset);
	return CX3_OK;
}

/* In reset, or gone from the bus: nobody answers, and the bus gives ones. */
static bool answers(const struct sim_state *st)
{
	return st->now_ns >= st->reset_until_ns &&
	       !(st->fault.kind == CX3_SIM_FAULT_ALL_ONES && st->fault.at <= 1);
}

int cx3_sim_config_read(struct cx3_sim *sim, uint32_t offset, void *buffer, size_t len_bytes,
			struct cx3_error *err)
{
	uint8_t *out = buffer;
	int rc = check_range(sim, offset, buffer, len_bytes, err);

	if (rc)
		return rc;
	sim_lock(sim);
	if (!sim->state->powered)
		rc = sim_no_power(err);
	for (size_t i = 0; !rc && i < len_bytes;) {
		uint32_t dword = (offset + (uint32_t)i) & ~3u;
		uint32_t value = 0xffffffffu;
		uint8_t bytes[4];

		sim_advance_ns(sim, sim->state->read_ns);
		if (answers(sim->state))
			rc = read_dword(sim, dword, &value, err);
		store(bytes, value);
		for (uint32_t b = offset + (uint32_t)i - dword; b < 4 && i < len_bytes; b++)
			out[i++] = bytes[b];
	}
	sim_unlock(sim);
	return rc;
}

int cx3_sim_config_write(struct cx3_sim *sim, uint32_t offset, const void *data, size_t len_bytes,
			 struct cx3_error *err)
{
	const uint8_t *in = data;
	int rc = check_range(sim, offset, data, len_bytes, err);

	if (rc)
		return rc;
	sim_lock(sim);
	if (!sim->state->powered)
		rc = sim_no_power(err);
	for (size_t i = 0; !rc && i < len_bytes;) {
		uint32_t dword = (offset + (uint32_t)i) & ~3u;
		uint8_t bytes[4] = {0};
		uint8_t mask[4] = {0};

		for (uint32_t b = offset + (uint32_t)i - dword; b < 4 && i < len_bytes; b++) {
			mask[b] = 0xff;
			bytes[b] = in[i++];
		}
		sim_advance_ns(sim, sim->state->write_ns);
		if (answers(sim->state))
			rc = write_dword(sim, dword, load(bytes), load(mask), err);
	}
	sim_unlock(sim);
	return rc;
}
