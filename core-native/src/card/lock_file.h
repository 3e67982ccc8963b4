/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * One process of ours a card. The file also says who has the card and since when: for the second
 * comer while the owner lives, and for the next run when it was killed.
 */
#ifndef CX3_CARD_LOCK_FILE_H
#define CX3_CARD_LOCK_FILE_H

#include <stdint.h>

#include "cx3/status.h"

#define CX3_DEFAULT_LOCK_DIR "/run/lock/cx3tools"

struct cx3_lock_owner {
	int64_t pid;	     /* 0 = nobody */
	int64_t since_utc_s; /* seconds since 1970 */
};

struct cx3_lock_file {
	int fd; /* -1 = none */
	/* Who had the card before and did not close it: it was killed, and the semaphores that it
	 * held may still be taken. */
	struct cx3_lock_owner dead;
};

/*
 * Takes <dir>/<name>.lock without waiting, CX3_BUSY when another has it. The folder is made when it
 * is not there (mode 0700) and must belong to the caller and be writable by nobody else; links are
 * not followed.
 */
int cx3_lock_file_take(const char *dir, const char *name, struct cx3_lock_file *out,
		       struct cx3_error *err);

enum cx3_lock_left {
	CX3_LEFT_FREE,	   /* the semaphores of the card were free, or are now */
	CX3_LEFT_AS_FOUND, /* they were taken, or nobody looked: a dead owner stays on record */
	CX3_LEFT_TAKEN,	   /* by us, who could not give them back */
};
void cx3_lock_file_release(struct cx3_lock_file *lock, enum cx3_lock_left left);

/* "process 1234 (since 2026-01-02 03:04:05 UTC)" */
#define CX3_LOCK_OWNER_BYTES 64
void cx3_lock_owner_text(const struct cx3_lock_owner *owner, char text[CX3_LOCK_OWNER_BYTES]);

#endif
