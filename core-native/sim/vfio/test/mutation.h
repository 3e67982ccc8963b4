/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

/* Streams for fuzzing: what a client would send, and then something wrong with it. */
#ifndef CX3_VFIO_TEST_MUTATION_H
#define CX3_VFIO_TEST_MUTATION_H

#include <stdint.h>

#include "client.h"

/* The same seed state gives the same stream; the state goes on. */
void make_stream(struct stream *stream, uint64_t *seed);

#endif
