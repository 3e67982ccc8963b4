/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* One client of the protocol that sends whatever it likes, in this process. */
#ifndef CX3_VFIO_TEST_FUZZ_TARGET_H
#define CX3_VFIO_TEST_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* The entry that libFuzzer calls; always 0. Ends the program when a reply breaks the protocol. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes);

#endif
