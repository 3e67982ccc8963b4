/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/flash.h"
#include "glue.h"
#include "org_cx3tools_nativecore_NativeFlash.h"

#include <stdlib.h>
#include <string.h>

/*
 * What crosses the boundary at once. Pieces end at multiples of this flash address, the erase unit, so that cutting a
 * write into pieces erases nothing twice.
 */
#define PIECE_BYTES CX3_FLASH_SECTOR_BYTES

/* One call of Java, cut into pieces. */
struct transfer {
	JNIEnv *env;
	jclass flash_class;
	jmethodID report; /* NULL = nobody listens */
	jobject progress;
	uint64_t base_bytes; /* done by earlier pieces */
	uint64_t piece_bytes;
	uint64_t total_bytes;
};

static int on_progress(void *user, enum cx3_flash_phase phase, uint64_t done_bytes,
		       uint64_t total_bytes)
{
	struct transfer *transfer = user;
	JNIEnv *env = transfer->env;
	jboolean go_on;

	(void)total_bytes;
	if (done_bytes > transfer->piece_bytes)
		done_bytes = transfer->piece_bytes;
	/* A pending exception stands: no further call of Java is allowed, C only has to come to its safe end. */
	if ((*env)->ExceptionCheck(env))
		return 1;
	go_on = (*env)->CallStaticBooleanMethod(env, transfer->flash_class, transfer->report,
						transfer->progress, (jint)phase,
						(jlong)(transfer->base_bytes + done_bytes),
						(jlong)transfer->total_bytes);
	return (*env)->ExceptionCheck(env) || !go_on;
}

static bool transfer_init(struct transfer *transfer, JNIEnv *env, jclass flash_class,
			  jobject progress, uint64_t total_bytes)
{
	memset(transfer, 0, sizeof(*transfer));
	transfer->env = env;
	transfer->flash_class = flash_class;
	transfer->progress = progress;
	transfer->total_bytes = total_bytes;
	if (!progress)
		return true;
	transfer->report =
		(*env)->GetStaticMethodID(env, flash_class, "report",
					  "(Lorg/cx3tools/nativecore/NativeProgress;IJJ)Z");
	return transfer->report;
}

static cx3_progress_fn transfer_listener(const struct transfer *transfer)
{
	return transfer->report ? on_progress : NULL;
}

/* The whole range is checked before its first piece is touched. */
static bool in_range(JNIEnv *env, struct cx3_flash *flash, jlong address, jlong len_bytes)
{
	const uint64_t size_bytes = cx3_flash_get_info(flash)->size_bytes;
	struct cx3_error err = {
		.status = CX3_OUT_OF_RANGE,
		.flags = CX3_ERROR_HAS_ADDRESS,
		.address = (uint64_t)address,
		.what = "the range goes beyond the end of the flash",
	};

	if (address >= 0 && len_bytes >= 0 && (uint64_t)address <= size_bytes &&
	    (uint64_t)len_bytes <= size_bytes - (uint64_t)address)
		return true;
	cx3_jni_throw(env, CX3_OUT_OF_RANGE, &err);
	return false;
}

static size_t piece_size(uint64_t address, uint64_t left_bytes)
{
	uint64_t piece_bytes = PIECE_BYTES - address % PIECE_BYTES;

	return (size_t)(piece_bytes < left_bytes ? piece_bytes : left_bytes);
}

enum direction { READ, PROGRAM, WRITE, WRITE_DEFER_VERIFY, VERIFY };

static int move_piece(struct cx3_flash *flash, enum direction direction, uint64_t address,
		      uint8_t *buffer, struct transfer *transfer, struct cx3_error *err)
{
	const size_t len_bytes = (size_t)transfer->piece_bytes;
	const cx3_progress_fn listener = transfer_listener(transfer);

	switch (direction) {
	case READ:
		return cx3_flash_read(flash, address, buffer, len_bytes, listener, transfer, err);
	case PROGRAM:
		return cx3_flash_program(flash, address, buffer, len_bytes, listener, transfer, err);
	case WRITE:
		return cx3_flash_write(flash, address, buffer, len_bytes, 0, listener, transfer, err);
	case WRITE_DEFER_VERIFY:
		return cx3_flash_write(flash, address, buffer, len_bytes, CX3_WRITE_DEFER_VERIFY,
				       listener, transfer, err);
	case VERIFY:
		return cx3_flash_verify(flash, address, buffer, len_bytes, listener, transfer, err);
	}
	return CX3_INVALID_ARGUMENT;
}

static void move(JNIEnv *env, jclass flash_class, jlong handle, enum direction direction,
		 jlong address, jbyteArray array, jint offset, jint len_bytes, jobject progress)
{
	struct cx3_flash *flash = cx3_jni_pointer(handle);
	struct cx3_error err = {0};
	struct transfer transfer;
	uint8_t *buffer;
	int result = 0;

	if (!transfer_init(&transfer, env, flash_class, progress, (uint64_t)len_bytes) ||
	    !in_range(env, flash, address, len_bytes))
		return;
	buffer = malloc(PIECE_BYTES);
	if (!buffer) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "buffer for a piece of flash");
		return;
	}
	while (!result && transfer.base_bytes < transfer.total_bytes) {
		const uint64_t at = (uint64_t)address + transfer.base_bytes;
		const jsize index = offset + (jsize)transfer.base_bytes;

		transfer.piece_bytes = piece_size(at, transfer.total_bytes - transfer.base_bytes);
		if (direction != READ)
			(*env)->GetByteArrayRegion(env, array, index, (jsize)transfer.piece_bytes,
						   (jbyte *)buffer);
		if ((*env)->ExceptionCheck(env))
			break;
		result = move_piece(flash, direction, at, buffer, &transfer, &err);
		if (!result && direction == READ)
			(*env)->SetByteArrayRegion(env, array, index, (jsize)transfer.piece_bytes,
						   (const jbyte *)buffer);
		transfer.base_bytes += transfer.piece_bytes;
		/* C may end a piece well although its last report was answered by an exception. */
		if ((*env)->ExceptionCheck(env))
			break;
	}
	free(buffer);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT jlong JNICALL Java_org_cx3tools_nativecore_NativeFlash_open0(
	JNIEnv *env, jclass flash_class, jlong device, jint banks, jboolean no_held_reads,
	jlong lock_timeout_us)
{
	const struct cx3_flash_options options = {
		.banks = (unsigned)banks,
		.no_held_reads = no_held_reads,
		.lock_timeout_us = (uint64_t)lock_timeout_us,
	};
	struct cx3_flash *flash = NULL;
	struct cx3_error err = {0};
	int result;

	(void)flash_class;
	result = cx3_flash_open(cx3_jni_pointer(device), &options, &flash, &err);
	if (result) {
		cx3_jni_throw(env, result, &err);
		return 0;
	}
	return cx3_jni_handle(flash);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_info0(JNIEnv *env,
								      jclass flash_class,
								      jlong handle,
								      jlongArray numbers,
								      jobjectArray texts)
{
	const struct cx3_flash_info *info = cx3_flash_get_info(cx3_jni_pointer(handle));
	const jlong values[] = {
		info->jedec_id,
		(jlong)info->size_bytes,
		info->banks,
		info->erase_bytes,
		info->erase_4k,
		info->erase_64k,
		info->writable,
		info->has_quad_enable,
		info->quad_enabled,
		info->has_protection,
		info->protection_top,
		info->protection_subsectors,
		info->protected_units,
		info->has_dummy_cycles,
		info->dummy_cycles,
		info->has_drive_strength,
		info->drive_strength_percent,
		info->held_reads,
		info->program_page_us,
		info->erase_4k_us,
		info->erase_64k_us,
	};

	(void)flash_class;
	if (cx3_jni_set_numbers(env, numbers, values, sizeof(values) / sizeof(values[0])))
		cx3_jni_set_text(env, texts, 0, info->type);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_read0(
	JNIEnv *env, jclass flash_class, jlong handle, jlong address, jbyteArray dst, jint offset,
	jint len_bytes, jobject progress)
{
	move(env, flash_class, handle, READ, address, dst, offset, len_bytes, progress);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_erase0(
	JNIEnv *env, jclass flash_class, jlong handle, jlong address, jlong len_bytes,
	jobject progress)
{
	struct cx3_flash *flash = cx3_jni_pointer(handle);
	struct cx3_error err = {0};
	struct transfer transfer;
	int result;

	if (!in_range(env, flash, address, len_bytes) ||
	    !transfer_init(&transfer, env, flash_class, progress, (uint64_t)len_bytes))
		return;
	/* No data crosses the boundary, so there are no pieces. */
	transfer.piece_bytes = transfer.total_bytes;
	result = cx3_flash_erase(flash, (uint64_t)address, (uint64_t)len_bytes,
				 transfer_listener(&transfer), &transfer, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_program0(
	JNIEnv *env, jclass flash_class, jlong handle, jlong address, jbyteArray src, jint offset,
	jint len_bytes, jobject progress)
{
	move(env, flash_class, handle, PROGRAM, address, src, offset, len_bytes, progress);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_write0(
	JNIEnv *env, jclass flash_class, jlong handle, jlong address, jbyteArray src, jint offset,
	jint len_bytes, jboolean defer_verify, jobject progress)
{
	move(env, flash_class, handle, defer_verify ? WRITE_DEFER_VERIFY : WRITE, address, src,
	     offset, len_bytes, progress);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeFlash_verify0(
	JNIEnv *env, jclass flash_class, jlong handle, jlong address, jbyteArray expected,
	jint offset, jint len_bytes, jobject progress)
{
	move(env, flash_class, handle, VERIFY, address, expected, offset, len_bytes, progress);
}
