/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * One client of the vfio-user protocol: a stream of bytes in, replies out. No socket here, so that
 * tests and fuzzers can feed it. The client is not trusted: it may run any machine.
 */
#ifndef CX3_VFIO_SESSION_H
#define CX3_VFIO_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device.h"
#include "wire.h"

struct vfio_session {
	struct vfio_device *device;
	bool greeted; /* the version was agreed on */
	/* Sends a whole reply; false ends the session. */
	bool (*send)(void *user, const uint8_t *bytes, size_t len_bytes);
	void *user;
	/* Why the session ended, "" when the client just went. */
	char reason[96];
	uint8_t reply[VFIO_HEADER_BYTES + 16u + VFIO_MAX_DATA_BYTES];
};

/* The caller owns the memory; send and user are set by it afterwards. */
void vfio_session_start(struct vfio_session *session, struct vfio_device *device);

/*
 * Handles the whole messages at the front of bytes and returns how many bytes they took; -1 when
 * the stream cannot be followed any further or a reply could not be sent.
 */
long vfio_session_feed(struct vfio_session *session, const uint8_t *bytes, size_t len_bytes);

#endif
