/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PROTOCOL_MAJOR 0u
#define PROTOCOL_MINOR 1u

#define VERSION_BYTES	  4u
#define DMA_MAP_BYTES	  32u
#define DMA_UNMAP_BYTES	  24u
#define GET_INFO_BYTES	  16u
#define REGION_INFO_BYTES 32u
#define IRQ_INFO_BYTES	  16u
#define SET_IRQS_BYTES	  20u
#define ACCESS_BYTES	  16u /* offset u64, region u32, count u32, then the data */

#define DEVICE_RESETS	0x1u
#define DEVICE_PCI	0x2u
#define REGION_READABLE 0x1u
#define REGION_WRITABLE 0x2u
#define IRQ_EVENTFD	0x1u
#define IRQ_NO_RESIZE	0x8u

/* Descriptors that come along are closed and not used, so none need be sent at once. */
static const char CAPABILITIES[] =
	"{\"capabilities\":{\"max_msg_fds\":8,\"max_data_xfer_size\":1048576}}";

_Static_assert(VFIO_MAX_DATA_BYTES == 1048576, "as told in the capabilities");

struct message {
	uint16_t id, command;
	bool wants_reply;
	const uint8_t *body;
	uint32_t body_bytes;
};

/* What follows the header of the reply; the handlers write it to `body` and set the length. */
struct answer {
	uint8_t *body;
	uint32_t len_bytes;
};

void vfio_session_start(struct vfio_session *session, struct vfio_device *device)
{
	session->device = device;
	session->greeted = false;
	session->send = NULL;
	session->user = NULL;
	session->reason[0] = '\0';
	device->counters.clients++;
}

static int answer_version(struct vfio_session *session, const struct message *message,
			  struct answer *answer)
{
	uint16_t minor;

	if (session->greeted || vfio_get16(message->body) != PROTOCOL_MAJOR)
		return EINVAL;
	minor = vfio_get16(message->body + 2);
	vfio_put16(answer->body, PROTOCOL_MAJOR);
	vfio_put16(answer->body + 2, minor < PROTOCOL_MINOR ? minor : PROTOCOL_MINOR);
	memcpy(answer->body + VERSION_BYTES, CAPABILITIES, sizeof(CAPABILITIES));
	answer->len_bytes = VERSION_BYTES + sizeof(CAPABILITIES);
	session->greeted = true;
	return 0;
}

static int answer_dma_unmap(struct vfio_session *session, const struct message *message,
			    struct answer *answer)
{
	(void)session;
	memcpy(answer->body, message->body, DMA_UNMAP_BYTES);
	answer->len_bytes = DMA_UNMAP_BYTES;
	return 0;
}

static int answer_info(struct vfio_session *session, const struct message *message,
		       struct answer *answer)
{
	(void)session;
	(void)message;
	vfio_put32(answer->body, GET_INFO_BYTES);
	vfio_put32(answer->body + 4, DEVICE_RESETS | DEVICE_PCI);
	vfio_put32(answer->body + 8, VFIO_REGIONS);
	vfio_put32(answer->body + 12, VFIO_IRQS);
	answer->len_bytes = GET_INFO_BYTES;
	return 0;
}

/* No region can be mapped: each access arrives here. */
static int answer_region_info(struct vfio_session *session, const struct message *message,
			      struct answer *answer)
{
	uint64_t size_bytes;
	uint32_t region;

	region = vfio_get32(message->body + 8);
	if (region >= VFIO_REGIONS)
		return EINVAL;
	size_bytes = vfio_region_bytes(session->device, region);
	memset(answer->body, 0, REGION_INFO_BYTES);
	vfio_put32(answer->body, REGION_INFO_BYTES);
	vfio_put32(answer->body + 4, size_bytes ? REGION_READABLE | REGION_WRITABLE : 0);
	vfio_put32(answer->body + 8, region);
	vfio_put64(answer->body + 16, size_bytes);
	answer->len_bytes = REGION_INFO_BYTES;
	return 0;
}

/* INTA is there as in configuration space, and PCI errors could be told; neither is ever raised. */
static int answer_irq_info(struct vfio_session *session, const struct message *message,
			   struct answer *answer)
{
	uint32_t index;

	(void)session;
	index = vfio_get32(message->body + 8);
	if (index >= VFIO_IRQS)
		return EINVAL;
	vfio_put32(answer->body, IRQ_INFO_BYTES);
	vfio_put32(answer->body + 4, IRQ_EVENTFD | IRQ_NO_RESIZE);
	vfio_put32(answer->body + 8, index);
	vfio_put32(answer->body + 12, index == VFIO_IRQ_INTX || index == VFIO_IRQ_ERROR);
	answer->len_bytes = IRQ_INFO_BYTES;
	return 0;
}

static int answer_region_read(struct vfio_session *session, const struct message *message,
			      struct answer *answer)
{
	uint32_t count;
	int rc;

	count = vfio_get32(message->body + 12);
	if (count > VFIO_MAX_DATA_BYTES)
		return EINVAL;
	rc = vfio_region_read(session->device, vfio_get32(message->body + 8),
			      vfio_get64(message->body), answer->body + ACCESS_BYTES, count);
	if (rc)
		return rc;
	memcpy(answer->body, message->body, ACCESS_BYTES);
	answer->len_bytes = ACCESS_BYTES + count;
	return 0;
}

static int answer_region_write(struct vfio_session *session, const struct message *message,
			       struct answer *answer)
{
	uint32_t count;
	int rc;

	count = vfio_get32(message->body + 12);
	if (count > message->body_bytes - ACCESS_BYTES)
		return EINVAL;
	rc = vfio_region_write(session->device, vfio_get32(message->body + 8),
			       vfio_get64(message->body), message->body + ACCESS_BYTES, count);
	if (rc)
		return rc;
	memcpy(answer->body, message->body, ACCESS_BYTES);
	answer->len_bytes = ACCESS_BYTES;
	return 0;
}

static int answer_reset(struct vfio_session *session, const struct message *message,
			struct answer *answer)
{
	(void)message;
	(void)answer;
	vfio_device_reset(session->device);
	return 0;
}

/* The card does no DMA and raises no interrupt yet: what is told of them is taken note of by
 * nobody. */
static int answer_nothing(struct vfio_session *session, const struct message *message,
			  struct answer *answer)
{
	(void)session;
	(void)message;
	(void)answer;
	return 0;
}

/* What may be read of a message without another look at its length is in `body_bytes`. */
static const struct {
	uint16_t command;
	uint32_t body_bytes;
	int (*answer)(struct vfio_session *session, const struct message *message,
		      struct answer *answer);
} COMMANDS[] = {
	{VFIO_VERSION, VERSION_BYTES, answer_version},
	{VFIO_DMA_MAP, DMA_MAP_BYTES, answer_nothing},
	{VFIO_DMA_UNMAP, DMA_UNMAP_BYTES, answer_dma_unmap},
	{VFIO_GET_INFO, GET_INFO_BYTES, answer_info},
	{VFIO_GET_REGION_INFO, REGION_INFO_BYTES, answer_region_info},
	{VFIO_GET_IRQ_INFO, IRQ_INFO_BYTES, answer_irq_info},
	{VFIO_SET_IRQS, SET_IRQS_BYTES, answer_nothing},
	{VFIO_REGION_READ, ACCESS_BYTES, answer_region_read},
	{VFIO_REGION_WRITE, ACCESS_BYTES, answer_region_write},
	{VFIO_RESET, 0, answer_reset},
};

static int handle(struct vfio_session *session, const struct message *message,
		  struct answer *answer)
{
	if (!session->greeted && message->command != VFIO_VERSION)
		return EINVAL;
	for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(COMMANDS[0]); i++) {
		if (COMMANDS[i].command != message->command)
			continue;
		if (message->body_bytes < COMMANDS[i].body_bytes)
			return EINVAL;
		return COMMANDS[i].answer(session, message, answer);
	}
	return EOPNOTSUPP;
}

static bool reply(struct vfio_session *session, const struct message *message, uint32_t len_bytes,
		  int error)
{
	uint8_t *header = session->reply;

	vfio_put16(header + VFIO_AT_ID, message->id);
	vfio_put16(header + VFIO_AT_COMMAND, message->command);
	vfio_put32(header + VFIO_AT_SIZE, VFIO_HEADER_BYTES + len_bytes);
	vfio_put32(header + VFIO_AT_FLAGS, VFIO_FLAG_REPLY | (error ? VFIO_FLAG_ERROR : 0));
	vfio_put32(header + VFIO_AT_ERROR, (uint32_t)error);
	if (session->send(session->user, header, VFIO_HEADER_BYTES + len_bytes))
		return true;
	snprintf(session->reason, sizeof(session->reason),
		 "it did not take the reply to command %u", message->command);
	return false;
}

static bool handle_message(struct vfio_session *session, const uint8_t *bytes, uint32_t size)
{
	struct message message = {
		.id = vfio_get16(bytes + VFIO_AT_ID),
		.command = vfio_get16(bytes + VFIO_AT_COMMAND),
		.wants_reply = !(vfio_get32(bytes + VFIO_AT_FLAGS) & VFIO_FLAG_NO_REPLY),
		.body = bytes + VFIO_HEADER_BYTES,
		.body_bytes = size - VFIO_HEADER_BYTES,
	};
	struct answer answer = {.body = session->reply + VFIO_HEADER_BYTES};
	int error = handle(session, &message, &answer);

	session->device->counters.messages++;
	if (error)
		session->device->counters.rejected_messages++;
	if (!message.wants_reply)
		return true;
	return reply(session, &message, error ? 0 : answer.len_bytes, error);
}

/* A stream that lost its step cannot be picked up again. */
static bool check_header(struct vfio_session *session, const uint8_t *bytes, uint32_t size)
{
	uint32_t type = vfio_get32(bytes + VFIO_AT_FLAGS) & VFIO_FLAG_TYPE_MASK;

	if (size < VFIO_HEADER_BYTES || size > VFIO_MAX_MESSAGE_BYTES)
		snprintf(session->reason, sizeof(session->reason),
			 "a message of %u bytes; they have %u to %u", size, VFIO_HEADER_BYTES,
			 VFIO_MAX_MESSAGE_BYTES);
	else if (type)
		snprintf(session->reason, sizeof(session->reason),
			 "message type %u where a command (0) was expected", type);
	else
		return true;
	session->device->counters.rejected_messages++;
	return false;
}

long vfio_session_feed(struct vfio_session *session, const uint8_t *bytes, size_t len_bytes)
{
	size_t done = 0;

	while (len_bytes - done >= VFIO_HEADER_BYTES) {
		uint32_t size = vfio_get32(bytes + done + VFIO_AT_SIZE);

		if (!check_header(session, bytes + done, size))
			return -1;
		if (size > len_bytes - done)
			break;
		if (!handle_message(session, bytes + done, size))
			return -1;
		done += size;
	}
	return (long)done;
}
