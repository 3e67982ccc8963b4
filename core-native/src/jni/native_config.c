/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/hcr.h"
#include "glue.h"
#include "org_cx3tools_nativecore_NativeConfig.h"

JNIEXPORT jbyteArray JNICALL Java_org_cx3tools_nativecore_NativeConfig_deviceCapabilities0(
	JNIEnv *env, jclass config_class, jlong handle)
{
	uint8_t bytes[CX3_HCR_DEV_CAP_BYTES];
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	result = cx3_hcr_query_dev_cap(cx3_jni_pointer(handle), bytes, &err);
	if (result) {
		cx3_jni_throw(env, result, &err);
		return NULL;
	}
	return cx3_jni_bytes(env, bytes, sizeof(bytes));
}

JNIEXPORT jbyteArray JNICALL Java_org_cx3tools_nativecore_NativeConfig_defaultParameters0(
	JNIEnv *env, jclass config_class, jlong handle, jint port, jint len_bytes)
{
	uint8_t bytes[CX3_HCR_MAILBOX_BYTES];
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	result = cx3_hcr_query_def_params(cx3_jni_pointer(handle), (unsigned)port, bytes,
					  (size_t)len_bytes, &err);
	if (result) {
		cx3_jni_throw(env, result, &err);
		return NULL;
	}
	return cx3_jni_bytes(env, bytes, (size_t)len_bytes);
}

JNIEXPORT jbyteArray JNICALL Java_org_cx3tools_nativecore_NativeConfig_get0(
	JNIEnv *env, jclass config_class, jlong handle, jint type, jint modifier, jint len_bytes)
{
	uint8_t bytes[CX3_NV_MAX_BYTES];
	struct cx3_error err = {0};
	bool stored = false;
	int result;

	(void)config_class;
	result = cx3_nv_get(cx3_jni_pointer(handle), (uint16_t)type, (uint8_t)modifier, bytes,
			    (size_t)len_bytes, &stored, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	return stored ? cx3_jni_bytes(env, bytes, (size_t)len_bytes) : NULL;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeConfig_set0(JNIEnv *env,
								      jclass config_class,
								      jlong handle, jint type,
								      jint modifier,
								      jbyteArray data)
{
	const jsize len_bytes = (*env)->GetArrayLength(env, data);
	uint8_t bytes[CX3_NV_MAX_BYTES];
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	if ((size_t)len_bytes > sizeof(bytes)) {
		cx3_jni_throw_status(env, CX3_INVALID_ARGUMENT, "a setting has at most 128 bytes");
		return;
	}
	(*env)->GetByteArrayRegion(env, data, 0, len_bytes, (jbyte *)bytes);
	result = cx3_nv_set(cx3_jni_pointer(handle), (uint16_t)type, (uint8_t)modifier, bytes,
			    (size_t)len_bytes, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeConfig_invalidate0(JNIEnv *env,
									     jclass config_class,
									     jlong handle,
									     jint type,
									     jint modifier)
{
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	result = cx3_nv_invalidate(cx3_jni_pointer(handle), (uint16_t)type, (uint8_t)modifier,
				   &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeConfig_invalidateAll0(
	JNIEnv *env, jclass config_class, jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	result = cx3_nv_invalidate_all(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT jboolean JNICALL Java_org_cx3tools_nativecore_NativeConfig_isLocked0(
	JNIEnv *env, jclass config_class, jlong handle)
{
	struct cx3_error err = {0};
	uint32_t value = 0;
	int result;

	(void)config_class;
	result = cx3_hcr_lock_state(cx3_jni_pointer(handle), &value, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	return value != 0;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeConfig_clearLock0(JNIEnv *env,
									    jclass config_class,
									    jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)config_class;
	result = cx3_hcr_clear_lock(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}
