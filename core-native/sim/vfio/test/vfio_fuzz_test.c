/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * A malformed client cannot crash the server. CX3_FUZZ_SECONDS (2) is the time of each case,
 * CX3_SEED repeats a run.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "fuzz_target.h"
#include "mutation.h"
#include "random.h"
#include "server_process.h"

#define ALIVE_EVERY 50u

static uint64_t seed;
static time_t seconds;

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

static time_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void any_stream_is_survived_by_the_session(struct check *c)
{
	static struct stream stream;
	time_t end = now() + seconds;
	uint64_t state = seed, count = 0;

	do {
		make_stream(&stream, &state);
		LLVMFuzzerTestOneInput(stream.bytes, stream.len_bytes);
		count++;
	} while (now() < end);
	printf("    %llu streams\n", (unsigned long long)count);
	CHECK(c, count > 100);
}

/* In pieces, with the replies read or not, ended in the middle or at the end. */
static void torment(const struct server_process *server, const struct stream *stream,
		    uint64_t *state)
{
	uint8_t replies[512];
	size_t done = 0;
	int fd = server_connect(server);

	if (fd < 0)
		return;
	while (done < stream->len_bytes) {
		size_t piece = 1 + sim_random(state) % (sim_random(state) % 2 ? 7 : 4096);

		if (piece > stream->len_bytes - done)
			piece = stream->len_bytes - done;
		if (!send_all(fd, stream->bytes + done, piece))
			break;
		done += piece;
		if (sim_random(state) % 4 == 0)
			(void)!recv(fd, replies, sizeof(replies), MSG_DONTWAIT);
	}
	if (sim_random(state) % 2)
		shutdown(fd, SHUT_WR);
	close(fd);
}

static void any_client_is_survived_by_the_server(struct check *c)
{
	static struct stream stream;
	struct server_process server;
	time_t end = now() + seconds;
	uint64_t state = seed, count = 0;
	struct card card;

	card_new(&card, "W25Q80BV", 1);
	server_start(&server, card.folder, card.path);
	do {
		make_stream(&stream, &state);
		torment(&server, &stream, &state);
		count++;
		if (count % ALIVE_EVERY == 0) {
			/* A reset among the streams may keep the card away for a moment. */
			cx3_sim_sleep_us(card.sim, 1000000);
			CHECK_EQ(c, read_ids(&server), 0x01f815b3);
		}
	} while (now() < end);
	printf("    %llu clients\n", (unsigned long long)count);
	CHECK(c, count >= ALIVE_EVERY);
	CHECK_EQ(c, server_stop(&server, SIGTERM), 0);
	unlink(server.counters);
	unlink(server.log);
	card_free(&card);
}

int main(void)
{
	struct check check = {0};

	seed = number_of("CX3_SEED", (uint64_t)time(NULL) << 16 ^ (uint64_t)getpid());
	seconds = (time_t)number_of("CX3_FUZZ_SECONDS", 2);
	printf("    CX3_SEED=%llu\n", (unsigned long long)seed);
	CASE(&check, any_stream_is_survived_by_the_session);
	CASE(&check, any_client_is_survived_by_the_server);
	return check_report(&check);
}
