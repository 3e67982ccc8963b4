/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* From the name of a card to an open device. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus/config.h"
#include "bus/error.h"
#include "bus/sim.h"
#include "card/device.h"
#include "card/lock_file.h"
#include "pci/address.h"
#include "pci/card.h"

/* What has been got so far; given back when the opening fails. */
struct opening {
	struct cx3_spec spec;
	struct cx3_card card;
	char device_dir[CX3_PATH_BYTES];
	struct cx3_lock_file lock;
	struct cx3_bus bus;
	struct cx3_sim *sim;
};

/* Virtual cards are locked only when a folder is named: the default one is for root. */
static int open_sim(struct opening *o, const struct cx3_open_options *options,
		    struct cx3_error *err)
{
	char name[64];
	struct stat st;
	int status;

	if (stat(o->spec.sim_path, &st) != 0)
		return errno == ENOENT
			       ? cx3_fail(err, CX3_NOT_FOUND, "no file %.120s", o->spec.sim_path)
			       : cx3_fail_errno(err, CX3_IO, errno, "virtual card %.120s",
						o->spec.sim_path);
	if (options->lock_dir) {
		snprintf(name, sizeof(name), "sim-%" PRIx64 "-%" PRIx64, (uint64_t)st.st_dev,
			 (uint64_t)st.st_ino);
		status = cx3_lock_file_take(options->lock_dir, name, &o->lock, err);
		if (status != CX3_OK)
			return status;
	}
	status = cx3_bus_open_sim(o->spec.sim_path, &o->bus, err);
	if (status != CX3_OK)
		return status;
	o->sim = cx3_bus_sim(&o->bus);
	o->card.access = CX3_ACCESS_SIM;
	o->card.virtual_card = true;
	if (snprintf(o->card.name, sizeof(o->card.name), "sim:%s", o->spec.sim_path) >=
	    (int)sizeof(o->card.name))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "path of the virtual card is too long");
	return CX3_OK;
}

static int open_pci(struct opening *o, const struct cx3_open_options *options,
		    struct cx3_error *err)
{
	const char *root = options->sysfs_root ? options->sysfs_root : "/sys";
	const char *lock_dir = options->lock_dir;
	const char *stock_dir = options->sysfs_root ? NULL : CX3_STOCK_LOCK_DIR;
	int status;

	if (snprintf(o->device_dir, sizeof(o->device_dir), "%s/bus/pci/devices/%s", root,
		     o->spec.address) >= (int)sizeof(o->device_dir))
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "path of sysfs is too long");
	status = cx3_card_from_sysfs(o->device_dir, o->spec.address, &o->card, err);
	if (status != CX3_OK)
		return status;
	if (!options->sysfs_root && geteuid() != 0)
		return cx3_fail(err, CX3_NOT_ROOT, "%s: run as root", o->spec.address);
	if (o->card.driver[0] && !options->allow_driver)
		return cx3_fail(err, CX3_DRIVER_BOUND,
				"%s is in use by %s; unbind it (echo %s > "
				"/sys/bus/pci/drivers/%s/unbind) or allow access beside the driver",
				o->spec.address, o->card.driver, o->spec.address, o->card.driver);
	if (!lock_dir && !options->sysfs_root)
		lock_dir = CX3_DEFAULT_LOCK_DIR;
	if (lock_dir) {
		status = cx3_lock_file_take(lock_dir, o->spec.address, &o->lock, err);
		if (status != CX3_OK)
			return status;
	}
	/* In recovery mode the BAR is not to be relied on; the stock tool does the same. */
	if (o->spec.access == CX3_ACCESS_CONFIG || o->card.recovery_mode) {
		o->card.access = CX3_ACCESS_CONFIG;
		return cx3_bus_open_config_locked(o->device_dir, stock_dir, &o->bus, err);
	}
	o->card.access = CX3_ACCESS_BAR;
	return cx3_bus_open_bar(o->device_dir, &o->bus, err);
}

static int finish(struct opening *o, const struct cx3_open_options *options,
		  struct cx3_device **out, struct cx3_error *err)
{
	struct cx3_device *device;
	int status;

	/* Before the recorder, which writes it down for the replay. */
	if (options->no_flush)
		o->bus.needs_flush = false;
	if (options->trace_path) {
		status = cx3_bus_wrap_recorder(&o->bus, options->trace_path, &o->bus, err);
		if (status != CX3_OK)
			return status;
	}
	status = cx3_device_open_bus(&o->bus, &device, err);
	if (status != CX3_OK)
		return status;
	o->card.hw_id = device->card.hw_id;
	o->card.hw_revision = device->card.hw_revision;
	device->card = o->card;
	device->sim = o->sim;
	device->lock = o->lock;
	o->lock.fd = -1;
	memcpy(device->device_dir, o->device_dir, sizeof(device->device_dir));
	if (o->card.access == CX3_ACCESS_BAR && !options->sysfs_root)
		cx3_stock_lock_open(&device->flush_lock, CX3_STOCK_LOCK_DIR, o->spec.address,
				    "_mem");
	if (o->sim)
		status = cx3_device_read_sim_ids(device, err);
	if (status != CX3_OK) {
		cx3_device_close(device);
		return status;
	}
	device->card.recovery_mode = device->card.device_id == device->card.hw_id + 1;
	*out = device;
	return CX3_OK;
}

int cx3_device_open(const char *spec, const struct cx3_open_options *options,
		    struct cx3_device **out, struct cx3_error *err)
{
	static const struct cx3_open_options defaults = {0};
	struct opening o = {.lock = {.fd = -1}};
	int status;

	if (!spec || !out)
		return cx3_fail(err, CX3_INVALID_ARGUMENT, "open: name and result needed");
	*out = NULL;
	if (!options)
		options = &defaults;
	status = cx3_spec_parse(spec, options->sysfs_root ? options->sysfs_root : "/sys", &o.spec,
				err);
	if (status != CX3_OK)
		return status;
	status = o.spec.access == CX3_ACCESS_SIM ? open_sim(&o, options, err)
						 : open_pci(&o, options, err);
	if (status == CX3_OK)
		status = finish(&o, options, out, err);
	if (status != CX3_OK) {
		cx3_bus_close(&o.bus);
		cx3_lock_file_release(&o.lock, CX3_LEFT_AS_FOUND);
	}
	return status;
}
