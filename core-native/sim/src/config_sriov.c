/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * What a host needs to plan for virtual functions: how many, and how much memory each wants, which
 * is why SR-IOV of a card can keep a machine from giving it any. None ever appears: VF Enable
 * stays 0 [chosen].
 */
#include "config_sriov.h"
#include "firmware.h"

#define HEAD		0x00u
#define TOTALS		0x0cu /* InitialVFs, TotalVFs */
#define VF_COUNT	0x10u
#define FIRST_AND_STEP	0x14u
#define VF_DEVICE	0x18u
#define PAGE_SIZES	0x1cu
#define PAGE_SIZE	0x20u
#define VF_BAR2		0x2cu
#define VF_BAR3		0x30u
#define CAP_BYTES	0x40u
#define CAP_ID		0x0010u
#define CAP_VERSION	0x00010000u
#define NEXT_SHIFT	20
#define OFFSET_1_STEP_1 0x00010001u /* [reported] */
#define VF_DEVICE_ID	0x1004u	    /* of both generations [reported] */
#define SIZES_TO_4_MIB	0x00000553u /* 4 KiB to 4 MiB, as most devices [chosen] */
#define SIZE_4_KIB	0x00000001u
#define BAR_PREFETCH_64 0x0000000cu
#define VF_COUNT_MASK	0x0000ffffu

bool sim_has_sriov(const struct sim_state *st)
{
	return st->booted && st->firmware.sriov && st->firmware.vfs;
}

bool sim_in_sriov(const struct sim_state *st, uint32_t offset)
{
	return sim_has_sriov(st) && offset >= SIM_EXT_SRIOV && offset < SIM_EXT_SRIOV + CAP_BYTES;
}

/* The doorbell pages of a function are as large as those of the card itself (nv-config 1.4). */
static uint64_t bar_bits(const struct sim_state *st)
{
	return ~(((uint64_t)1 << (20 + sim_firmware_bar2_log2_mib(st))) - 1);
}

uint32_t sim_sriov_read(const struct sim_state *st, uint32_t offset, uint32_t next)
{
	switch (offset - SIM_EXT_SRIOV) {
	case HEAD:
		return CAP_ID | CAP_VERSION | next << NEXT_SHIFT;
	case TOTALS:
		return st->firmware.vfs << 16 | st->firmware.vfs;
	case VF_COUNT:
		return st->vf_count;
	case FIRST_AND_STEP:
		return OFFSET_1_STEP_1;
	case VF_DEVICE:
		return VF_DEVICE_ID << 16;
	case PAGE_SIZES:
		return SIZES_TO_4_MIB;
	case PAGE_SIZE:
		return SIZE_4_KIB;
	case VF_BAR2:
		return (uint32_t)(st->vf_bar2 & bar_bits(st)) | BAR_PREFETCH_64;
	case VF_BAR3:
		return (uint32_t)((st->vf_bar2 & bar_bits(st)) >> 32);
	default:
		return 0;
	}
}

void sim_sriov_write(struct sim_state *st, uint32_t offset, uint32_t value, uint32_t mask)
{
	const unsigned half = offset == SIM_EXT_SRIOV + VF_BAR3 ? 32 : 0;

	switch (offset - SIM_EXT_SRIOV) {
	case VF_COUNT:
		st->vf_count = (st->vf_count & ~mask) | (value & mask & VF_COUNT_MASK);
		break;
	case VF_BAR2:
	case VF_BAR3:
		st->vf_bar2 = (st->vf_bar2 & ~((uint64_t)mask << half)) | (uint64_t)(value & mask)
										  << half;
		break;
	default:
		break;
	}
}
