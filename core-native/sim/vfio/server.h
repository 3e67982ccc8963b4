/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Serves one card on one socket, one client after the other, until SIGTERM, SIGINT or SIGHUP. */
#ifndef CX3_VFIO_SERVER_H
#define CX3_VFIO_SERVER_H

#include "device.h"
#include "socket.h"

struct vfio_server_options {
	const char
		*counters_path; /* saved at SIGUSR1, after each client and at the end; NULL = no */
};

/*
 * Messages for people go to standard error, and "listening on PATH" to standard output once clients
 * can come. Signals must be blocked by vfio_server_block_signals before any thread is made.
 */
void vfio_server_block_signals(void);
int vfio_server_run(struct vfio_device *device, const struct vfio_socket *socket,
		    const struct vfio_server_options *options, struct cx3_error *err);

#endif
