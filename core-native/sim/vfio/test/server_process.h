/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* cx3-card as a process of its own, and a client of it. */
#ifndef CX3_VFIO_TEST_SERVER_PROCESS_H
#define CX3_VFIO_TEST_SERVER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct server_process {
	pid_t pid;
	int output;				   /* standard output of the server */
	char socket[100], counters[128], log[128]; /* a socket has 107 characters at most */
};

/* Starts CX3_CARD_PROGRAM for the card in `folder` and waits until it listens; a failure ends the
 * test program. */
void server_start(struct server_process *server, const char *folder, const char *card_path);
/* Exit code; 128 + signal when it died of one; -1 when it does not end within 10 s (then it is
 * killed). */
int server_stop(struct server_process *server, int signal);
int server_wait(struct server_process *server);

/* Connected socket with a timeout of 10 s, or -1. */
int server_connect(const struct server_process *server);
bool send_all(int fd, const void *bytes, size_t len_bytes);
/* A whole reply of at most room bytes; its length, 0 when the server closed, -1 when late or long.
 */
long receive_reply(int fd, uint8_t *reply, size_t room);
/* Greets on a new connection and reads the PCI ids: 0 when anything goes wrong. */
uint32_t read_ids(const struct server_process *server);

#endif
