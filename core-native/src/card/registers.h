/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* CR addresses of ConnectX-3 and Pro that we touch; source and confidence at each. Values in CPU
 * order. */
#ifndef CX3_CARD_REGISTERS_H
#define CX3_CARD_REGISTERS_H

/* Boot address: flash address of the image << 8. [verified] */
#define CX3_REG_BOOT_ADDRESS 0xf0000u
/* Chip reset: write 1. [source: mlx4_core] */
#define CX3_REG_RESET 0xf0010u
/* Hardware id [15:0], revision [23:16]. [verified] */
#define CX3_REG_DEVICE_ID 0xf0014u
/* Version of the running firmware, 4 words. [verified] */
#define CX3_REG_RUNNING_VERSION 0x1f064u
/* Above 0xfff00000 = flash recovery mode. [source] */
#define CX3_REG_RECOVERY   0x41270u
#define CX3_RECOVERY_ABOVE 0xfff00000u
/* Recovery mode only: [28:27] = 2 stops a link drop from resetting the chip. [source] */
#define CX3_REG_LINK_RESET  0xf3834u
#define CX3_LINK_RESET_MASK (3u << 27)
#define CX3_LINK_RESET_OFF  (2u << 27)

/* 64 hardware semaphores: a read takes, writing 0 frees. [source, every user; verified for
 * the programming and gateway locks, the lock of the tools HCR] */
#define CX3_REG_SEMAPHORES	 0xf0300u
#define CX3_REG_SEMAPHORES_END	 0xf0400u
#define CX3_REG_FLUSH		 0xf0380u
#define CX3_REG_PROGRAMMING_LOCK 0xf03a0u
#define CX3_REG_TOOLS_HCR_LOCK	 0xf03bcu
#define CX3_REG_GATEWAY_LOCK	 0xf03fcu

/* Flash gateway. [verified] */
#define CX3_REG_GATEWAY	     0xf0400u
#define CX3_REG_GATEWAY_ADDR 0xf0404u
#define CX3_REG_GATEWAY_DATA 0xf0410u
#define CX3_REG_GATEWAY_END  0xf0420u

/* Command registers of the tools, seven words; the driver has its own at 0x80680. [verified] */
#define CX3_REG_TOOLS_HCR 0x80780u
/* Mailbox in CR space, where firmware offers it. [source] */
#define CX3_REG_MAILBOX 0xe0000u

/* Answers that are no register values. [source; the first verified] */
#define CX3_VALUE_CR_LOCKED	 0xbad0cafeu
#define CX3_VALUE_WRONG_BAR_PAGE 0xbadacce5u
#define CX3_VALUE_ALL_ONES	 0xffffffffu

#define CX3_HW_ID_CX3	  0x1f5u
#define CX3_HW_ID_CX3_PRO 0x1f7u

#endif
