/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "server_process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "client.h"

#define TIMEOUT_S     10
#define POLL_NS	      5000000
#define POLLS	      (TIMEOUT_S * (1000000000 / POLL_NS))
#define MESSAGE_BYTES 512

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void run_server(const struct server_process *server, const char *card_path, int output)
{
	/* A server must not outlive a test that crashed. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(output, STDOUT_FILENO);
	execl(CX3_CARD_PROGRAM, "cx3-card", "--card", card_path, "--socket", server->socket,
	      "--counters", server->counters, "--access-log", server->log, (char *)NULL);
	_exit(127);
}

void server_start(struct server_process *server, const char *folder, const char *card_path)
{
	char line[160] = "";
	size_t filled = 0;
	int ends[2];

	snprintf(server->socket, sizeof(server->socket), "%s/socket", folder);
	snprintf(server->counters, sizeof(server->counters), "%s/counters.json", folder);
	snprintf(server->log, sizeof(server->log), "%s/access.log", folder);
	if (pipe(ends))
		die("pipe");
	server->pid = fork();
	if (server->pid < 0)
		die("fork");
	if (!server->pid) {
		close(ends[0]);
		run_server(server, card_path, ends[1]);
	}
	close(ends[1]);
	server->output = ends[0];
	while (filled < sizeof(line) - 1 && !strchr(line, '\n')) {
		ssize_t got = read(ends[0], line + filled, sizeof(line) - 1 - filled);

		if (got <= 0)
			break;
		filled += (size_t)got;
	}
	if (strncmp(line, "listening on ", 13) != 0) {
		fprintf(stderr, "cx3-card does not listen: \"%s\"\n", line);
		exit(1);
	}
}

int server_wait(struct server_process *server)
{
	const struct timespec pause = {.tv_nsec = POLL_NS};
	int status;

	for (int i = 0; i < POLLS; i++) {
		if (waitpid(server->pid, &status, WNOHANG) == server->pid) {
			close(server->output);
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		}
		nanosleep(&pause, NULL);
	}
	kill(server->pid, SIGKILL);
	waitpid(server->pid, &status, 0);
	close(server->output);
	return -1;
}

int server_stop(struct server_process *server, int signal)
{
	kill(server->pid, signal);
	return server_wait(server);
}

int server_connect(const struct server_process *server)
{
	const struct timeval timeout = {.tv_sec = TIMEOUT_S};
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", server->socket);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
	if (!connect(fd, (const struct sockaddr *)&address, sizeof(address)))
		return fd;
	close(fd);
	return -1;
}

bool send_all(int fd, const void *bytes, size_t len_bytes)
{
	const uint8_t *next = bytes;

	while (len_bytes) {
		ssize_t sent = send(fd, next, len_bytes, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		next += sent;
		len_bytes -= (size_t)sent;
	}
	return true;
}

static long receive(int fd, uint8_t *bytes, size_t len_bytes)
{
	size_t filled = 0;

	while (filled < len_bytes) {
		ssize_t got = recv(fd, bytes + filled, len_bytes - filled, 0);

		/* The server closed with our bytes still unread. */
		if (got < 0 && errno == ECONNRESET)
			return 0;
		if (got <= 0)
			return got;
		filled += (size_t)got;
	}
	return (long)filled;
}

long receive_reply(int fd, uint8_t *reply, size_t room)
{
	long got = receive(fd, reply, VFIO_HEADER_BYTES);
	uint32_t size;

	if (got <= 0)
		return got;
	size = vfio_get32(reply + VFIO_AT_SIZE);
	if (size < VFIO_HEADER_BYTES || size > room)
		return -1;
	if (size == VFIO_HEADER_BYTES)
		return VFIO_HEADER_BYTES;
	got = receive(fd, reply + VFIO_HEADER_BYTES, size - VFIO_HEADER_BYTES);
	return got <= 0 ? got : (long)size;
}

uint32_t read_ids(const struct server_process *server)
{
	static struct stream stream;
	uint8_t reply[MESSAGE_BYTES];
	uint32_t ids = 0;
	int fd = server_connect(server);

	if (fd < 0)
		return 0;
	stream.len_bytes = 0;
	put_version(&stream, 0, 0);
	put_read(&stream, VFIO_REGION_CONFIG, 0, 4);
	if (send_all(fd, stream.bytes, stream.len_bytes) &&
	    receive_reply(fd, reply, sizeof(reply)) > 0 &&
	    receive_reply(fd, reply, sizeof(reply)) == VFIO_HEADER_BYTES + 20)
		ids = vfio_get32(reply + VFIO_HEADER_BYTES + 16);
	close(fd);
	return ids;
}
