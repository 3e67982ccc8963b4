/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * libcx3sim: a virtual ConnectX-3 card in one file. The file is mapped shared, so registers, locks,
 * chip select and chip content survive the death of a process at any point, as they do on a card;
 * several processes may use one card at once.
 */
#ifndef CX3_SIM_H
#define CX3_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/status.h"

struct cx3_sim;

struct cx3_sim_model {
	uint16_t vendor_id, device_id, subsystem_vendor_id, subsystem_id;
	uint16_t hw_id;
	uint8_t hw_revision;
	char chip[32];		  /* "W25Q16BV", ...: a row of the simulator's own chip table */
	uint32_t bank_size_bytes; /* 0 = the chip's own size, else the chip of its family with this
				     size is taken in its place */
	unsigned banks;		  /* 1 or 2 */
	char model_name[64];	  /* "hp-764285-b21" */
	uint8_t port_type[2];	  /* 1 = InfiniBand, 2 = Ethernet, 0 = no such port */
	const uint8_t *vpd;
	size_t vpd_len_bytes; /* at most 4096, 0 = the card has no VPD */
};

/*
 * What is not known of real cards, or costs time there. The defaults of a new card are in
 * sim/README.md, each with its mark.
 */
struct cx3_sim_options {
	uint32_t read_ns, write_ns; /* simulated time of one register access */
	uint32_t spi_byte_ns;	    /* simulated time of one byte on the SPI wire */
	uint32_t gateway_ns;	    /* simulated time of a gateway command beside its bytes */
	uint32_t reset_ms; /* how long the card answers all ones after a write of 1 to 0xf0010 */
	uint32_t bar2_log2_mib;	 /* size of BAR2, LOG_BAR_SIZE of the firmware: 3 = 8 MiB */
	uint32_t link_width;	 /* PCIe lanes in use: 1, 2, 4 or 8 */
	bool held_read_streams;	 /* a read with CS held goes on with the next command; false: CS
				    rises after each read */
	bool opcode_raises_cs;	 /* a new opcode while CS is held first raises CS; false: it is data
				    of the open transaction */
	bool reset_raises_cs;	 /* a chip reset raises a CS that was held */
	bool power_up_protected; /* SST and Atmel parts come up with all sectors protected */
	bool write_only_address; /* config 0x58 cannot be read back (flash-access 1.6) */
	bool vendor_capability;	 /* capability 9 at config 0xc0 with the spaces that the stock tool
				    wants (flash-access 1.6) */
	bool cr_mailbox; /* firmware offers the mailbox of its commands at CR 0xe0000, too */
};

/* Which of two valid images the boot code starts: unknown of real cards, so both can be chosen. */
enum cx3_sim_boot_policy { CX3_SIM_BOOT_LOWEST, CX3_SIM_BOOT_HIGHEST };

enum cx3_sim_fault_kind {
	CX3_SIM_FAULT_NONE,
	CX3_SIM_FAULT_POWER_CUT_AT_OP,	   /* at = n-th flash operation (program or erase) from now;
					      torn content by seed */
	CX3_SIM_FAULT_POWER_CUT_AT_ACCESS, /* at = n-th register access from now */
	CX3_SIM_FAULT_STUCK_GATEWAY, /* busy bit never clears, from the at-th gateway command on */
	CX3_SIM_FAULT_STUCK_CHIP, /* status busy never clears, from the at-th program or erase on */
	CX3_SIM_FAULT_WRONG_BIT,  /* the at-th program leaves one bit wrong: value = bit number in
				     the page; count = how often */
	CX3_SIM_FAULT_LOCK_HELD,  /* value = CR address of a semaphore held by a stranger, until at
				     us of simulated time, 0 = for ever */
	CX3_SIM_FAULT_PROTECTION, /* value = status register byte with protection bits */
	CX3_SIM_FAULT_NO_CHIP,
	CX3_SIM_FAULT_UNKNOWN_CHIP, /* value = JEDEC id as sent on the wire, vendor in [23:16] */
	CX3_SIM_FAULT_CR_LOCKED,    /* every CR read gives 0xbad0cafe */
	CX3_SIM_FAULT_ALL_ONES,
	CX3_SIM_FAULT_STUCK_HCR,   /* go never clears, from the at-th command of the tools on */
	CX3_SIM_FAULT_HCR_STATUS,  /* the at-th command of the tools fails: value = status [7:0],
				      [19:8] = only this opcode, 0 = any */
	CX3_SIM_FAULT_NV_STATUS,   /* the at-th register access fails: value = status, 1..0x7f */
	CX3_SIM_FAULT_OLD_PAYLOAD, /* default settings come with payload version 0 instead of 1 */
};

/*
 * One fault at a time; a new one replaces it and NONE takes it away. at = 0 means the same as 1,
 * but for LOCK_HELD.
 *
 * - STUCK_GATEWAY, STUCK_CHIP: count = so many reads of CMD (of the status register) show busy,
 * then it goes on.
 * - WRONG_BIT: count = so many programs.
 * - CR_LOCKED, ALL_ONES: from the at-th access on, for count accesses.
 * - STUCK_HCR: count = so many reads of the last word show go, then the command is done.
 * - HCR_STATUS, NV_STATUS: count = so many commands (register accesses), 0 = for ever.
 * - LOCK_HELD: at = absolute simulated time (cx3_sim_now_us) of the stranger's release.
 *
 * A power cycle clears both power cuts, LOCK_HELD, and a STUCK_* that has struck; the others stay.
 */
struct cx3_sim_fault {
	enum cx3_sim_fault_kind kind;
	uint64_t at;
	uint64_t count; /* 0 = for ever, where it applies */
	uint32_t value;
	uint64_t seed;
};

/* Settings that firmware runs with: what was stored when it started, else its defaults. All 0 when
 * none runs. */
struct cx3_sim_applied {
	bool sriov;
	uint16_t vfs;
	uint8_t log_bar_size; /* of BAR2, log2 of MiB */
	uint8_t link_type[2]; /* 1 InfiniBand, 2 Ethernet, 3 either; 0 = no such port */
	bool option_rom[2];
};

struct cx3_sim_info {
	struct cx3_sim_model model; /* vpd NULL */
	uint64_t flash_size_bytes;
	enum cx3_sim_boot_policy boot_policy;
	unsigned gateway_busy_reads; /* how many reads of CMD show busy after each command */
	bool max_times;		     /* chip times: maximum instead of typical */
	bool powered;
	bool booted;	       /* false: recovery mode */
	uint32_t boot_address; /* physical start of the image that runs */
	uint16_t fw_major, fw_minor, fw_subminor;
	uint64_t now_us; /* simulated clock */
	uint64_t reads, writes, spi_commands, erases, programs, violations;
	uint64_t firmware_commands;  /* of the tools, those for the mailbox included */
	uint32_t semaphores_held[2]; /* 64 bits, n-th semaphore = bit n % 32 of word n / 32 */
	char last_violation[160];
	struct cx3_sim_fault fault; /* at and count as still to come */
	struct cx3_sim_options options;
	struct cx3_sim_applied applied;
};

/*
 * Refuses an existing path. Written to a temporary file in the same folder, synced and renamed. The
 * flash is blank.
 */
int cx3_sim_create(const char *path, const struct cx3_sim_model *model, struct cx3_error *err);
int cx3_sim_open(const char *path, struct cx3_sim **out, struct cx3_error *err);
void cx3_sim_close(struct cx3_sim *sim); /* accepts NULL */
void cx3_sim_get_info(struct cx3_sim *sim, struct cx3_sim_info *out);
int cx3_sim_reset_counters(struct cx3_sim *sim);

/* Registers as on the card, value in CPU order. They cost simulated time and trigger faults. */
int cx3_sim_read32(struct cx3_sim *sim, uint32_t cr_address, uint32_t *value,
		   struct cx3_error *err);
int cx3_sim_write32(struct cx3_sim *sim, uint32_t cr_address, uint32_t value,
		    struct cx3_error *err);
uint64_t cx3_sim_now_us(struct cx3_sim *sim);
void cx3_sim_sleep_us(struct cx3_sim *sim, uint64_t us);

/* PCI config space, bytes, with the gateway at 0x58/0x5c behind it. */
int cx3_sim_config_read(struct cx3_sim *sim, uint32_t offset, void *buffer, size_t len_bytes,
			struct cx3_error *err);
int cx3_sim_config_write(struct cx3_sim *sim, uint32_t offset, const void *data, size_t len_bytes,
			 struct cx3_error *err);
int cx3_sim_vpd(struct cx3_sim *sim, uint8_t *buffer, size_t *len_bytes, struct cx3_error *err);
uint64_t cx3_sim_bar2_bytes(struct cx3_sim *sim);

/* The operator's finger and soldering iron: not what a card can do. */
int cx3_sim_peek(struct cx3_sim *sim, uint64_t address, void *buffer, size_t len_bytes,
		 struct cx3_error *err);
int cx3_sim_poke(struct cx3_sim *sim, uint64_t address, const void *data, size_t len_bytes,
		 struct cx3_error *err);
int cx3_sim_power_cycle(struct cx3_sim *sim,
			struct cx3_error *err); /* clears the power-cut and boots */
int cx3_sim_chip_reset(struct cx3_sim *sim, struct cx3_error *err); /* as a write of 1 to 0xf0010 */
int cx3_sim_set_fault(struct cx3_sim *sim, const struct cx3_sim_fault *fault,
		      struct cx3_error *err);
int cx3_sim_set_boot_policy(struct cx3_sim *sim, enum cx3_sim_boot_policy policy);
int cx3_sim_set_timing(struct cx3_sim *sim, unsigned gateway_busy_reads, bool max_times);

/*
 * CX3_INVALID_ARGUMENT above 1 s for an access, a byte or a command, above 60 s for the reset,
 * above 20 (1 TiB) for BAR2, for another link width. The size of BAR2 is the default of the
 * firmware: it counts when nothing else is stored, and from the next start of the machine on, since
 * the host has given it its place.
 */
int cx3_sim_set_options(struct cx3_sim *sim, const struct cx3_sim_options *options);

/* Names of the simulator's chips, NULL-terminated. */
const char *const *cx3_sim_chip_names(void);

#endif
