/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* The card's file: open and close. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "card.h"

/* The smallest and the largest file that can be a card. */
#define MIN_FILE_BYTES (SIM_DATA_OFFSET + SIM_MIN_BANK_BYTES)
#define MAX_FILE_BYTES (SIM_DATA_OFFSET + (uint64_t)SIM_MAX_BANKS * SIM_MAX_BANK_BYTES)

static int map_file(struct cx3_sim *sim, const char *path, uint64_t *file_bytes,
		    struct cx3_error *err)
{
	struct stat st;
	void *map;

	/* No symbolic link: cards lie in folders like /tmp, and root uses them. No waiting on a
	 * FIFO either. */
	sim->fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (sim->fd < 0 && errno == ENOENT)
		return sim_fail(err, CX3_NOT_FOUND, "no virtual card %s", path);
	if (sim->fd < 0 && errno == ELOOP)
		return sim_fail_errno(err, ELOOP,
				      "%s is a symbolic link; name the virtual card itself", path);
	if (sim->fd < 0)
		return sim_fail_errno(err, errno, "cannot open the virtual card %s", path);
	if (fstat(sim->fd, &st))
		return sim_fail_errno(err, errno, "cannot look at the virtual card %s", path);
	if (!S_ISREG(st.st_mode) || st.st_size < (off_t)MIN_FILE_BYTES ||
	    (uint64_t)st.st_size > MAX_FILE_BYTES)
		return sim_fail(err, CX3_SIM_STATE_CORRUPT,
				"%s is not a virtual card: no regular file of the right size",
				path);
	*file_bytes = (uint64_t)st.st_size;
	map = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, sim->fd, 0);
	if (map == MAP_FAILED)
		return sim_fail_errno(err, errno, "cannot map the virtual card %s", path);
	sim->map_bytes = (size_t)st.st_size;
	sim->state = map;
	sim->data = (uint8_t *)map + SIM_DATA_OFFSET;
	return CX3_OK;
}

int cx3_sim_open(const char *path, struct cx3_sim **out, struct cx3_error *err)
{
	struct cx3_sim *sim;
	uint64_t file_bytes = 0;
	int rc;

	if (!path || !out)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no path of a virtual card given");
	*out = NULL;
	sim = calloc(1, sizeof(*sim));
	if (!sim)
		return sim_fail(err, CX3_NO_MEMORY, "opening the virtual card");
	sim->fd = -1;
	rc = map_file(sim, path, &file_bytes, err);
	if (rc)
		goto fail;
	/* Nothing is written, not even a lock, to a file that is not ours. */
	rc = sim_state_check(sim, file_bytes, err);
	if (rc)
		goto fail;
	rc = sim_lock_attach(sim, err);
	if (rc)
		goto fail;
	sim_lock(sim);
	if (sim->state->boot_pending)
		sim_power_up(sim);
	sim_unlock(sim);
	*out = sim;
	return CX3_OK;
fail:
	cx3_sim_close(sim);
	return rc;
}

void cx3_sim_close(struct cx3_sim *sim)
{
	if (!sim)
		return;
	if (sim->state)
		munmap(sim->state, sim->map_bytes);
	if (sim->fd >= 0)
		close(sim->fd);
	free(sim);
}
