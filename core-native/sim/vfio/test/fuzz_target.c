/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * The session under any stream of bytes. Both the test with its own mutations (vfio_fuzz_test) and
 * a coverage-guided run (vfio_libfuzzer, -DCX3_FUZZ=ON with clang) come in here.
 */
#include "fuzz_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "session.h"

static struct cx3_sim *sim;
static struct vfio_session *session;

static void make_card(void)
{
	const struct cx3_sim_model model = {
		.vendor_id = 0x15b3,
		.device_id = 0x1007,
		.subsystem_vendor_id = 0x103c,
		.subsystem_id = 0x22f4,
		.hw_id = 0x1f7,
		.chip = "W25Q80BV",
		.banks = 1,
		.model_name = "fuzzed",
	};
	char folder[] = "/tmp/cx3-fuzz-XXXXXX", path[64];
	struct cx3_error err = {0};

	if (!mkdtemp(folder)) {
		perror("folder of the fuzzed card");
		exit(1);
	}
	snprintf(path, sizeof(path), "%s/card.sim", folder);
	if (cx3_sim_create(path, &model, &err) || cx3_sim_open(path, &sim, &err)) {
		fprintf(stderr, "%s\n", err.what);
		exit(1);
	}
	/* The mapping is all that is needed from here on. */
	unlink(path);
	rmdir(folder);
	session = calloc(1, sizeof(*session));
}

static bool check_reply(void *user, const uint8_t *bytes, size_t len_bytes)
{
	uint32_t flags = vfio_get32(bytes + VFIO_AT_FLAGS);
	uint32_t error = vfio_get32(bytes + VFIO_AT_ERROR);

	(void)user;
	if (len_bytes < VFIO_HEADER_BYTES || vfio_get32(bytes + VFIO_AT_SIZE) != len_bytes ||
	    flags != (VFIO_FLAG_REPLY | (error ? VFIO_FLAG_ERROR : 0)) ||
	    (error && len_bytes != VFIO_HEADER_BYTES))
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes)
{
	struct vfio_device device;
	long used;

	if (!sim)
		make_card();
	/* So that an input does the same whatever came before it. */
	cx3_sim_power_cycle(sim, NULL);
	vfio_device_start(&device, sim, NULL, 0);
	vfio_session_start(session, &device);
	session->send = check_reply;
	used = vfio_session_feed(session, bytes, len_bytes);
	if (used > (long)len_bytes || (used < 0 && !session->reason[0]))
		abort();
	return 0;
}
