/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Smallest test kit: CASE names are sentences about behaviour; a failed CHECK ends the case with
 * place and values. */
#ifndef CX3_TEST_CHECK_H
#define CX3_TEST_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CHECK_SKIPPED 77

struct check {
	const char *name;
	unsigned cases, failed_cases;
	bool failed;
};

#define CHECK(c, condition)                                                                        \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			printf("%s:%d: %s: not true: %s\n", __FILE__, __LINE__, (c)->name,         \
			       #condition);                                                        \
			(c)->failed = true;                                                        \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define CHECK_EQ(c, actual, expected)                                                              \
	do {                                                                                       \
		int64_t check_a = (int64_t)(actual), check_e = (int64_t)(expected);                \
		if (check_a != check_e) {                                                          \
			printf("%s:%d: %s: %s is %" PRId64 " (0x%" PRIx64 "), expected %" PRId64   \
			       " (0x%" PRIx64 ")\n",                                               \
			       __FILE__, __LINE__, (c)->name, #actual, check_a, (uint64_t)check_a, \
			       check_e, (uint64_t)check_e);                                        \
			(c)->failed = true;                                                        \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define CHECK_STR(c, actual, expected)                                                             \
	do {                                                                                       \
		const char *check_a = (actual), *check_e = (expected);                             \
		if (strcmp(check_a, check_e) != 0) {                                               \
			printf("%s:%d: %s: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__,   \
			       (c)->name, #actual, check_a, check_e);                              \
			(c)->failed = true;                                                        \
			return;                                                                    \
		}                                                                                  \
	} while (0)

/* The status must be as expected; err->what is printed when it is not. */
#define CHECK_STATUS(c, call, expected, err)                                                       \
	do {                                                                                       \
		int check_s = (call);                                                              \
		if (check_s != (expected)) {                                                       \
			printf("%s:%d: %s: %s gave %s (%s), expected %s\n", __FILE__, __LINE__,    \
			       (c)->name, #call, cx3_status_name(check_s), (err)->what,            \
			       cx3_status_name(expected));                                         \
			(c)->failed = true;                                                        \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define CASE(c, function)                                                                          \
	do {                                                                                       \
		(c)->name = #function;                                                             \
		(c)->failed = false;                                                               \
		(c)->cases++;                                                                      \
		function(c);                                                                       \
		(c)->failed_cases += (c)->failed;                                                  \
		printf("%s %s\n", (c)->failed ? "FAIL" : "ok  ", #function);                       \
	} while (0)

static inline int check_report(const struct check *c)
{
	printf("%u cases, %u failed\n", c->cases, c->failed_cases);
	return c->cases == 0 || c->failed_cases != 0;
}

#endif
