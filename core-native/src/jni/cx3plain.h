/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Included by the C that HawtJNI generates for PlainCalls: declares what it calls. */
#ifndef CX3_JNI_CX3PLAIN_H
#define CX3_JNI_CX3PLAIN_H

#include "cx3/device.h"
#include "cx3/flash.h"
#include "cx3/sim.h"

/* Number of the boundary, compared with NativeLibrary.ABI after loading. */
int cx3_jni_abi(void);

#endif
