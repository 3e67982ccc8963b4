/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/*
 * What the natives of all classes share. Rules of the boundary: arguments are checked on the Java side as far as Java
 * can see them; arrays are copied in and out by region, so that nothing is pinned while the card is waited for; results
 * are copied back only after success; a status becomes an exception that carries all of cx3_error.
 *
 * Functions that can fail return false, or NULL, with a Java exception pending.
 */
#ifndef CX3_JNI_GLUE_H
#define CX3_JNI_GLUE_H

#include <jni.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cx3/status.h"

/* Raised here and in NativeLibrary.java with each change of a native. */
#define CX3_JNI_ABI 4

/* Throws NativeException for the result of a C call; err may lack a status. */
void cx3_jni_throw(JNIEnv *env, int result, const struct cx3_error *err);

/* Throws NativeException with a status of ours. */
void cx3_jni_throw_status(JNIEnv *env, int status, const char *what);

/* A new C string, or NULL in *out for a null array. Freed by the caller, also on failure. */
bool cx3_jni_text(JNIEnv *env, jbyteArray bytes, char **out);

/* A new array with these bytes, or NULL. */
jbyteArray cx3_jni_bytes(JNIEnv *env, const void *data, size_t len_bytes);

/* texts[index] = bytes of the string. */
bool cx3_jni_set_text(JNIEnv *env, jobjectArray texts, jsize index, const char *text);

/* Copies into an array of exactly count elements. */
bool cx3_jni_set_numbers(JNIEnv *env, jlongArray numbers, const jlong *values, jsize count);

struct cx3_card;

#define CX3_JNI_CARD_NUMBERS 13
#define CX3_JNI_CARD_TEXTS 3

/* The order of NativeCard.of. */
bool cx3_jni_card(JNIEnv *env, const struct cx3_card *card, jlongArray numbers, jobjectArray texts);

/* Handles cross the boundary as numbers. */
static inline void *cx3_jni_pointer(jlong handle)
{
	return (void *)(intptr_t)handle;
}

static inline jlong cx3_jni_handle(const void *pointer)
{
	return (jlong)(intptr_t)pointer;
}

#endif
