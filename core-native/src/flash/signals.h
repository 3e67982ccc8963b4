/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * Holds back SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGPIPE while chip select is low, so that no page
 * is cut in half by the end of the process. They are delivered when the mask is put back.
 */
#ifndef CX3_FLASH_SIGNALS_H
#define CX3_FLASH_SIGNALS_H

#include <signal.h>

void cx3_signals_hold(sigset_t *saved);
void cx3_signals_restore(const sigset_t *saved);

#endif
