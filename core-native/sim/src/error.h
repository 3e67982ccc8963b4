/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Fill err (NULL allowed) and return the status, CX3_IO with an errno. */
#ifndef CX3_SIM_ERROR_H
#define CX3_SIM_ERROR_H

#include "cx3/status.h"

int sim_fail(struct cx3_error *err, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int sim_fail_errno(struct cx3_error *err, int errnum, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
