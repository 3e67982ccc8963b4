/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The lock files of the stock tool, so that both tools can run at once: it flocks
 * /tmp/mstflint_lockfiles/<address>_config around each address/data pair in config space and
 * <address>_mem around each flush (flash-access 1.3, 1.5, 1.6). Taken only when that folder exists.
 * It is open to everybody, so no link is followed, nothing but a regular file is used and nothing
 * is ever written to it.
 */
#ifndef CX3_BUS_STOCK_LOCK_H
#define CX3_BUS_STOCK_LOCK_H

#include "cx3/status.h"

#define CX3_STOCK_LOCK_DIR "/tmp/mstflint_lockfiles"

struct cx3_stock_lock {
	int fd; /* -1 = the stock tool was never here, or the file is unsafe: no lock */
};

/* dir NULL = no lock. suffix: "_mem" or "_config". Never fails: without the file there is nobody to
 * wait for. */
void cx3_stock_lock_open(struct cx3_stock_lock *lock, const char *dir, const char *address,
			 const char *suffix);
/* Waits at most 1 s, then CX3_BUSY. */
int cx3_stock_lock_take(struct cx3_stock_lock *lock, struct cx3_error *err);
void cx3_stock_lock_release(struct cx3_stock_lock *lock);
void cx3_stock_lock_close(struct cx3_stock_lock *lock);

#endif
