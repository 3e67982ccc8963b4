/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#define _GNU_SOURCE
#include "glue.h"

#include <stdlib.h>
#include <string.h>

#include "cx3/device.h"
#include "cx3plain.h"

int cx3_jni_abi(void)
{
	return CX3_JNI_ABI;
}

jbyteArray cx3_jni_bytes(JNIEnv *env, const void *data, size_t len_bytes)
{
	jbyteArray array;

	array = (*env)->NewByteArray(env, (jsize)len_bytes);
	if (array)
		(*env)->SetByteArrayRegion(env, array, 0, (jsize)len_bytes, data);
	return array;
}

void cx3_jni_throw(JNIEnv *env, int result, const struct cx3_error *err)
{
	int status = err->status ? err->status : result;
	char errno_text[128] = "";
	jclass exception_class;
	jmethodID constructor;
	jbyteArray what, errno_bytes;
	jobject exception;

	/* A listener that threw is the cause; CANCELLED is only how it came out of C. */
	if ((*env)->ExceptionCheck(env))
		return;

	if (err->flags & CX3_ERROR_HAS_ERRNO) {
		const char *text = strerror_r(err->sys_errno, errno_text, sizeof(errno_text));

		if (text != errno_text)
			strncpy(errno_text, text, sizeof(errno_text) - 1);
	}
	exception_class = (*env)->FindClass(env, "org/cx3tools/nativecore/NativeException");
	if (!exception_class)
		return;
	constructor = (*env)->GetMethodID(env, exception_class, "<init>", "(IIIJIII[B[B)V");
	if (!constructor)
		return;
	what = cx3_jni_bytes(env, err->what, strnlen(err->what, sizeof(err->what)));
	if (!what)
		return;
	errno_bytes = cx3_jni_bytes(env, errno_text, strlen(errno_text));
	if (!errno_bytes)
		return;
	exception = (*env)->NewObject(env, exception_class, constructor, (jint)status,
				      (jint)err->flags, (jint)err->reg, (jlong)err->address,
				      (jint)err->expected, (jint)err->found, (jint)err->sys_errno,
				      what, errno_bytes);
	if (exception)
		(*env)->Throw(env, exception);
}

void cx3_jni_throw_status(JNIEnv *env, int status, const char *what)
{
	struct cx3_error err = {.status = status};

	strncpy(err.what, what, sizeof(err.what) - 1);
	cx3_jni_throw(env, status, &err);
}

bool cx3_jni_text(JNIEnv *env, jbyteArray bytes, char **out)
{
	jsize len;
	char *text;

	*out = NULL;
	if (!bytes)
		return true;
	len = (*env)->GetArrayLength(env, bytes);
	text = malloc((size_t)len + 1);
	if (!text) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "copy of a text");
		return false;
	}
	(*env)->GetByteArrayRegion(env, bytes, 0, len, (jbyte *)text);
	text[len] = '\0';
	*out = text;
	return true;
}

bool cx3_jni_set_text(JNIEnv *env, jobjectArray texts, jsize index, const char *text)
{
	jbyteArray bytes = cx3_jni_bytes(env, text, strlen(text));

	if (!bytes)
		return false;
	(*env)->SetObjectArrayElement(env, texts, index, bytes);
	(*env)->DeleteLocalRef(env, bytes);
	return !(*env)->ExceptionCheck(env);
}

bool cx3_jni_set_numbers(JNIEnv *env, jlongArray numbers, const jlong *values, jsize count)
{
	if ((*env)->GetArrayLength(env, numbers) != count) {
		cx3_jni_throw_status(env, CX3_INVALID_ARGUMENT,
				     "the two sides of the boundary disagree about a structure");
		return false;
	}
	(*env)->SetLongArrayRegion(env, numbers, 0, count, values);
	return true;
}

bool cx3_jni_card(JNIEnv *env, const struct cx3_card *card, jlongArray numbers, jobjectArray texts)
{
	const jlong values[CX3_JNI_CARD_NUMBERS] = {
		card->vendor_id,   card->device_id,    card->subsystem_vendor_id,
		card->subsystem_id, card->pci_revision, card->hw_id,
		card->hw_revision, card->recovery_mode, card->virtual_card,
		card->access,	   card->bar_status,   card->link_width,
		card->link_width_max,
	};

	return cx3_jni_set_numbers(env, numbers, values, CX3_JNI_CARD_NUMBERS) &&
	       cx3_jni_set_text(env, texts, 0, card->name) &&
	       cx3_jni_set_text(env, texts, 1, card->driver) &&
	       cx3_jni_set_text(env, texts, 2, card->link_speed);
}
