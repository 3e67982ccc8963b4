/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "bus/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct cx3_error *err, int status, const char *format, va_list args)
{
	if (!err)
		return;
	memset(err, 0, sizeof(*err));
	err->status = status;
	vsnprintf(err->what, sizeof(err->what), format, args);
}

int cx3_fail(struct cx3_error *err, int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(err, status, format, args);
	va_end(args);
	return status;
}

int cx3_fail_errno(struct cx3_error *err, int status, int sys_errno, const char *format, ...)
{
	va_list args;
	size_t used;

	va_start(args, format);
	fill(err, status, format, args);
	va_end(args);
	if (err) {
		err->flags |= CX3_ERROR_HAS_ERRNO;
		err->sys_errno = sys_errno;
		used = strlen(err->what);
		snprintf(err->what + used, sizeof(err->what) - used, ": %s", strerror(sys_errno));
	}
	return status;
}

int cx3_error_register(struct cx3_error *err, int status, uint32_t reg, uint32_t found)
{
	if (err) {
		err->flags |= CX3_ERROR_HAS_REGISTER | CX3_ERROR_HAS_FOUND;
		err->reg = reg;
		err->found = found;
	}
	return status;
}

int cx3_error_address(struct cx3_error *err, int status, uint64_t address)
{
	if (err) {
		err->flags |= CX3_ERROR_HAS_ADDRESS;
		err->address = address;
	}
	return status;
}

int cx3_error_values(struct cx3_error *err, int status, uint32_t expected, uint32_t found)
{
	if (err) {
		err->flags |= CX3_ERROR_HAS_EXPECTED | CX3_ERROR_HAS_FOUND;
		err->expected = expected;
		err->found = found;
	}
	return status;
}
