/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "counters.h"
#include "error.h"
#include "log.h"
#include "session.h"

#define HUNG_UP (POLLRDHUP | POLLHUP | POLLERR)

struct server {
	struct vfio_device *device;
	const struct vfio_socket *socket;
	const struct vfio_server_options *options;
	int signals;
	int client; /* -1 = none */
	bool ended;
	struct vfio_session session;
	size_t filled;
	uint8_t input[VFIO_MAX_MESSAGE_BYTES];
};

static void fill_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGUSR1);
}

void vfio_server_block_signals(void)
{
	sigset_t set;

	fill_signals(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void save(struct server *server)
{
	struct cx3_error err;

	vfio_log_flush(server->device->log);
	if (server->options->counters_path &&
	    vfio_counters_save(server->device, server->options->counters_path, &err))
		fprintf(stderr, "cx3-card: %s: %s\n", err.what, strerror(err.sys_errno));
}

static bool send_reply(void *user, const uint8_t *bytes, size_t len_bytes)
{
	const struct server *server = user;

	return vfio_socket_send(server->client, bytes, len_bytes);
}

static void end_client(struct server *server)
{
	if (server->client < 0)
		return;
	if (server->session.reason[0])
		fprintf(stderr, "cx3-card: client ended: %s\n", server->session.reason);
	close(server->client);
	server->client = -1;
	vfio_log_event(server->device->log, "client gone");
	save(server);
}

static void accept_client(struct server *server)
{
	int fd = vfio_socket_accept(server->socket);

	if (fd < 0)
		return;
	if (server->client >= 0) {
		fprintf(stderr, "cx3-card: another client was sent away: the card is in a machine "
				"already\n");
		close(fd);
		return;
	}
	server->client = fd;
	server->filled = 0;
	vfio_session_start(&server->session, server->device);
	server->session.send = send_reply;
	server->session.user = server;
	vfio_log_event(server->device->log, "client");
}

static void serve_client(struct server *server)
{
	ssize_t got = vfio_socket_receive(server->client, server->input + server->filled,
					  sizeof(server->input) - server->filled);
	long used;

	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return;
	if (got <= 0) {
		end_client(server);
		return;
	}
	server->filled += (size_t)got;
	used = vfio_session_feed(&server->session, server->input, server->filled);
	if (used < 0) {
		end_client(server);
		return;
	}
	/* The room is that of the longest message, so a part of one always leaves some. */
	server->filled -= (size_t)used;
	memmove(server->input, server->input + used, server->filled);
}

static void take_signal(struct server *server)
{
	struct signalfd_siginfo info;

	if (read(server->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	if (info.ssi_signo == SIGUSR1)
		save(server);
	else
		server->ended = true;
}

static int loop(struct server *server, struct cx3_error *err)
{
	while (!server->ended) {
		struct pollfd fds[] = {
			{.fd = server->signals, .events = POLLIN},
			{.fd = server->socket->fd, .events = POLLIN},
			{.fd = server->client, .events = POLLIN | POLLRDHUP},
		};

		if (poll(fds, 3, -1) < 0) {
			if (errno == EINTR)
				continue;
			return sim_fail_errno(err, errno, "waiting for clients");
		}
		if (fds[0].revents)
			take_signal(server);
		if (fds[2].revents)
			serve_client(server);
		/* A new client waits while one that hung up has words left to be read. It is looked
		 * at first, so an old one that went before it came is seen to be gone. */
		if (fds[1].revents && !(server->client >= 0 && fds[2].revents & HUNG_UP))
			accept_client(server);
	}
	return CX3_OK;
}

int vfio_server_run(struct vfio_device *device, const struct vfio_socket *socket,
		    const struct vfio_server_options *options, struct cx3_error *err)
{
	struct server *server = calloc(1, sizeof(*server));
	sigset_t set;
	int rc;

	if (!server)
		return sim_fail(err, CX3_NO_MEMORY, "server");
	server->device = device;
	server->socket = socket;
	server->options = options;
	server->client = -1;
	fill_signals(&set);
	server->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (server->signals < 0) {
		rc = sim_fail_errno(err, errno, "signals");
		goto out;
	}
	printf("listening on %s\n", socket->path);
	fflush(stdout);
	rc = loop(server, err);
	if (server->client >= 0)
		end_client(server);
	else
		save(server);
	close(server->signals);
out:
	free(server);
	return rc;
}
