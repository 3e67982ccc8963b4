/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* A new card: written whole under another name, synced, and given its name only if that is still
 * free. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "card.h"
#include "profile.h"

#define FILL_BYTES 0x10000u

/* Assumptions about a real card's bus, see README.md. */
#define DEFAULT_READ_NS	    1000
#define DEFAULT_WRITE_NS    100
#define DEFAULT_SPI_BYTE_NS 320
#define DEFAULT_RESET_MS    300
#define DEFAULT_LINK_WIDTH  8u

static int check_model(const struct cx3_sim_model *model, const struct sim_chip **chip,
		       struct cx3_error *err)
{
	char sizes[128];

	if (!memchr(model->chip, 0, sizeof(model->chip)) ||
	    !memchr(model->model_name, 0, sizeof(model->model_name)))
		return sim_fail(err, CX3_INVALID_ARGUMENT, "chip or model name is too long");
	*chip = sim_chip_find(model->chip);
	if (!*chip)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "the simulator has no chip %s",
				model->chip);
	if (model->bank_size_bytes) {
		sim_chip_list_sizes(*chip, sizes, sizeof(sizes));
		*chip = sim_chip_sibling(*chip, model->bank_size_bytes);
		if (!*chip)
			return sim_fail(err, CX3_INVALID_ARGUMENT,
					"the family of %s has chips of %s bytes, not 0x%x",
					model->chip, sizes, model->bank_size_bytes);
	}
	if (model->banks < 1 || model->banks > SIM_MAX_BANKS)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "a card has 1 or 2 banks, not %u",
				model->banks);
	if (model->hw_id == 0 || model->hw_id == 0xffff)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no card has the hardware id 0x%x",
				model->hw_id);
	if (model->port_type[0] > 2 || model->port_type[1] > 2)
		return sim_fail(err, CX3_INVALID_ARGUMENT,
				"a port is of type 1 (InfiniBand) or 2 (Ethernet)");
	if (model->vpd_len_bytes > SIM_VPD_BYTES || (model->vpd_len_bytes && !model->vpd))
		return sim_fail(err, CX3_INVALID_ARGUMENT, "VPD has 0 to %u bytes, not %zu",
				SIM_VPD_BYTES, model->vpd_len_bytes);
	return CX3_OK;
}

static void fill_state(struct sim_state *st, const struct cx3_sim_model *model,
		       const struct sim_chip *chip)
{
	memcpy(st->magic, SIM_MAGIC, sizeof(st->magic));
	st->byte_order = SIM_BYTE_ORDER;
	st->version = SIM_VERSION;
	st->state_bytes = sizeof(*st);
	st->banks = model->banks;
	st->bank_bytes = 1u << chip->size_log2;
	st->vendor_id = model->vendor_id;
	st->device_id = model->device_id;
	st->subsystem_vendor_id = model->subsystem_vendor_id;
	st->subsystem_id = model->subsystem_id;
	st->hw_id = model->hw_id;
	st->hw_revision = model->hw_revision;
	st->port_type[0] = model->port_type[0];
	st->port_type[1] = model->port_type[1];
	snprintf(st->chip, sizeof(st->chip), "%s", chip->name);
	memcpy(st->model_name, model->model_name, sizeof(st->model_name));
	if (model->vpd_len_bytes)
		memcpy(st->vpd, model->vpd, model->vpd_len_bytes);
	st->vpd_bytes = (uint32_t)model->vpd_len_bytes;
	st->boot_policy = CX3_SIM_BOOT_LOWEST;
	st->read_ns = DEFAULT_READ_NS;
	st->write_ns = DEFAULT_WRITE_NS;
	st->spi_byte_ns = DEFAULT_SPI_BYTE_NS;
	st->reset_ms = DEFAULT_RESET_MS;
	st->bar2_log2_mib = sim_profile_of(st)->bar2_log2_mib;
	st->link_width = DEFAULT_LINK_WIDTH;
	st->held_read_streams = 1;
	st->reset_raises_cs = 1;
	st->cr_mailbox = 1;
	for (unsigned bank = 0; bank < SIM_MAX_BANKS; bank++)
		st->nor[bank].nv_config = 0xffff; /* factory value */
	st->boot_pending = 1;			  /* the first open switches the card on */
}

static int write_all(int fd, const void *data, size_t len_bytes)
{
	const uint8_t *next = data;

	while (len_bytes) {
		ssize_t written = write(fd, next, len_bytes);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return written ? errno : EIO;
		next += written;
		len_bytes -= (size_t)written;
	}
	return 0;
}

static int write_card(int fd, const struct sim_state *st)
{
	uint64_t left = (uint64_t)st->banks * st->bank_bytes;
	uint8_t *block = calloc(1, FILL_BYTES);
	int rc;

	if (!block)
		return ENOMEM;
	memcpy(block, st, sizeof(*st));
	rc = write_all(fd, block, SIM_DATA_OFFSET);
	memset(block, 0xff, FILL_BYTES);
	for (; !rc && left; left -= FILL_BYTES)
		rc = write_all(fd, block, FILL_BYTES);
	free(block);
	if (!rc && fsync(fd))
		rc = errno;
	return rc;
}

_Static_assert(FILL_BYTES >= SIM_DATA_OFFSET, "the state goes out in one block");

static void sync_folder(const char *path)
{
	char *folder = strdup(path);
	char *slash = folder ? strrchr(folder, '/') : NULL;
	int fd;

	if (slash)
		slash[slash == folder] = '\0';
	fd = folder ? open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	free(folder);
	if (fd < 0)
		return; /* the card is there, only its survival of a host's power cut is less sure
			 */
	(void)fsync(fd);
	close(fd);
}

/* Gives the file its name unless something has it. */
static int publish(const char *temporary, const char *path)
{
	if (!renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	/* File systems that cannot do that know hard links. */
	if (link(temporary, path))
		return errno;
	unlink(temporary);
	return 0;
}

static int create_file(const char *path, const struct sim_state *st, struct cx3_error *err)
{
	char *temporary = NULL;
	int fd = -1;
	int rc;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return sim_fail(err, CX3_NO_MEMORY, "making a virtual card");
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		rc = sim_fail_errno(err, errno, "cannot make a virtual card in the folder of %s",
				    path);
		goto out;
	}
	rc = write_card(fd, st);
	if (!rc)
		rc = publish(temporary, path);
	if (rc == EEXIST)
		rc = sim_fail_errno(err, EEXIST, "%s exists already; choose another name", path);
	else if (rc)
		rc = sim_fail_errno(err, rc, "cannot write the virtual card %s", path);
	if (rc)
		unlink(temporary);
	else
		sync_folder(path);
	close(fd);
out:
	free(temporary);
	return rc;
}

int cx3_sim_create(const char *path, const struct cx3_sim_model *model, struct cx3_error *err)
{
	const struct sim_chip *chip = NULL;
	struct sim_state *st;
	int rc;

	if (!path || !model)
		return sim_fail(err, CX3_INVALID_ARGUMENT, "no path or no model given");
	rc = check_model(model, &chip, err);
	if (rc)
		return rc;
	st = calloc(1, sizeof(*st));
	if (!st)
		return sim_fail(err, CX3_NO_MEMORY, "making a virtual card");
	fill_state(st, model, chip);
	rc = create_file(path, st, err);
	free(st);
	return rc;
}
