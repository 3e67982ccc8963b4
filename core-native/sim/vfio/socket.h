/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The UNIX socket of the server: only its owner may connect. */
#ifndef CX3_VFIO_SOCKET_H
#define CX3_VFIO_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "cx3/status.h"

struct vfio_socket {
	int fd; /* -1 = not open */
	const char *path;
	dev_t dev;
	ino_t ino; /* what we made, so that only this is removed again */
};

/* A socket that nobody listens on any more is replaced; anything else at that path is refused. */
int vfio_socket_listen(const char *path, struct vfio_socket *out, struct cx3_error *err);
void vfio_socket_close(struct vfio_socket *socket);

/* A client, ready for the calls below; -1 when it went away again. */
int vfio_socket_accept(const struct vfio_socket *socket);

/* As recv; descriptors that come along are closed. */
ssize_t vfio_socket_receive(int fd, void *buffer, size_t len_bytes);

/* All of it, or false; a client that takes nothing for 10 s is given up. */
bool vfio_socket_send(int fd, const uint8_t *bytes, size_t len_bytes);

#endif
