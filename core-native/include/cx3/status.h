/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Every result of the C core: 0 or a negative value of one list. The Java enum is checked against the
 * same list by a test, so a new status needs one line here.
 */
#ifndef CX3_STATUS_H
#define CX3_STATUS_H

#include <stdint.h>

/* X(name, number, text): the text says what happened; register, address and values are in cx3_error. */
/* clang-format off */
#define CX3_STATUS_LIST(X) \
	X(OK,                     0, "done") \
	X(INVALID_ARGUMENT,       1, "invalid argument") \
	X(OUT_OF_RANGE,           2, "address is outside of the device") \
	X(NO_MEMORY,              3, "out of memory") \
	X(IO,                     4, "system call failed") \
	X(NOT_FOUND,              5, "no such device") \
	X(NOT_SUPPORTED,          6, "not supported by this device") \
	X(NOT_ROOT,               7, "root privilege is required") \
	X(KERNEL_LOCKDOWN,        8, "kernel lockdown forbids access to the device") \
	X(DRIVER_BOUND,           9, "a kernel driver holds the BAR") \
	X(MEMORY_DECODING_OFF,   10, "memory decoding of the card is off") \
	X(ALL_ONES,              11, "the card answers all ones") \
	X(WRONG_BAR_PAGE,        12, "the BAR shows the doorbell page, not the CR space") \
	X(CR_SPACE_LOCKED,       13, "CR space is locked (secure host)") \
	X(UNKNOWN_HARDWARE,      14, "unknown hardware id") \
	X(BUSY,                  15, "another process of ours uses the card") \
	X(SEMAPHORE_TIMEOUT,     16, "a hardware semaphore was not released in time") \
	X(FLUSH_TIMEOUT,         17, "write ordering flush did not finish") \
	X(GATEWAY_TIMEOUT,       18, "flash gateway stays busy") \
	X(NO_FLASH,              19, "no flash chip answers") \
	X(UNKNOWN_FLASH,         20, "unknown flash chip") \
	X(FLASH_BUSY_TIMEOUT,    21, "flash chip stays busy") \
	X(FLASH_PROTECTED,       22, "flash chip is write protected") \
	X(WRITE_ENABLE_FAILED,   23, "flash chip did not accept write enable") \
	X(VERIFY_FAILED,         24, "flash content differs from what was written") \
	X(CANCELLED,             25, "cancelled") \
	X(CLOSED,                26, "handle is closed") \
	X(RESET_TIMEOUT,         27, "the card did not come back after reset") \
	X(TRACE_MISMATCH,        28, "register access differs from the recorded trace") \
	X(POWER_CUT,             29, "the virtual card lost power") \
	X(SIM_STATE_CORRUPT,     30, "file is not a usable virtual card") \
	X(FAULT_INJECTED,        31, "injected fault") \
	X(LIBRARY,               32, "native library cannot be loaded") \
	X(HCR_LOCKED,            33, "the command interface of the tools is locked") \
	X(HCR_BUSY,              34, "the command interface is busy with a command that does not end") \
	X(HCR_TIMEOUT,           35, "firmware did not finish a command in time") \
	X(HCR_STATUS_BUSY,       36, "firmware is too busy for the command") \
	X(FIRMWARE_UNSUPPORTED,  37, "this firmware does not know the command") \
	X(HCR_BAD_PARAMETER,     38, "firmware refused a parameter of the command") \
	X(HCR_BAD_STATE,         39, "firmware cannot do the command in its present state") \
	X(HCR_BAD_RESET_STATE,   40, "firmware cannot do the command after this reset") \
	X(HCR_FAILED,            41, "firmware failed the command") \
	X(HCR_BAD_ANSWER,        42, "the answer of firmware does not fit the question") \
	X(NV_BUSY,               43, "firmware is busy with its settings") \
	X(NV_VERSION,            44, "firmware does not know this version of the question") \
	X(NV_UNKNOWN_TLV,        45, "firmware does not know this setting") \
	X(NV_NOT_SUPPORTED,      46, "firmware offers no access to its settings") \
	X(NV_BAD_CLASS,          47, "firmware does not know this class of question") \
	X(NV_BAD_METHOD,         48, "firmware does not allow this for its settings") \
	X(NV_BAD_PARAMETER,      49, "firmware refused the setting") \
	X(NV_NO_RESOURCE,        50, "firmware has no room for the setting") \
	X(NV_MESSAGE_RECEIPT,    51, "firmware noted the question and gave no answer") \
	X(NV_BAD_CONFIG,         52, "firmware finds the settings contradictory") \
	X(NV_ERASE_COUNT,        53, "the store of settings was erased too often") \
	X(NV_CONFIG_CORRUPT,     54, "the config section of the flash is corrupt") \
	X(NV_TOO_SHORT,          55, "firmware wants more data for this setting") \
	X(NV_INTERNAL,           56, "firmware failed inside while it was at its settings") \
	X(NV_FAILED,             57, "firmware failed with its settings")
/* clang-format on */

enum cx3_status {
#define CX3_STATUS_ENUM(name, number, text) CX3_##name = -(number),
	CX3_STATUS_LIST(CX3_STATUS_ENUM)
#undef CX3_STATUS_ENUM
};

/* Which members of cx3_error carry a value. */
#define CX3_ERROR_HAS_REGISTER 0x01u
#define CX3_ERROR_HAS_ADDRESS 0x02u
#define CX3_ERROR_HAS_EXPECTED 0x04u
#define CX3_ERROR_HAS_FOUND 0x08u
#define CX3_ERROR_HAS_ERRNO 0x10u

/* Details of the first failure; the caller owns it, NULL is allowed everywhere. */
struct cx3_error {
	int status;	   /* enum cx3_status */
	uint32_t flags;	   /* CX3_ERROR_HAS_* */
	uint32_t reg;	   /* CR address in bytes */
	uint64_t address;  /* flash address in bytes */
	uint32_t expected; /* register or flash value, as it would be printed */
	uint32_t found;
	int sys_errno;
	char what[224]; /* what was being done and what to do about it, one line, UTF-8, no newline */
};

/* Name ("GATEWAY_TIMEOUT") and text of a status; never NULL. */
const char *cx3_status_name(int status);
const char *cx3_status_text(int status);

#endif
