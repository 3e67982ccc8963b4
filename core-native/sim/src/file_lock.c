/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * One lock for all processes that use the card: a robust mutex inside of the mapped file (some 50
 * ns, no system call).
 *
 * What a file says about a mutex cannot be trusted: it may come from another machine, another boot
 * or an enemy. So the mutex is made new whenever nobody else has the card open, which the file lock
 * (flock) tells:
 *
 *   exclusive  only while the mutex is made anew: nobody else has the card open
 *   shared     held by each open card for as long as it is open; the kernel drops it when the
 * process dies
 *
 * Turning the first into the second is not atomic, but every one that gets the exclusive lock in
 * between only makes the mutex anew while we do not use it yet. Whoever gets the shared lock at
 * once finds a mutex made by another open card, unless that one died in the few instructions
 * before: lock_epoch, written after the mutex, tells.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "card.h"

#define ATTACH_TRIES	2000
#define ATTACH_SLEEP_NS 1000000

/* A number for this boot of the host and this very file; a copied or rebooted file has another one.
 * Never 0. */
static uint64_t lock_epoch(int fd)
{
	char text[64] = "";
	struct stat st;
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
	int boot_id = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	if (boot_id >= 0) {
		if (read(boot_id, text, sizeof(text) - 1) < 0)
			text[0] = '\0';
		close(boot_id);
	}
	for (const char *c = text; *c; c++)
		hash = (hash ^ (uint8_t)*c) * 0x100000001b3u;
	if (!fstat(fd, &st))
		hash = (hash ^ (uint64_t)st.st_ino ^ (uint64_t)st.st_dev << 40) * 0x100000001b3u;
	return hash | 1;
}

static int make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;
	int rc = pthread_mutexattr_init(&attributes);

	if (rc)
		return rc;
	rc = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	if (!rc)
		rc = pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	if (!rc) {
		memset(mutex, 0, sizeof(*mutex));
		rc = pthread_mutex_init(mutex, &attributes);
	}
	pthread_mutexattr_destroy(&attributes);
	return rc;
}

/* As owner of the exclusive lock. */
static int renew(struct cx3_sim *sim, uint64_t epoch, struct cx3_error *err)
{
	struct sim_state *st = sim->state;
	int rc;

	st->lock_epoch = 0;
	atomic_thread_fence(memory_order_seq_cst);
	rc = make_mutex(&st->lock.mutex);
	if (rc)
		return sim_fail_errno(err, rc, "cannot make the lock of the virtual card");
	atomic_thread_fence(memory_order_seq_cst);
	st->lock_epoch = epoch;
	if (flock(sim->fd, LOCK_SH))
		return sim_fail_errno(err, errno, "cannot lock the file of the virtual card");
	return CX3_OK;
}

int sim_lock_attach(struct cx3_sim *sim, struct cx3_error *err)
{
	const struct timespec pause = {.tv_nsec = ATTACH_SLEEP_NS};
	uint64_t epoch = lock_epoch(sim->fd);

	for (int i = 0; i < ATTACH_TRIES; i++) {
		int rc = flock(sim->fd, LOCK_EX | LOCK_NB);

		if (!rc)
			return renew(sim, epoch, err);
		rc = flock(sim->fd, LOCK_SH | LOCK_NB);
		if (!rc && sim->state->lock_epoch == epoch)
			return CX3_OK;
		if (rc && errno != EWOULDBLOCK && errno != EINTR)
			return sim_fail_errno(err, errno,
					      "cannot lock the file of the virtual card");
		nanosleep(&pause, NULL);
	}
	return sim_fail(err, CX3_BUSY, "another process holds the file of the virtual card locked");
}

void sim_lock(struct cx3_sim *sim)
{
	struct sim_state *st = sim->state;

	if (pthread_mutex_lock(&st->lock.mutex) != EOWNERDEAD)
		return;
	/* The owner died inside of an access. The state is as sound as a card's after that, but a
	 * boot must be whole. */
	pthread_mutex_consistent(&st->lock.mutex);
	if (st->boot_pending)
		sim_power_up(sim);
}

void sim_unlock(struct cx3_sim *sim)
{
	pthread_mutex_unlock(&sim->state->lock.mutex);
}
