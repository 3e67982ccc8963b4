/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Filling of struct cx3_error. Each returns the status, so that a failure is one line at its place.
 */
#ifndef CX3_BUS_ERROR_H
#define CX3_BUS_ERROR_H

#include <stdint.h>

#include "cx3/status.h"

#define CX3_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* All take err NULL. The text is cut at the size of err->what. */
int cx3_fail(struct cx3_error *err, int status, const char *format, ...) CX3_PRINTF(3, 4);
int cx3_fail_errno(struct cx3_error *err, int status, int sys_errno, const char *format, ...)
	CX3_PRINTF(4, 5);

/* Adds to what a cx3_fail has just filled; each returns err->status, or status when err is NULL. */
int cx3_error_register(struct cx3_error *err, int status, uint32_t reg, uint32_t found);
int cx3_error_address(struct cx3_error *err, int status, uint64_t address);
int cx3_error_values(struct cx3_error *err, int status, uint32_t expected, uint32_t found);

#endif
