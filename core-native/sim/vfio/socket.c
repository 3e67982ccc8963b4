/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "error.h"

#define BACKLOG	       4
#define SEND_TIMEOUT_S 10
/* More than the kernel passes in one message. */
#define MAX_DESCRIPTORS 256

static int bind_private(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(0177);
	int rc = bind(fd, (const struct sockaddr *)address, sizeof(*address)) ? errno : 0;

	umask(before);
	return rc;
}

/* A server that was killed leaves its socket behind; connecting tells. */
static bool is_abandoned(const struct sockaddr_un *address)
{
	struct stat st;
	bool refused;
	int fd;

	if (lstat(address->sun_path, &st) || !S_ISSOCK(st.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	refused = connect(fd, (const struct sockaddr *)address, sizeof(*address)) &&
		  errno == ECONNREFUSED;
	close(fd);
	return refused;
}

int vfio_socket_listen(const char *path, struct vfio_socket *out, struct cx3_error *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct stat st;
	int rc;

	out->fd = -1;
	out->path = path;
	if (strlen(path) >= sizeof(address.sun_path))
		return sim_fail(err, CX3_INVALID_ARGUMENT,
				"the path of a socket has at most %zu characters",
				sizeof(address.sun_path) - 1);
	strcpy(address.sun_path, path);
	out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (out->fd < 0)
		return sim_fail_errno(err, errno, "making a socket");
	rc = bind_private(out->fd, &address);
	if (rc == EADDRINUSE && is_abandoned(&address) && !unlink(path))
		rc = bind_private(out->fd, &address);
	if (rc == EADDRINUSE) {
		rc = sim_fail_errno(err, rc,
				    "%s is there already; end the server that listens on it, or "
				    "choose another path",
				    path);
		goto fail;
	}
	if (rc) {
		rc = sim_fail_errno(err, rc, "socket %s", path);
		goto fail;
	}
	if (lstat(path, &st) || listen(out->fd, BACKLOG)) {
		rc = sim_fail_errno(err, errno, "socket %s", path);
		unlink(path);
		goto fail;
	}
	out->dev = st.st_dev;
	out->ino = st.st_ino;
	return CX3_OK;

fail:
	close(out->fd);
	out->fd = -1;
	return rc;
}

void vfio_socket_close(struct vfio_socket *socket)
{
	struct stat st;

	if (socket->fd < 0)
		return;
	if (!lstat(socket->path, &st) && st.st_dev == socket->dev && st.st_ino == socket->ino)
		unlink(socket->path);
	close(socket->fd);
	socket->fd = -1;
}

int vfio_socket_accept(const struct vfio_socket *socket)
{
	const struct timeval timeout = {.tv_sec = SEND_TIMEOUT_S};
	int fd = accept4(socket->fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
	return fd;
}

static void close_descriptors(struct msghdr *header)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
		size_t count;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
			close(fd);
		}
	}
}

ssize_t vfio_socket_receive(int fd, void *buffer, size_t len_bytes)
{
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
	} control;
	struct iovec piece = {.iov_base = buffer, .iov_len = len_bytes};
	struct msghdr header = {
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room),
	};
	ssize_t got;

	do {
		got = recvmsg(fd, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	} while (got < 0 && errno == EINTR);
	if (got >= 0)
		close_descriptors(&header);
	return got;
}

bool vfio_socket_send(int fd, const uint8_t *bytes, size_t len_bytes)
{
	while (len_bytes) {
		ssize_t sent = send(fd, bytes, len_bytes, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes += sent;
		len_bytes -= (size_t)sent;
	}
	return true;
}
