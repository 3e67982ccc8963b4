/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* cx3-card: puts a virtual card into a machine of QEMU. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "log.h"
#include "server.h"

#define EXIT_USAGE	   2
#define DEFAULT_TIME_SCALE 1u
#define MAX_TIME_SCALE	   1000u

static const char HELP[] =
	"Usage: cx3-card --card FILE --socket PATH [OPTIONS]\n"
	"\n"
	"Serves a virtual card (made by \"cx3 sim create\") over vfio-user, so that a machine of "
	"QEMU 10.1\n"
	"or later has it as a PCI device, one machine after the other. What the card is and how "
	"it\n"
	"behaves is in FILE: see \"cx3 sim --help\". Several cards: one cx3-card each.\n"
	"\n"
	"Options:\n"
	"      --card FILE         the virtual card\n"
	"      --socket PATH       socket to listen on; only its owner may connect\n"
	"      --access-log FILE   append each access to a text file (without it: no)\n"
	"      --counters FILE     save counters as JSON at SIGUSR1, after each client and at the "
	"end\n"
	"                          (without it: no)\n"
	"      --time-scale N      so many seconds of the card pass in a second, 0 to 1000; 0: "
	"only\n"
	"                          accesses take time (without it: 1)\n"
	"  -h, --help              show this help\n"
	"\n"
	"SIGTERM, SIGINT and SIGHUP end it; the card keeps its state.\n"
	"\n"
	"EXAMPLE\n"
	"  cx3-card --card card.sim --socket /run/card.socket\n"
	"  qemu-system-x86_64 -machine q35 -device pcie-root-port,id=slot \\\n"
	"    -device '{\"driver\":\"vfio-user-pci\",\"bus\":\"slot\",\"rombar\":0,\n"
	"              \"socket\":{\"type\":\"unix\",\"path\":\"/run/card.socket\"}}' ...\n"
	"\n"
	"Exit codes: 0 ended by a signal, 1 failed, 2 wrong command line.\n";

struct arguments {
	const char *card, *socket, *log, *counters;
	uint32_t time_scale;
};

static int usage(const char *text, const char *value)
{
	fprintf(stderr, "cx3-card: %s%s; see cx3-card --help\n", text, value);
	return EXIT_USAGE;
}

static int parse_scale(const char *text, uint32_t *scale)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (errno || end == text || *end || *text == '-' || value > MAX_TIME_SCALE)
		return usage("--time-scale takes a number from 0 to 1000, not ", text);
	*scale = (uint32_t)value;
	return 0;
}

/* 0, or the exit code + 1: help ends with 0. */
static int parse(int argc, char **argv, struct arguments *out)
{
	enum { CARD = 256, SOCKET, LOG, COUNTERS, SCALE };
	static const struct option OPTIONS[] = {
		{"card", required_argument, NULL, CARD},
		{"socket", required_argument, NULL, SOCKET},
		{"access-log", required_argument, NULL, LOG},
		{"counters", required_argument, NULL, COUNTERS},
		{"time-scale", required_argument, NULL, SCALE},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	int option, rc;

	while ((option = getopt_long(argc, argv, "h", OPTIONS, NULL)) != -1) {
		switch (option) {
		case CARD:
			out->card = optarg;
			break;
		case SOCKET:
			out->socket = optarg;
			break;
		case LOG:
			out->log = optarg;
			break;
		case COUNTERS:
			out->counters = optarg;
			break;
		case SCALE:
			rc = parse_scale(optarg, &out->time_scale);
			if (rc)
				return rc + 1;
			break;
		case 'h':
			fputs(HELP, stdout);
			return 1;
		default:
			return usage("wrong option", "") + 1;
		}
	}
	if (optind < argc)
		return usage("no arguments but options, so not ", argv[optind]) + 1;
	if (!out->card || !out->socket)
		return usage("--card and --socket are needed", "") + 1;
	return 0;
}

static int tell(const struct cx3_error *err)
{
	if (err->flags & CX3_ERROR_HAS_ERRNO)
		fprintf(stderr, "cx3-card: %s: %s\n", err->what, strerror(err->sys_errno));
	else
		fprintf(stderr, "cx3-card: %s\n", err->what);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct arguments arguments = {.time_scale = DEFAULT_TIME_SCALE};
	struct vfio_socket socket = {.fd = -1};
	struct vfio_server_options options;
	struct vfio_device device;
	struct vfio_log *log = NULL;
	struct cx3_sim *sim = NULL;
	struct cx3_error err = {0};
	int rc = parse(argc, argv, &arguments);

	if (rc)
		return rc - 1;
	vfio_server_block_signals();
	options.counters_path = arguments.counters;
	rc = cx3_sim_open(arguments.card, &sim, &err);
	if (!rc && arguments.log)
		rc = vfio_log_open(arguments.log, &log, &err);
	if (!rc)
		rc = vfio_socket_listen(arguments.socket, &socket, &err);
	if (!rc) {
		vfio_device_start(&device, sim, log, arguments.time_scale);
		rc = vfio_server_run(&device, &socket, &options, &err);
	}
	if (rc)
		rc = tell(&err);
	vfio_socket_close(&socket);
	if (!vfio_log_close(log)) {
		fprintf(stderr, "cx3-card: access log %s is not complete\n", arguments.log);
		rc = EXIT_FAILURE;
	}
	cx3_sim_close(sim);
	return rc;
}
