/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Register access packets (nv-config 2.4): MNVA, MNVI and MNVIA. */
#include "card.h"
#include "firmware.h"
#include "nv_store.h"

#define HCR_BAD_PARAMETER 3u

#define REG_MNVA   0x9024u
#define REG_MNVI   0x9025u
#define REG_MNVIA  0x9029u
#define METHOD_GET 1u
#define METHOD_SET 2u

#define OPERATION_TYPE	1u
#define OPERATION_WORDS 4u
#define REGISTER_TYPE	3u
#define RESPONSE	0x8000u
#define STATUS_MASK	0x7f00u
#define STATUS_SHIFT	8
#define NV_HEAD_WORDS	2u
#define DATA_WORD	7u

/* Settings this firmware knows (nv-config 1.1, 1.6), with the words of their data. */
struct tlv {
	uint32_t type;
	unsigned words;
	bool of_port; /* modifier 1 or 2, else 0 */
};

static const struct tlv TLVS[] = {
	{0x10, 2, true},   {0x11, 1, false},  {0x12, 1, true},	 {0x13, 1, false},
	{0x14, 8, false},  {0x2001, 1, true}, {0x2010, 1, true}, {0x2020, 1, true},
	{0x2021, 1, true}, {0x2022, 1, true}, {0x2023, 1, true}, {0x2100, 3, true},
};

static const struct tlv *find_tlv(uint32_t type)
{
	for (size_t i = 0; i < sizeof(TLVS) / sizeof(TLVS[0]); i++) {
		if (TLVS[i].type == type)
			return &TLVS[i];
	}
	return NULL;
}

static enum sim_nv_status one_setting(struct cx3_sim *sim, uint32_t reg, uint32_t method,
				      uint32_t *mailbox)
{
	const struct tlv *tlv = find_tlv(mailbox[5] & 0xffff);
	unsigned words = mailbox[5] >> 18 & 0xfff, modifier = mailbox[6] >> 16 & 0xff;
	unsigned packet_words = mailbox[4] >> 16 & 0x7ff;

	if (!tlv)
		return SIM_NV_UNKNOWN_TLV;
	if (tlv->of_port ? modifier < 1 || modifier > SIM_PORTS : modifier != 0)
		return SIM_NV_BAD_PARAMETER;
	if (reg == REG_MNVI)
		return sim_nv_drop(sim, tlv->type, modifier);
	if (words < tlv->words || packet_words < 1 + NV_HEAD_WORDS + tlv->words)
		return SIM_NV_TOO_SHORT;
	if (words > tlv->words)
		return SIM_NV_BAD_PARAMETER;
	if (method == METHOD_GET)
		return sim_nv_get(sim, tlv->type, modifier, mailbox + DATA_WORD, words);
	return sim_nv_set(sim, tlv->type, modifier, mailbox + DATA_WORD, words);
}

static enum sim_nv_status access_register(struct cx3_sim *sim, uint32_t *mailbox)
{
	uint32_t reg = mailbox[1] >> 16, method = mailbox[1] >> 8 & 0x7f;

	if ((mailbox[1] & 0xff) != 1)
		return SIM_NV_BAD_CLASS;
	if (reg != REG_MNVA && reg != REG_MNVI && reg != REG_MNVIA)
		return SIM_NV_NO_REGISTER;
	if (method != METHOD_SET && !(method == METHOD_GET && reg == REG_MNVA))
		return SIM_NV_BAD_METHOD;
	if (mailbox[4] >> 27 != REGISTER_TYPE)
		return SIM_NV_BAD_PARAMETER;
	if ((mailbox[4] >> 16 & 0x7ff) < 1 + NV_HEAD_WORDS)
		return SIM_NV_TOO_SHORT;
	if (reg == REG_MNVIA)
		return sim_nv_drop_all(sim);
	return one_setting(sim, reg, method, mailbox);
}

uint8_t sim_nv_access(struct cx3_sim *sim, uint32_t *mailbox)
{
	uint32_t status;

	if (mailbox[0] >> 27 != OPERATION_TYPE || (mailbox[0] >> 16 & 0x7ff) != OPERATION_WORDS)
		return HCR_BAD_PARAMETER;
	status = sim_fault_nv_status(sim);
	if (!status)
		status = access_register(sim, mailbox);
	if (!sim->state->powered)
		return 0;
	mailbox[0] = (mailbox[0] & ~STATUS_MASK) | status << STATUS_SHIFT;
	mailbox[1] |= RESPONSE;
	return 0;
}
