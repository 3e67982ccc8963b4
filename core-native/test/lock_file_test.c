/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Our own lock file: one process a card, and who it was when it died. */
#include "card/lock_file.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "card/device.h"
#include "card/registers.h"
#include "check.h"
#include "fixture.h"

#define CARD "0000:23:00.0"

static struct fixture fixture;
static char sys_root[FIXTURE_PATH_BYTES + 8];

static void fresh_sysfs(void)
{
	fixture_sysfs(&fixture, sys_root, sizeof(sys_root));
}

static void two_processes_of_ours_do_not_share_a_card(struct check *c)
{
	char dir[FIXTURE_PATH_BYTES + 16];
	struct cx3_open_options options = {.sysfs_root = sys_root, .lock_dir = dir};
	struct cx3_device *first = NULL, *second = NULL;
	struct cx3_error err;
	char owner[64];

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	snprintf(dir, sizeof(dir), "%s/locks", fixture.dir);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &first, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open("pci:23:0.0", &options, &second, &err), CX3_BUSY, &err);
	snprintf(owner, sizeof(owner), "process %d (since 2", (int)getpid());
	CHECK(c, strstr(err.what, owner));
	cx3_device_close(first);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &second, &err), CX3_OK, &err);
	cx3_device_close(second);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &first, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &second, &err), CX3_BUSY, &err);
	cx3_device_close(first);
}

/* A child takes the flash and is killed, as an operator would do it to cx3. */
static pid_t die_with_the_flash(const struct cx3_open_options *options)
{
	struct cx3_device *device;
	struct cx3_flash *flash;
	pid_t child = fork();

	if (child == 0) {
		if (cx3_device_open(fixture.sim_spec, options, &device, NULL) == CX3_OK &&
		    cx3_flash_open(device, NULL, &flash, NULL) == CX3_OK)
			raise(SIGKILL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	return child;
}

static void a_killed_process_of_ours_is_named_until_its_locks_are_free(struct check *c)
{
	char dir[FIXTURE_PATH_BYTES + 16], owner[64];
	struct cx3_open_options options = {.sysfs_root = sys_root, .lock_dir = dir};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	int i;

	fresh_sysfs();
	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	snprintf(dir, sizeof(dir), "%s/locks", fixture.dir);
	snprintf(owner, sizeof(owner), "cx3 process %d (since 2",
		 (int)die_with_the_flash(&options));
	/* The next runs all know; one that never looks at the locks does not forget it for them. */
	for (i = 0; i < 2; i++) {
		CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &device, &err), CX3_OK,
			     &err);
		cx3_device_close(device);
		CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &device, &err), CX3_OK,
			     &err);
		CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_SEMAPHORE_TIMEOUT,
			     &err);
		CHECK(c, strstr(err.what, owner));
		cx3_device_close(device);
	}
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_clear_semaphores(device, &err), CX3_OK, &err);
	cx3_device_close(device);
	/* From here on a taken lock is somebody else's. */
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_cr_read32(device, CX3_REG_PROGRAMMING_LOCK, &(uint32_t){0}, &err),
		     CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_SEMAPHORE_TIMEOUT, &err);
	CHECK(c, strstr(err.what, "another tool works on the flash"));
	cx3_device_close(device);
}

static void a_lock_file_with_other_words_names_nobody(struct check *c)
{
	static const char *const WORDS[] = {"cx3 pid=0 since=1", "cx3 pid=-7 since=1",
					    "cx3 pid=99999999999999999999999 since=-1", "what"};
	struct cx3_lock_file lock;
	struct cx3_error err;
	char dir[FIXTURE_PATH_BYTES + 16];
	unsigned i;

	fresh_sysfs();
	snprintf(dir, sizeof(dir), "%s/locks", fixture.dir);
	for (i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
		fixture_file(&fixture, "locks/a.lock", WORDS[i], strlen(WORDS[i]));
		CHECK_EQ(c, chmod(dir, 0700), 0);
		CHECK_STATUS(c, cx3_lock_file_take(dir, "a", &lock, &err), CX3_OK, &err);
		CHECK_EQ(c, lock.dead.pid, 0);
		cx3_lock_file_release(&lock, CX3_LEFT_FREE);
	}
}

int main(void)
{
	struct check c = {0};

	CASE(&c, two_processes_of_ours_do_not_share_a_card);
	CASE(&c, a_killed_process_of_ours_is_named_until_its_locks_are_free);
	CASE(&c, a_lock_file_with_other_words_names_nobody);
	fixture_close(&fixture);
	return check_report(&c);
}
