/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#ifndef CX3_CARD_LOCK_FILE_H
#define CX3_CARD_LOCK_FILE_H

#include "cx3/status.h"

#define CX3_DEFAULT_LOCK_DIR "/run/lock/cx3tools"

/*
 * One process of ours a card: takes <dir>/<name>.lock without waiting, CX3_BUSY when another has
 * it. The folder is made when it is not there (mode 0700) and must belong to the caller and be
 * writable by nobody else; links are not followed.
 */
int cx3_lock_file_take(const char *dir, const char *name, int *fd_out, struct cx3_error *err);

#endif
