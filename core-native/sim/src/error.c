/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "error.h"

int sim_fail(struct cx3_error *err, int status, const char *format, ...)
{
	va_list args;

	if (!err)
		return status;
	memset(err, 0, sizeof(*err));
	err->status = status;
	va_start(args, format);
	vsnprintf(err->what, sizeof(err->what), format, args);
	va_end(args);
	return status;
}

int sim_fail_errno(struct cx3_error *err, int errnum, const char *format, ...)
{
	va_list args;

	if (!err)
		return CX3_IO;
	memset(err, 0, sizeof(*err));
	err->status = CX3_IO;
	err->flags = CX3_ERROR_HAS_ERRNO;
	err->sys_errno = errnum;
	va_start(args, format);
	vsnprintf(err->what, sizeof(err->what), format, args);
	va_end(args);
	return CX3_IO;
}
