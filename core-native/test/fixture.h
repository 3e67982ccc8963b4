/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Temporary folders, a fake sysfs and virtual cards for tests. Everything goes below one folder,
 * removed at the end. */
#ifndef CX3_TEST_FIXTURE_H
#define CX3_TEST_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "cx3/device.h"
#include "cx3/flash.h"
#include "cx3/sim.h"

#define FIXTURE_PATH_BYTES 512

struct fixture {
	char dir[FIXTURE_PATH_BYTES];
	char sim_path[FIXTURE_PATH_BYTES];
	char sim_spec[FIXTURE_PATH_BYTES + 4];
};

/* Ends the program when there is no temporary folder. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);

/* A fresh folder in the place of the old one, with an empty <dir>/sys, whose path is the result. */
void fixture_sysfs(struct fixture *fixture, char *sys_root, size_t size);

/* Makes <dir>/<name> with its folders; data NULL = a folder. Ends the program on failure. */
void fixture_file(const struct fixture *fixture, const char *name, const void *data,
		  size_t len_bytes);
void fixture_text(const struct fixture *fixture, const char *name, const char *text);
void fixture_link(const struct fixture *fixture, const char *name, const char *target);

/* A PCI function below <dir>/sys with a config header (memory decoding on) and a BAR of 1 MiB that
 * holds hw_id at 0xf0014. */
void fixture_pci(const struct fixture *fixture, const char *address, uint16_t device_id,
		 uint32_t id_register);

/* Pseudo-random bytes by seed. */
void fixture_pattern(uint8_t *data, size_t len_bytes, uint32_t seed);

/* A virtual card with that chip at sim_path, its flash filled with a pattern by seed (0 = blank).
 */
void fixture_sim(struct fixture *fixture, const char *chip, unsigned banks, uint32_t seed);
/* A virtual card of that model, with two ports, whose firmware runs and has a config area of 64 KiB
 * in each half. */
void fixture_firmware(struct fixture *fixture, const char *model_name);
/* Opens the card beside the program under test, does one thing, closes it. */
void fixture_set_fault(const struct fixture *fixture, enum cx3_sim_fault_kind kind, uint64_t at,
		       uint64_t count, uint32_t value);
void fixture_power_cycle(const struct fixture *fixture);
/* Whether firmware offers its mailbox in CR space. */
void fixture_set_cr_mailbox(const struct fixture *fixture, bool on);
void fixture_peek(const struct fixture *fixture, uint64_t address, void *buffer, size_t len_bytes);
void fixture_poke(const struct fixture *fixture, uint64_t address, const void *data,
		  size_t len_bytes);
void fixture_info(const struct fixture *fixture, struct cx3_sim_info *info);
/* True when no semaphore is held but for the one of the ordering flush, which may stay. */
bool fixture_locks_are_free(const struct fixture *fixture);

#endif
