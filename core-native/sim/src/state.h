/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The card's state as it lies in the file: this struct at offset 0, the chips' content from
 * SIM_DATA_OFFSET on, bank after bank. Everything is a fixed-width integer, so that a damaged file
 * can never hold an invalid bool or enum.
 */
#ifndef CX3_SIM_STATE_H
#define CX3_SIM_STATE_H

#include <pthread.h>
#include <stdint.h>

#define SIM_MAGIC	   "CX3VCARD"
#define SIM_VERSION	   3u
#define SIM_BYTE_ORDER	   0x01020304u
#define SIM_DATA_OFFSET	   0x10000u
#define SIM_MAX_BANKS	   2u
#define SIM_MIN_BANK_BYTES 0x10000u
#define SIM_MAX_BANK_BYTES 0x2000000u
#define SIM_PAGE_BYTES	   256u
#define SIM_SEMAPHORES	   64u
#define SIM_VPD_BYTES	   4096u
#define SIM_CONFIG_BYTES   4096u
#define SIM_NEVER	   UINT64_MAX
/* A clock that stands still at its end would make every wait endless: 146 years are enough. */
#define SIM_MAX_NOW_NS	  (UINT64_MAX / 4)
#define SIM_MAX_ACCESS_NS 1000000000u
#define SIM_MAX_RESET_MS  60000u
#define SIM_MAX_BAR2_LOG2 20u /* MiB */

#define SIM_HCR_WORDS	  7u
#define SIM_MAILBOX_WORDS 72u
#define SIM_PORTS	  2u

/* What a chip is busy with. The content changes when the time is over, so that a power cut can tear
 * it. */
enum sim_nor_pending {
	SIM_NOR_NOTHING,
	SIM_NOR_PROGRAM,
	SIM_NOR_ERASE,
	SIM_NOR_STATUS,
	SIM_NOR_PENDING_KINDS
};

struct sim_nor {
	uint64_t busy_until_ns; /* SIM_NEVER = stuck */
	uint64_t stuck_reads;	/* status reads until a stuck chip recovers, 0 = never */
	uint32_t pending;	/* enum sim_nor_pending */
	uint32_t pending_address;
	uint32_t pending_len_bytes;
	uint32_t pending_wrong_bit; /* 1 + bit number in the page, 0 = none */
	uint32_t opcode;	    /* of the transaction that is open, if any byte came */
	uint32_t bytes_in;	    /* since CS fell */
	uint32_t address;
	uint32_t ignoring; /* the chip does not follow this transaction */
	uint32_t nv_config;
	uint8_t latch; /* write enable */
	uint8_t status[3];
	uint8_t function;
	uint8_t pending_status[3];
	uint8_t pending_function;
	uint8_t in[4];
	uint8_t reserved[3];
	uint32_t pending_nv_config;
	uint8_t page[SIM_PAGE_BYTES];	      /* being filled */
	uint8_t pending_page[SIM_PAGE_BYTES]; /* being programmed */
};

struct sim_fault {
	uint32_t kind; /* enum cx3_sim_fault_kind */
	uint32_t value;
	uint64_t at;
	uint64_t count;
	uint64_t seed;
	uint32_t struck; /* STUCK_*: has happened; LOCK_HELD: the stranger has it */
	uint32_t forever;
	uint8_t saved_status[SIM_MAX_BANKS]; /* PROTECTION: what was there before */
	uint8_t reserved[6];
};

/*
 * What the firmware of an image is and does while it runs; zero without one. Settings are those it
 * found when it started.
 */
struct sim_firmware {
	/* Where its settings are: area_bytes 0 = the image has no place for them. */
	uint32_t area_bytes;
	uint32_t area_start; /* logical address; of the first area when the image is not failsafe */
	uint32_t failsafe;
	uint32_t chunk_log2;

	uint32_t sriov, vfs;
	uint32_t bar2_stored;	       /* 1 + log2 of MiB; 0 = the default counts */
	uint32_t link_type[SIM_PORTS]; /* 1 InfiniBand, 2 Ethernet, 3 either, 0 = no such port */
	uint32_t link_type_stored[SIM_PORTS];
	uint32_t option_rom[SIM_PORTS];

	uint32_t hcr[SIM_HCR_WORDS];
	uint32_t stuck;	      /* a command that does not end */
	uint64_t stuck_reads; /* until it does, 0 = never */
	uint64_t busy_until_ns;
	uint32_t mailbox[SIM_MAILBOX_WORDS];
	uint32_t cr_mailbox[SIM_MAILBOX_WORDS];
};

struct sim_state {
	char magic[8];
	uint32_t byte_order;
	uint32_t version;
	uint32_t state_bytes; /* sizeof(struct sim_state): another layout is another card */
	uint32_t gateway_ns;  /* an option, here because older cards have a 0 here */
	uint64_t lock_epoch;  /* boot and file in which the lock was made, see file_lock.c */
	union {
		pthread_mutex_t mutex;
		uint8_t room[128];
	} lock;

	/* model */
	uint32_t banks;
	uint32_t bank_bytes;
	uint32_t vendor_id, device_id, subsystem_vendor_id, subsystem_id;
	uint32_t hw_id, hw_revision;
	uint32_t port_type[2];
	uint32_t vpd_bytes;
	char chip[32];
	char model_name[64];

	/* options */
	uint32_t boot_policy;
	uint32_t gateway_busy_reads;
	uint32_t max_times;
	uint32_t read_ns, write_ns, spi_byte_ns, reset_ms;
	uint32_t bar2_log2_mib, link_width;
	uint32_t held_read_streams, opcode_raises_cs, reset_raises_cs, power_up_protected;
	uint32_t write_only_address, vendor_capability;
	uint32_t cr_mailbox, reserved_option;

	/* clock and counters */
	uint64_t now_ns;
	uint64_t reads, writes, spi_commands, erases, programs, violations;
	uint64_t firmware_commands;
	char last_violation[160];

	/* power and boot */
	uint32_t powered;
	uint32_t boot_pending; /* a boot was cut off by the death of the process that ran it */
	uint32_t booted;
	uint32_t boot_image; /* physical start of the running image */
	uint32_t boot_register;
	uint32_t recovery_register;
	uint32_t running_version[4];
	uint64_t node_guid;
	uint64_t reset_until_ns;

	/* registers */
	uint32_t semaphore[SIM_SEMAPHORES];
	uint32_t gw_command, gw_address, gw_data[4];
	uint32_t gw_busy_reads;
	uint32_t gw_stuck;
	uint64_t gw_stuck_reads;
	uint32_t cs_held, cs_bank;

	struct sim_nor nor[SIM_MAX_BANKS];
	struct sim_fault fault;

	/* PCI */
	uint32_t config_address; /* 0x58 */
	uint32_t config_data;	 /* 0x5c, of the write-only variant */
	uint32_t vpd_address;
	uint32_t vpd_data;
	uint32_t power_control;	 /* 0x44: power state in [1:0] */
	uint32_t device_control; /* 0x68, PCI Express */
	uint32_t link_control;	 /* 0x70 */
	uint32_t vendor_control; /* 0xc4: [15:0] address space */
	uint32_t vendor_ticket;	 /* 0xc8: last one given */
	uint32_t vendor_owner;	 /* 0xcc: 0 = free */
	uint32_t vendor_address; /* 0xd0 */
	uint32_t vendor_data;	 /* 0xd4 */
	uint32_t vf_count;	 /* NumVFs of the SR-IOV capability */
	uint64_t vf_bar2;	 /* of all virtual functions, as written */
	uint8_t config[64];	 /* writable part of the header as the host left it */
	uint8_t vpd[SIM_VPD_BYTES];

	struct sim_firmware firmware;
};

_Static_assert(sizeof(struct sim_state) <= SIM_DATA_OFFSET, "the state fits in front of the data");
_Static_assert(sizeof(pthread_mutex_t) <= 128, "the lock fits in its room");

#endif
