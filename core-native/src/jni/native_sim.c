/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/sim.h"
#include "glue.h"
#include "org_cx3tools_nativecore_NativeSim.h"

#include <stdlib.h>
#include <string.h>

/* The order of NativeSimModel.numbers. */
#define MODEL_NUMBERS 10
/* The order of NativeSimOption. */
#define OPTION_NUMBERS 14

static bool copy_name(JNIEnv *env, jbyteArray bytes, char *out, size_t room_bytes)
{
	const jsize len = (*env)->GetArrayLength(env, bytes);

	if ((size_t)len >= room_bytes) {
		cx3_jni_throw_status(env, CX3_INVALID_ARGUMENT, "name is too long");
		return false;
	}
	(*env)->GetByteArrayRegion(env, bytes, 0, len, (jbyte *)out);
	out[len] = '\0';
	return true;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_create0(
	JNIEnv *env, jclass sim_class, jbyteArray path, jlongArray numbers, jbyteArray chip,
	jbyteArray model_name, jbyteArray vpd)
{
	struct cx3_sim_model model = {0};
	struct cx3_error err = {0};
	jlong n[MODEL_NUMBERS];
	uint8_t *vpd_bytes = NULL;
	char *path_text = NULL;
	int result;

	(void)sim_class;
	(*env)->GetLongArrayRegion(env, numbers, 0, MODEL_NUMBERS, n);
	if ((*env)->ExceptionCheck(env))
		return;
	model.vendor_id = (uint16_t)n[0];
	model.device_id = (uint16_t)n[1];
	model.subsystem_vendor_id = (uint16_t)n[2];
	model.subsystem_id = (uint16_t)n[3];
	model.hw_id = (uint16_t)n[4];
	model.hw_revision = (uint8_t)n[5];
	model.bank_size_bytes = (uint32_t)n[6];
	model.banks = (unsigned)n[7];
	model.port_type[0] = (uint8_t)n[8];
	model.port_type[1] = (uint8_t)n[9];
	model.vpd_len_bytes = (size_t)(*env)->GetArrayLength(env, vpd);
	if (!copy_name(env, chip, model.chip, sizeof(model.chip)) ||
	    !copy_name(env, model_name, model.model_name, sizeof(model.model_name)) ||
	    !cx3_jni_text(env, path, &path_text))
		goto out;
	vpd_bytes = malloc(model.vpd_len_bytes + 1);
	if (!vpd_bytes) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "copy of the VPD");
		goto out;
	}
	(*env)->GetByteArrayRegion(env, vpd, 0, (jsize)model.vpd_len_bytes, (jbyte *)vpd_bytes);
	model.vpd = vpd_bytes;
	result = cx3_sim_create(path_text, &model, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
out:
	free(vpd_bytes);
	free(path_text);
}

JNIEXPORT jlong JNICALL Java_org_cx3tools_nativecore_NativeSim_open0(JNIEnv *env, jclass sim_class,
								     jbyteArray path)
{
	struct cx3_sim *sim = NULL;
	struct cx3_error err = {0};
	char *path_text;
	int result;

	(void)sim_class;
	if (!cx3_jni_text(env, path, &path_text))
		return 0;
	result = cx3_sim_open(path_text, &sim, &err);
	free(path_text);
	if (result) {
		cx3_jni_throw(env, result, &err);
		return 0;
	}
	return cx3_jni_handle(sim);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_info0(JNIEnv *env, jclass sim_class,
								    jlong handle,
								    jlongArray numbers,
								    jobjectArray texts)
{
	struct cx3_sim *sim = cx3_jni_pointer(handle);
	struct cx3_sim_info info = {0};
	struct cx3_error err = {0};
	uint8_t vpd[4096];
	size_t vpd_len_bytes = sizeof(vpd);
	jbyteArray vpd_array;
	int result;

	(void)sim_class;
	cx3_sim_get_info(sim, &info);
	result = cx3_sim_vpd(sim, vpd, &vpd_len_bytes, &err);
	/* A card in recovery mode does not show its VPD, but it is a state, not a failure. */
	if (result == CX3_NOT_SUPPORTED) {
		vpd_len_bytes = 0;
	} else if (result) {
		cx3_jni_throw(env, result, &err);
		return;
	}

	const jlong values[] = {
		info.model.vendor_id,
		info.model.device_id,
		info.model.subsystem_vendor_id,
		info.model.subsystem_id,
		info.model.hw_id,
		info.model.hw_revision,
		info.model.bank_size_bytes,
		info.model.banks,
		info.model.port_type[0],
		info.model.port_type[1],
		(jlong)info.flash_size_bytes,
		info.boot_policy,
		info.gateway_busy_reads,
		info.max_times,
		info.powered,
		info.booted,
		info.boot_address,
		info.fw_major,
		info.fw_minor,
		info.fw_subminor,
		(jlong)info.now_us,
		(jlong)info.reads,
		(jlong)info.writes,
		(jlong)info.spi_commands,
		(jlong)info.erases,
		(jlong)info.programs,
		(jlong)info.violations,
		(jlong)info.firmware_commands,
		(jlong)((uint64_t)info.semaphores_held[1] << 32 | info.semaphores_held[0]),
		info.fault.kind,
		(jlong)info.fault.at,
		(jlong)info.fault.count,
		info.fault.value,
		(jlong)info.fault.seed,
		info.options.read_ns,
		info.options.write_ns,
		info.options.spi_byte_ns,
		info.options.gateway_ns,
		info.options.reset_ms,
		info.options.bar2_log2_mib,
		info.options.link_width,
		info.options.held_read_streams,
		info.options.opcode_raises_cs,
		info.options.reset_raises_cs,
		info.options.power_up_protected,
		info.options.write_only_address,
		info.options.vendor_capability,
		info.options.cr_mailbox,
		info.applied.sriov,
		info.applied.vfs,
		info.applied.log_bar_size,
		info.applied.link_type[0],
		info.applied.link_type[1],
		info.applied.option_rom[0],
		info.applied.option_rom[1],
	};

	if (!cx3_jni_set_numbers(env, numbers, values, sizeof(values) / sizeof(values[0])) ||
	    !cx3_jni_set_text(env, texts, 0, info.model.chip) ||
	    !cx3_jni_set_text(env, texts, 1, info.model.model_name) ||
	    !cx3_jni_set_text(env, texts, 2, info.last_violation))
		return;
	vpd_array = cx3_jni_bytes(env, vpd, vpd_len_bytes);
	if (vpd_array)
		(*env)->SetObjectArrayElement(env, texts, 3, vpd_array);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_poke0(JNIEnv *env, jclass sim_class,
								    jlong handle, jlong address,
								    jbyteArray data)
{
	const jsize len_bytes = (*env)->GetArrayLength(env, data);
	struct cx3_error err = {0};
	uint8_t *bytes;
	int result;

	(void)sim_class;
	bytes = malloc((size_t)len_bytes + 1);
	if (!bytes) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "copy of the data");
		return;
	}
	(*env)->GetByteArrayRegion(env, data, 0, len_bytes, (jbyte *)bytes);
	result = cx3_sim_poke(cx3_jni_pointer(handle), (uint64_t)address, bytes, (size_t)len_bytes,
			      &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	free(bytes);
}

JNIEXPORT jbyteArray JNICALL Java_org_cx3tools_nativecore_NativeSim_peek0(
	JNIEnv *env, jclass sim_class, jlong handle, jlong address, jint len_bytes)
{
	struct cx3_error err = {0};
	jbyteArray array = NULL;
	uint8_t *bytes;
	int result;

	(void)sim_class;
	bytes = malloc((size_t)len_bytes + 1);
	if (!bytes) {
		cx3_jni_throw_status(env, CX3_NO_MEMORY, "buffer for the data");
		return NULL;
	}
	result = cx3_sim_peek(cx3_jni_pointer(handle), (uint64_t)address, bytes, (size_t)len_bytes,
			      &err);
	if (result)
		cx3_jni_throw(env, result, &err);
	else
		array = cx3_jni_bytes(env, bytes, (size_t)len_bytes);
	free(bytes);
	return array;
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_powerCycle0(JNIEnv *env,
									  jclass sim_class,
									  jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)sim_class;
	result = cx3_sim_power_cycle(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_chipReset0(JNIEnv *env,
									 jclass sim_class,
									 jlong handle)
{
	struct cx3_error err = {0};
	int result;

	(void)sim_class;
	result = cx3_sim_chip_reset(cx3_jni_pointer(handle), &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_setFault0(JNIEnv *env,
									jclass sim_class,
									jlong handle, jint kind,
									jlong at, jlong count,
									jint value, jlong seed)
{
	const struct cx3_sim_fault fault = {
		.kind = (enum cx3_sim_fault_kind)kind,
		.at = (uint64_t)at,
		.count = (uint64_t)count,
		.value = (uint32_t)value,
		.seed = (uint64_t)seed,
	};
	struct cx3_error err = {0};
	int result;

	(void)sim_class;
	result = cx3_sim_set_fault(cx3_jni_pointer(handle), &fault, &err);
	if (result)
		cx3_jni_throw(env, result, &err);
}

JNIEXPORT void JNICALL Java_org_cx3tools_nativecore_NativeSim_setOptions0(JNIEnv *env,
									  jclass sim_class,
									  jlong handle,
									  jlongArray numbers)
{
	struct cx3_sim_options options;
	jlong n[OPTION_NUMBERS];
	int result;

	(void)sim_class;
	(*env)->GetLongArrayRegion(env, numbers, 0, OPTION_NUMBERS, n);
	if ((*env)->ExceptionCheck(env))
		return;
	options = (struct cx3_sim_options){
		.read_ns = (uint32_t)n[0],
		.write_ns = (uint32_t)n[1],
		.spi_byte_ns = (uint32_t)n[2],
		.gateway_ns = (uint32_t)n[3],
		.reset_ms = (uint32_t)n[4],
		.bar2_log2_mib = (uint32_t)n[5],
		.link_width = (uint32_t)n[6],
		.held_read_streams = n[7] != 0,
		.opcode_raises_cs = n[8] != 0,
		.reset_raises_cs = n[9] != 0,
		.power_up_protected = n[10] != 0,
		.write_only_address = n[11] != 0,
		.vendor_capability = n[12] != 0,
		.cr_mailbox = n[13] != 0,
	};
	result = cx3_sim_set_options(cx3_jni_pointer(handle), &options);
	if (result)
		cx3_jni_throw_status(env, result,
				     "an access, a byte or a command takes at most 1 s, a reset at "
				     "most 60 s; BAR2 has at most 2^20 MiB, the link 1, 2, 4 or 8 "
				     "lanes");
}

JNIEXPORT jobjectArray JNICALL Java_org_cx3tools_nativecore_NativeSim_chipNames0(JNIEnv *env,
										 jclass sim_class)
{
	const char *const *names = cx3_sim_chip_names();
	jobjectArray array;
	jclass bytes_class;
	jsize count = 0;

	(void)sim_class;
	while (names[count])
		count++;
	bytes_class = (*env)->FindClass(env, "[B");
	if (!bytes_class)
		return NULL;
	array = (*env)->NewObjectArray(env, count, bytes_class, NULL);
	if (!array)
		return NULL;
	for (jsize i = 0; i < count; i++)
		if (!cx3_jni_set_text(env, array, i, names[i]))
			return NULL;
	return array;
}
