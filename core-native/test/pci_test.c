/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Names, listing, opening over a fake sysfs, and each reason why a card cannot be opened. */
#include <errno.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bus/stock_lock.h"
#include "card/device.h"
#include "card/lock_file.h"
#include "check.h"
#include "fixture.h"
#include "pci/address.h"
#include "pci/sysfs.h"

#define CARD	 "0000:23:00.0"
#define CARD_DIR "sys/bus/pci/devices/" CARD

static struct fixture fixture;
static char sys_root[FIXTURE_PATH_BYTES + 8];

static void fresh_sysfs(void)
{
	fixture_sysfs(&fixture, sys_root, sizeof(sys_root));
}

static int open_card(const char *spec, bool allow_driver, struct cx3_card *card,
		     struct cx3_error *err)
{
	struct cx3_open_options options = {.sysfs_root = sys_root, .allow_driver = allow_driver};
	struct cx3_device *device = NULL;
	int status;

	memset(err, 0, sizeof(*err));
	status = cx3_device_open(spec, &options, &device, err);
	if (status == CX3_OK && card)
		*card = *cx3_device_card(device);
	cx3_device_close(device);
	return status;
}

static void names_of_devices_are_understood_as_by_the_stock_tool(struct check *c)
{
	static const struct {
		const char *text, *address;
		enum cx3_access access;
	} good[] = {
		{"23:00.0", CARD, CX3_ACCESS_BAR},
		{"0000:23:00.0", CARD, CX3_ACCESS_BAR},
		{"23:0.0", CARD, CX3_ACCESS_BAR},
		{"pci:23:00.0", CARD, CX3_ACCESS_BAR},
		{"pci:0:23:0.0", CARD, CX3_ACCESS_BAR},
		{"pciconf:23:00.0", CARD, CX3_ACCESS_CONFIG},
		{"pciconf-0000:23:00.0", CARD, CX3_ACCESS_CONFIG},
		{"/sys/bus/pci/devices/0000:23:00.0/resource0", CARD, CX3_ACCESS_BAR},
		{"/sys/bus/pci/devices/0000:23:00.0/config", CARD, CX3_ACCESS_CONFIG},
		{"/proc/bus/pci/23/00.0", CARD, CX3_ACCESS_CONFIG},
		{"/proc/bus/pci/0000:23/00.0", CARD, CX3_ACCESS_CONFIG},
		{"mlx4_0", CARD, CX3_ACCESS_BAR},
		{"ABCD:fF:1f.7", "abcd:ff:1f.7", CX3_ACCESS_BAR},
	};
	static const char *const bad[] = {
		"",
		"23",
		"23:00",
		"23:20.0",
		"23:00.8",
		"123:00.0",
		"10000:23:00.0",
		"23:00.0x",
		"pci:",
		"pciconf:",
		"sim:",
		"lid-3",
		"/dev/mem",
		"/sys/bus/pci/devices/x/config",
		"/proc/bus/pci/23",
		"000000000023:00.0",
		":23:00.0",
	};
	struct cx3_spec spec;
	struct cx3_error err;
	size_t i;

	fresh_sysfs();
	fixture_file(&fixture, "sys/class/infiniband/mlx4_0", NULL, 0);
	fixture_link(&fixture, "sys/class/infiniband/mlx4_0/device", "../../../" CARD);
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK_STATUS(c, cx3_spec_parse(good[i].text, sys_root, &spec, &err), CX3_OK, &err);
		CHECK_STR(c, spec.address, good[i].address);
		CHECK_EQ(c, spec.access, good[i].access);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_STATUS(c, cx3_spec_parse(bad[i], sys_root, &spec, &err), CX3_INVALID_ARGUMENT,
			     &err);
	CHECK_STATUS(c, cx3_spec_parse("mlx4_7", sys_root, &spec, &err), CX3_NOT_FOUND, &err);
	CHECK_STATUS(c, cx3_spec_parse("mlx4_0/../x", sys_root, &spec, &err), CX3_INVALID_ARGUMENT,
		     &err);
	CHECK_STATUS(c, cx3_spec_parse("sim:/a b", sys_root, &spec, &err), CX3_OK, &err);
	CHECK_STR(c, spec.sim_path, "/a b");
}

struct seen {
	struct cx3_card cards[8];
	unsigned count;
};

static int note_card(void *user, const struct cx3_card *card)
{
	struct seen *seen = user;

	seen->cards[seen->count++] = *card;
	return seen->count == 8;
}

static void the_list_holds_our_cards_in_order_and_nothing_else(struct check *c)
{
	struct seen seen = {.count = 0};
	struct cx3_error err;
	uint8_t config[256] = {0xb3, 0x15, 0x07, 0x10, 0x06};

	fresh_sysfs();
	fixture_pci(&fixture, "0000:81:00.0", 0x01f8, 0x1f7);
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	fixture_pci(&fixture, "0000:24:00.0", 0x1007, 0x1f7);
	memcpy(config + 0xf0, CX3_VIRTUAL_MARK, 16);
	fixture_file(&fixture, "sys/bus/pci/devices/0000:24:00.0/config", config, sizeof(config));
	fixture_text(&fixture, CARD_DIR "/subsystem_vendor", "0x1590\n");
	fixture_text(&fixture, CARD_DIR "/subsystem_device", "0x22f3\n");
	fixture_text(&fixture, CARD_DIR "/current_link_width", "4\n");
	fixture_text(&fixture, CARD_DIR "/max_link_width", "8\n");
	fixture_text(&fixture, CARD_DIR "/current_link_speed", "8.0 GT/s PCIe\n");
	fixture_link(&fixture, CARD_DIR "/driver", "../../../../bus/pci/drivers/mlx4_core");
	/* a virtual function, another function, another device */
	fixture_pci(&fixture, "0000:23:00.1", 0x1004, 0x1f5);
	fixture_pci(&fixture, "0000:25:00.0", 0x1007, 0x1f7);
	fixture_link(&fixture, "sys/bus/pci/devices/0000:25:00.0/physfn", "../" CARD);
	fixture_pci(&fixture, "0000:23:00.2", 0x1007, 0x1f7);
	fixture_pci(&fixture, "0000:26:00.0", 0x1013, 0x209);

	CHECK_STATUS(c, cx3_list_cards(sys_root, note_card, &seen, &err), CX3_OK, &err);
	CHECK_EQ(c, seen.count, 3);
	CHECK_STR(c, seen.cards[0].name, CARD);
	CHECK_STR(c, seen.cards[1].name, "0000:24:00.0");
	CHECK_STR(c, seen.cards[2].name, "0000:81:00.0");
	CHECK_EQ(c, seen.cards[0].subsystem_vendor_id, 0x1590);
	CHECK_EQ(c, seen.cards[0].subsystem_id, 0x22f3);
	CHECK_EQ(c, seen.cards[0].link_width, 4);
	CHECK_EQ(c, seen.cards[0].link_width_max, 8);
	CHECK_STR(c, seen.cards[0].link_speed, "8.0 GT/s PCIe");
	CHECK_STR(c, seen.cards[0].driver, "mlx4_core");
	CHECK_EQ(c, seen.cards[0].bar_status, CX3_DRIVER_BOUND);
	CHECK_EQ(c, seen.cards[1].bar_status, CX3_OK);
	CHECK(c, !seen.cards[0].virtual_card && seen.cards[1].virtual_card);
	CHECK(c, !seen.cards[0].recovery_mode && seen.cards[2].recovery_mode);
}

static void a_machine_without_pci_has_no_cards(struct check *c)
{
	struct seen seen = {.count = 0};
	struct cx3_error err;

	fresh_sysfs();
	CHECK_STATUS(c, cx3_list_cards(sys_root, note_card, &seen, &err), CX3_OK, &err);
	CHECK_EQ(c, seen.count, 0);
	CHECK_STATUS(c, cx3_list_cards("/nowhere/at/all", note_card, &seen, &err), CX3_IO, &err);
}

static void a_card_opens_over_its_bar_with_big_endian_registers(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err;
	struct cx3_bus bus = {0};
	char path[FIXTURE_PATH_BYTES + 64];
	uint8_t bytes[4];
	uint32_t value;

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x000301f5);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_EQ(c, cx3_device_card(device)->access, CX3_ACCESS_BAR);
	CHECK_EQ(c, cx3_device_card(device)->hw_id, 0x1f5);
	CHECK_EQ(c, cx3_device_card(device)->hw_revision, 3);
	CHECK_STATUS(c, cx3_device_write32(device, 0xf0000, 0x08000001, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0xf0000, &value, &err), CX3_OK, &err);
	CHECK_EQ(c, value, 0x08000001);
	cx3_device_close(device);
	snprintf(path, sizeof(path), "%s/%s", fixture.dir, CARD_DIR);
	CHECK_EQ(c, cx3_sysfs_read_at(path, "resource0", 0xf0000, bytes, 4), 4);
	CHECK(c, memcmp(bytes, "\x08\x00\x00\x01", 4) == 0);
	CHECK_STATUS(c, cx3_bus_open_bar(path, &bus, &err), CX3_OK, &err);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0xffffc, &value, &err), CX3_OK, &err);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0x100000, &value, &err), CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 0xfffffffc, &value, &err), CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, bus.ops->write32(bus.ctx, 0x100000, 0, &err), CX3_OUT_OF_RANGE, &err);
	CHECK_STATUS(c, bus.ops->read32(bus.ctx, 2, &value, &err), CX3_OUT_OF_RANGE, &err);
	cx3_bus_close(&bus);
	cx3_bus_close(&bus);
}

static void a_gateway_that_stays_busy_times_out_by_the_clock_of_the_host(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_flash *flash = NULL;
	struct cx3_error err;

	/* Plain memory keeps the busy bit that was written. */
	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_flash_open(device, NULL, &flash, &err), CX3_GATEWAY_TIMEOUT, &err);
	cx3_device_close(device);
}

static void each_reason_not_to_open_has_its_own_status(struct check *c)
{
	static const struct {
		uint32_t id;
		int status;
	} answers[] = {
		{0xbad0cafe, CX3_CR_SPACE_LOCKED},  {0xbadacce5, CX3_WRONG_BAR_PAGE},
		{0xffffffff, CX3_ALL_ONES},	    {0x0000ffff, CX3_UNKNOWN_HARDWARE},
		{0x00000209, CX3_UNKNOWN_HARDWARE},
	};
	uint8_t config[256] = {0xb3, 0x15, 0x03, 0x10, 0x04};
	struct cx3_error err;
	size_t i;

	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		fresh_sysfs();
		fixture_pci(&fixture, CARD, 0x1003, answers[i].id);
		CHECK_STATUS(c, open_card(CARD, false, NULL, &err), answers[i].status, &err);
		CHECK_EQ(c, err.reg, 0xf0014);
		CHECK_EQ(c, err.found, answers[i].id);
	}
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	fixture_file(&fixture, CARD_DIR "/config", config, sizeof(config));
	CHECK_STATUS(c, open_card(CARD, false, NULL, &err), CX3_MEMORY_DECODING_OFF, &err);
	CHECK(c, strstr(err.what, "/enable") != NULL);
	memset(config, 0xff, sizeof(config));
	fixture_file(&fixture, CARD_DIR "/config", config, sizeof(config));
	CHECK_STATUS(c, open_card(CARD, false, NULL, &err), CX3_ALL_ONES, &err);
	CHECK_STATUS(c, open_card("pciconf:" CARD, false, NULL, &err), CX3_ALL_ONES, &err);
	CHECK_STATUS(c, open_card("24:00.0", false, NULL, &err), CX3_NOT_FOUND, &err);
	fixture_pci(&fixture, "0000:26:00.0", 0x1013, 0x209);
	CHECK_STATUS(c, open_card("26:00.0", false, NULL, &err), CX3_NOT_SUPPORTED, &err);
	fixture_text(&fixture, CARD_DIR "/resource0", "short");
	fixture_pci(&fixture, "0000:27:00.0", 0x1003, 0x1f5);
	fixture_text(&fixture, "sys/bus/pci/devices/0000:27:00.0/resource0", "short");
	CHECK_STATUS(c, open_card("27:00.0", false, NULL, &err), CX3_IO, &err);
}

static void a_bound_driver_is_named_unless_allowed(struct check *c)
{
	struct cx3_card card;
	struct cx3_error err;

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	fixture_link(&fixture, CARD_DIR "/driver", "../../../../bus/pci/drivers/mlx4_core");
	CHECK_STATUS(c, open_card(CARD, false, NULL, &err), CX3_DRIVER_BOUND, &err);
	CHECK(c, strstr(err.what, "mlx4_core") != NULL);
	CHECK_STATUS(c, open_card(CARD, true, &card, &err), CX3_OK, &err);
	CHECK_STR(c, card.driver, "mlx4_core");
}

static void a_reset_is_refused_while_a_driver_is_bound(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root, .allow_driver = true};
	struct cx3_device *device = NULL;
	struct cx3_error err;
	uint32_t value;

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	fixture_link(&fixture, CARD_DIR "/driver", "../../../../bus/pci/drivers/mlx4_core");
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_reset(device, &err), CX3_DRIVER_BOUND, &err);
	CHECK_STATUS(c, cx3_device_read32(device, 0xf0010, &value, &err), CX3_OK, &err);
	CHECK_EQ(c, value, 0);
	cx3_device_close(device);
}

static void refusals_of_the_kernel_are_told_apart(struct check *c)
{
	char dir[FIXTURE_PATH_BYTES + 64];
	struct cx3_error err;

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	snprintf(dir, sizeof(dir), "%s/%s", fixture.dir, CARD_DIR);
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EPERM, &err), CX3_NOT_ROOT);
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EACCES, &err), CX3_NOT_ROOT);
	CHECK_EQ(c, err.sys_errno, EACCES);
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EINVAL, &err), CX3_IO);
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", ENOENT, &err), CX3_NOT_FOUND);
	fixture_link(&fixture, CARD_DIR "/driver", "../../../../bus/pci/drivers/mlx4_core");
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EINVAL, &err), CX3_DRIVER_BOUND);
	fixture_text(&fixture, "sys/kernel/security/lockdown",
		     "[none] integrity confidentiality\n");
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EPERM, &err), CX3_NOT_ROOT);
	fixture_text(&fixture, "sys/kernel/security/lockdown",
		     "none [integrity] confidentiality\n");
	CHECK_EQ(c, cx3_sysfs_refused(dir, "x", EPERM, &err), CX3_KERNEL_LOCKDOWN);
	CHECK(c, strstr(err.what, "lockdown=none") != NULL);
}

static void somebody_else_than_root_is_told_to_be_root(struct check *c)
{
	char path[FIXTURE_PATH_BYTES + 64];
	struct cx3_error err = {0};
	int wait_status;
	pid_t child;

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	snprintf(path, sizeof(path), "%s/%s/resource0", fixture.dir, CARD_DIR);
	CHECK_EQ(c, chmod(path, geteuid() == 0 ? 0600 : 0400), 0);
	CHECK_EQ(c, chmod(fixture.dir, 0755), 0);
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(3);
		_exit(open_card(CARD, false, NULL, &err) == CX3_NOT_ROOT ? 0 : 1);
	}
	waitpid(child, &wait_status, 0);
	CHECK(c, WIFEXITED(wait_status));
	CHECK_EQ(c, WEXITSTATUS(wait_status), 0);
}

static void lock_files_follow_no_links_and_trust_no_open_folder(struct check *c)
{
	char dir[FIXTURE_PATH_BYTES + 16], link[FIXTURE_PATH_BYTES + 16];
	struct cx3_stock_lock stock;
	struct cx3_error err;
	struct cx3_lock_file lock;
	struct stat st;

	fresh_sysfs();
	fixture_file(&fixture, "locks", NULL, 0);
	snprintf(dir, sizeof(dir), "%s/locks", fixture.dir);
	CHECK_EQ(c, chmod(dir, 0777), 0);
	CHECK_STATUS(c, cx3_lock_file_take(dir, "a", &lock, &err), CX3_IO, &err);
	CHECK_EQ(c, chmod(dir, 0700), 0);
	fixture_link(&fixture, "locks/a.lock", "../victim");
	CHECK_STATUS(c, cx3_lock_file_take(dir, "a", &lock, &err), CX3_IO, &err);
	fixture_link(&fixture, "link", "locks");
	snprintf(link, sizeof(link), "%s/link", fixture.dir);
	CHECK_STATUS(c, cx3_lock_file_take(link, "b", &lock, &err), CX3_IO, &err);
	/* The folder of the stock tool is open to everybody. */
	fixture_link(&fixture, "locks/" CARD "_config", "../victim");
	cx3_stock_lock_open(&stock, dir, CARD, "_config");
	CHECK_EQ(c, stock.fd, -1);
	CHECK_STATUS(c, cx3_stock_lock_take(&stock, &err), CX3_OK, &err);
	snprintf(link, sizeof(link), "%s/victim", fixture.dir);
	CHECK(c, stat(link, &st) != 0);
}

static void the_lock_of_the_stock_tool_is_waited_for_but_not_for_ever(struct check *c)
{
	struct cx3_stock_lock stranger, ours;
	struct cx3_error err;

	fresh_sysfs();
	cx3_stock_lock_open(&stranger, fixture.dir, CARD, "_mem");
	cx3_stock_lock_open(&ours, fixture.dir, CARD, "_mem");
	CHECK(c, stranger.fd >= 0 && ours.fd >= 0);
	CHECK_STATUS(c, cx3_stock_lock_take(&stranger, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_stock_lock_take(&ours, &err), CX3_BUSY, &err);
	cx3_stock_lock_release(&stranger);
	CHECK_STATUS(c, cx3_stock_lock_take(&ours, &err), CX3_OK, &err);
	cx3_stock_lock_close(&ours);
	cx3_stock_lock_close(&stranger);
}

static void nobody_can_end_a_session_with_the_lock_of_the_stock_tool(struct check *c)
{
	struct cx3_stock_lock stranger;
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	uint32_t value;
	int i;

	fresh_sysfs();
	fixture_sim(&fixture, "W25Q16BV", 1, 0);
	CHECK_STATUS(c, cx3_device_open(fixture.sim_spec, NULL, &device, &err), CX3_OK, &err);
	cx3_stock_lock_open(&stranger, fixture.dir, CARD, "_mem");
	cx3_stock_lock_open(&device->flush_lock, fixture.dir, CARD, "_mem");
	CHECK_STATUS(c, cx3_stock_lock_take(&stranger, &err), CX3_OK, &err);
	/* Waits once for a second, then no more. */
	for (i = 0; i < 1000; i++) {
		CHECK_STATUS(c, cx3_device_write32(device, 0xf0000, 0x100, &err), CX3_OK, &err);
		CHECK_STATUS(c, cx3_device_read32(device, 0xf0000, &value, &err), CX3_OK, &err);
		CHECK_EQ(c, value, 0x100);
	}
	cx3_device_close(device);
	cx3_stock_lock_close(&stranger);
}

static void vpd_comes_from_sysfs(struct check *c)
{
	struct cx3_open_options options = {.sysfs_root = sys_root};
	struct cx3_device *device = NULL;
	struct cx3_error err;
	uint8_t buffer[64];
	size_t len = sizeof(buffer);

	fresh_sysfs();
	fixture_pci(&fixture, CARD, 0x1003, 0x1f5);
	CHECK_STATUS(c, cx3_device_open(CARD, &options, &device, &err), CX3_OK, &err);
	CHECK_STATUS(c, cx3_device_vpd(device, buffer, &len, &err), CX3_NOT_SUPPORTED, &err);
	fixture_file(&fixture, CARD_DIR "/vpd", "\x82\x02\x00HPx", 6);
	CHECK_STATUS(c, cx3_device_vpd(device, buffer, &len, &err), CX3_OK, &err);
	CHECK_EQ(c, len, 6);
	CHECK(c, memcmp(buffer, "\x82\x02\x00HPx", 6) == 0);
	cx3_device_close(device);
}

int main(void)
{
	struct check c = {0};

	CASE(&c, names_of_devices_are_understood_as_by_the_stock_tool);
	CASE(&c, the_list_holds_our_cards_in_order_and_nothing_else);
	CASE(&c, a_machine_without_pci_has_no_cards);
	CASE(&c, a_card_opens_over_its_bar_with_big_endian_registers);
	CASE(&c, a_gateway_that_stays_busy_times_out_by_the_clock_of_the_host);
	CASE(&c, each_reason_not_to_open_has_its_own_status);
	CASE(&c, a_bound_driver_is_named_unless_allowed);
	CASE(&c, a_reset_is_refused_while_a_driver_is_bound);
	CASE(&c, refusals_of_the_kernel_are_told_apart);
	CASE(&c, somebody_else_than_root_is_told_to_be_root);
	CASE(&c, lock_files_follow_no_links_and_trust_no_open_folder);
	CASE(&c, the_lock_of_the_stock_tool_is_waited_for_but_not_for_ever);
	CASE(&c, nobody_can_end_a_session_with_the_lock_of_the_stock_tool);
	CASE(&c, vpd_comes_from_sysfs);
	fixture_close(&fixture);
	return check_report(&c);
}
