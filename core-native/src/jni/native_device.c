/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/device.h"
#include "glue.h"
#include "org_cx3tools_nativecore_NativeDevice.h"

#include <stdlib.h>

/* Largest VPD that PCI can address. */
#define VPD_MAX_BYTES 0x8000u

JNIEXPORT jlong JNICALL Java_org_cx3tools_nativecore_NativeDevice_open0(
	JNIEnv *env, jclass device_class, jbyteArray spec, jbyteArray sysfs_root, jbyteArray lock_dir,
	jbyteArray trace_path, jboolean no_flush, jboolean allow_driver)
{
	struct cx3_device *device = NULL;
	struct cx3_error err = {0};
	char *spec_text = NULL, *root = NULL, *locks = NULL, *trace = NULL;
	int result;

	(void)device_class;
	if (cx3_jni_text(env, spec, &spec_text) && cx3_jni_text(env, sysfs_root, &root) &&
	    cx3_jni_text(env, lock_dir, &locks) && cx3_jni_text(env, trace_path, &trace)) {
		const struct cx3_open_options options = {
			.sysfs_root = root,
			.lock_dir = locks,
			.trace_path = trace,
			.no_flush = no_flush,
			.allow_driver = allow_driver,
		};

		result = cx3_device_open(spec_text, &options, &device, &err);
		if (result) {
			device = NULL;
			cx3_jni_throw(env, result, &err);
		}
	}
	free(spec_text);
	free(root);
	free(locks);
	free(trace);
	return cx3_jni_handle(device);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_card0(JNIEnv *env,
								       jclass device_class,
								       jlong handle,
								       jlongArray numbers,
								       jobjectArray texts)
{
	(void)device_class;
	cx3_jni_card(env, cx3_device_card(cx3_jni_pointer(handle)), numbers, texts);
}

JNIEXPORT jint JNICALL Java_org_cx3tools_nativecore_NativeDevice_readRegister0(JNIEnv *env,
									       jclass device_class,
									       jlong handle,
									       jint cr_address)
{
	struct cx3_error err = {0};
	uint32_t value = 0;
	int result;

	(void)device_class;
	result = cx3_device_read32(cx3_jni_pointer(handle), (uint32_t)cr_address, &value, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	return (jint)value;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_writeRegister0(
	JNIEnv *env, jclass device_class, jlong handle, jint cr_address, jint value)
{
	struct cx3_error err = {0};
	int result;

	(void)device_class;
	result = cx3_device_write32(cx3_jni_pointer(handle), (uint32_t)cr_address, (uint32_t)value,
				    &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_runningVersion0(
	JNIEnv *env, jclass device_class, jlong handle, jlongArray numbers)
{
	struct cx3_running_version version = {0};
	struct cx3_error err = {0};
	int result;

	(void)device_class;
	result = cx3_device_running_version(cx3_jni_pointer(handle), &version, &err);
	if (result) {
		cx3_jni_throw(env, result, &err);
	} else {
		const jlong values[] = {
			version.major, version.minor, version.subminor,
			version.year,  version.month, version.day,
			version.hour,  version.minute, version.second,
		};

		cx3_jni_set_numbers(env, numbers, values, sizeof(values) / sizeof(values[0]));
	}
}

JNIEXPORT jbyteArray JNICALL Java_org_cx3tools_nativecore_NativeDevice_vpd0(JNIEnv *env,
									    jclass device_class,
									    jlong handle)
{
	struct cx3_error err = {0};
	size_t len_bytes = VPD_MAX_BYTES;
	jbyteArray bytes = NULL;
	uint8_t *buffer;
	int result;

	(void)device_class;
	buffer = malloc(len_bytes);
	if (!buffer) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "buffer for the VPD");
		return NULL;
	}
	result = cx3_device_vpd(cx3_jni_pointer(handle), buffer, &len_bytes, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	else
		bytes = cx3_jni_bytes(env, buffer, len_bytes);
	free(buffer);
	return bytes;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_counters0(JNIEnv *env,
									   jclass device_class,
									   jlong handle,
									   jlongArray numbers)
{
	struct cx3_counters counters = {0};

	(void)device_class;
	cx3_device_counters(cx3_jni_pointer(handle), &counters);

	const jlong values[] = {
		(jlong)counters.reads,
		(jlong)counters.writes,
		(jlong)counters.spi_commands,
		(jlong)counters.elapsed_us,
	};

	cx3_jni_set_numbers(env, numbers, values, sizeof(values) / sizeof(values[0]));
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_lockState0(JNIEnv *env,
									    jclass device_class,
									    jlong handle,
									    jlongArray numbers)
{
	struct cx3_lock_state state = {0};
	struct cx3_error err = {0};
	int result;

	(void)device_class;
	result = cx3_device_lock_state(cx3_jni_pointer(handle), &state, &err);
	if (result) {
		cx3_jni_throw(env, result, &err);
	} else {
		const jlong values[] = {state.programming, state.gateway};

		cx3_jni_set_numbers(env, numbers, values, sizeof(values) / sizeof(values[0]));
	}
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_clearSemaphores0(
	JNIEnv *env, jclass device_class, jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)device_class;
	result = cx3_device_clear_semaphores(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeDevice_reset0(JNIEnv *env,
									jclass device_class,
									jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)device_class;
	result = cx3_device_reset(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}
