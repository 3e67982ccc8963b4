/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* cx3-card as a process: clients that come and go, signals, sockets that are in the way. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "client.h"
#include "fixture.h"
#include "server_process.h"

#define IDS 0x01f815b3u

static void read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, text, size - 1) : 0;

	text[got > 0 ? got : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

/* Files of the server, so that the folder of the card can be removed. */
static void clean(struct server_process *server, struct card *card)
{
	unlink(server->socket);
	unlink(server->counters);
	unlink(server->log);
	card_free(card);
}

static void clients_are_served_one_after_the_other(struct check *c)
{
	struct server_process server;
	char text[2048];
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	CHECK_EQ(c, read_ids(&server), IDS);
	CHECK_EQ(c, read_ids(&server), IDS);
	CHECK_EQ(c, server_stop(&server, SIGTERM), 0);
	CHECK(c, access(server.socket, F_OK) != 0);
	read_file(server.counters, text, sizeof(text));
	CHECK(c, strstr(text, "\"clients\": 2,"));
	CHECK(c, strstr(text, "\"configReads\": 2,"));
	read_file(server.log, text, sizeof(text));
	CHECK(c, strstr(text, "# client\nCR 0 4 01f815b3\n# client gone\n"));
	clean(&server, &card);
}

static void a_second_client_is_sent_away(struct check *c)
{
	struct server_process server;
	uint8_t reply[64];
	struct card card;
	int first, second;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	first = server_connect(&server);
	CHECK(c, first >= 0);
	second = server_connect(&server);
	CHECK(c, second >= 0);
	CHECK_EQ(c, receive_reply(second, reply, sizeof(reply)), 0);
	close(second);
	close(first);
	CHECK_EQ(c, read_ids(&server), IDS);
	CHECK_EQ(c, server_stop(&server, SIGINT), 0);
	clean(&server, &card);
}

static void a_server_that_was_killed_is_replaced(struct check *c)
{
	struct server_process server;
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	CHECK_EQ(c, server_stop(&server, SIGKILL), 128 + SIGKILL);
	CHECK_EQ(c, access(server.socket, F_OK), 0);
	server_start(&server, card.folder, card.path);
	CHECK_EQ(c, read_ids(&server), IDS);
	CHECK_EQ(c, server_stop(&server, SIGHUP), 0);
	clean(&server, &card);
}

static void only_the_owner_may_connect(struct check *c)
{
	struct server_process server;
	struct card card;
	struct stat st;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	CHECK_EQ(c, stat(server.socket, &st), 0);
	CHECK_EQ(c, st.st_mode & 0777, 0600);
	CHECK_EQ(c, server_stop(&server, SIGTERM), 0);
	clean(&server, &card);
}

static int run_card(const char *arguments, const struct card *card)
{
	char command[512];
	int status;

	snprintf(command, sizeof(command), "cd %s && %s %s >/dev/null 2>message", card->folder,
		 CX3_CARD_PROGRAM, arguments);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void what_is_in_the_way_is_refused_and_kept(struct check *c)
{
	struct server_process server;
	char path[160], text[512], arguments[256];
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	snprintf(arguments, sizeof(arguments), "--card %s --socket socket", card.path);
	CHECK_EQ(c, run_card(arguments, &card), 1);
	snprintf(path, sizeof(path), "%s/message", card.folder);
	read_file(path, text, sizeof(text));
	CHECK(c, strstr(text, "socket is there already; end the server that listens on it"));
	CHECK_EQ(c, read_ids(&server), IDS);
	CHECK_EQ(c, server_stop(&server, SIGTERM), 0);

	/* A file, and a link to nowhere: neither is a socket of ours. */
	snprintf(arguments, sizeof(arguments), "--card %s --socket message", card.path);
	CHECK_EQ(c, run_card(arguments, &card), 1);
	CHECK_EQ(c, access(path, F_OK), 0);
	unlink(path);
	CHECK_EQ(c, symlink("nowhere", server.socket), 0);
	snprintf(arguments, sizeof(arguments), "--card %s --socket socket", card.path);
	CHECK_EQ(c, run_card(arguments, &card), 1);
	CHECK_EQ(c, unlink(server.socket), 0);
	unlink(server.log);
	CHECK_EQ(c, symlink("nowhere", server.log), 0);
	snprintf(arguments, sizeof(arguments), "--card %s --socket socket --access-log access.log",
		 card.path);
	CHECK_EQ(c, run_card(arguments, &card), 1);
	unlink(path);
	clean(&server, &card);
}

static void wrong_command_lines_are_told(struct check *c)
{
	static const char *const LINES[] = {
		"",
		"--card a",
		"--socket s",
		"--card a --socket s extra",
		"--card a --socket s --time-scale -1",
		"--card a --socket s --time-scale 1001",
		"--card a --socket s --time-scale 1x",
		"--card a --socket s --time-scale ''",
		"--unknown",
	};
	char path[160];
	struct card card;

	card_new(&card, "W25Q16BV", 1);
	for (unsigned i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++)
		CHECK_EQ(c, run_card(LINES[i], &card), 2);
	CHECK_EQ(c, run_card("--help", &card), 0);
	CHECK_EQ(c, run_card("--card nowhere --socket s", &card), 1);
	snprintf(path, sizeof(path), "%s/message", card.folder);
	unlink(path);
	card_free(&card);
}

static bool send_with_descriptors(int fd, const struct stream *stream, int descriptor)
{
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(16 * sizeof(int))];
	} control = {0};
	struct iovec piece = {.iov_base = (void *)stream->bytes, .iov_len = stream->len_bytes};
	struct msghdr header = {
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room),
	};
	struct cmsghdr *rights = CMSG_FIRSTHDR(&header);

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(16 * sizeof(int));
	for (unsigned i = 0; i < 16; i++)
		memcpy(CMSG_DATA(rights) + i * sizeof(int), &descriptor, sizeof(int));
	return sendmsg(fd, &header, MSG_NOSIGNAL) == (ssize_t)stream->len_bytes;
}

static unsigned count_descriptors(pid_t pid)
{
	char command[96];
	unsigned count = 0;
	FILE *pipe;

	snprintf(command, sizeof(command), "ls /proc/%d/fd | wc -l", (int)pid);
	pipe = popen(command, "r");
	if (!pipe || fscanf(pipe, "%u", &count) != 1)
		count = 0;
	if (pipe)
		pclose(pipe);
	return count;
}

static void descriptors_that_come_along_are_closed(struct check *c)
{
	static struct stream stream;
	struct server_process server;
	uint8_t reply[512], body[32] = {0};
	struct card card;
	unsigned before;
	int fd, file;

	card_new(&card, "W25Q16BV", 1);
	server_start(&server, card.folder, card.path);
	fd = server_connect(&server);
	file = open("/dev/null", O_RDONLY | O_CLOEXEC);
	stream.len_bytes = 0;
	put_version(&stream, 0, 0);
	CHECK(c, send_all(fd, stream.bytes, stream.len_bytes));
	CHECK(c, receive_reply(fd, reply, sizeof(reply)) > 0);
	before = count_descriptors(server.pid);
	CHECK(c, before > 0);
	for (unsigned i = 0; i < 100; i++) {
		stream.len_bytes = 0;
		put_message(&stream, VFIO_DMA_MAP, 0, body, sizeof(body));
		CHECK(c, send_with_descriptors(fd, &stream, file));
		CHECK_EQ(c, receive_reply(fd, reply, sizeof(reply)), VFIO_HEADER_BYTES);
	}
	CHECK_EQ(c, count_descriptors(server.pid), before);
	close(file);
	close(fd);
	CHECK_EQ(c, server_stop(&server, SIGTERM), 0);
	clean(&server, &card);
}

static void two_cards_are_two_servers(struct check *c)
{
	struct server_process one, other;
	struct card first, second;

	card_new(&first, "W25Q16BV", 1);
	card_new(&second, "W25Q16BV", 1);
	server_start(&one, first.folder, first.path);
	server_start(&other, second.folder, second.path);
	CHECK_EQ(c, read_ids(&one), IDS);
	CHECK_EQ(c, read_ids(&other), IDS);
	CHECK_EQ(c, server_stop(&one, SIGTERM), 0);
	CHECK_EQ(c, read_ids(&other), IDS);
	CHECK_EQ(c, server_stop(&other, SIGTERM), 0);
	clean(&one, &first);
	clean(&other, &second);
}

int main(void)
{
	struct check check = {0};

	CASE(&check, clients_are_served_one_after_the_other);
	CASE(&check, a_second_client_is_sent_away);
	CASE(&check, a_server_that_was_killed_is_replaced);
	CASE(&check, only_the_owner_may_connect);
	CASE(&check, what_is_in_the_way_is_refused_and_kept);
	CASE(&check, wrong_command_lines_are_told);
	CASE(&check, descriptors_that_come_along_are_closed);
	CASE(&check, two_cards_are_two_servers);
	return check_report(&check);
}
