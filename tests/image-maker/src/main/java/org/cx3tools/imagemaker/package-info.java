// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
/**
 * A second, independent maker of FS2 images.
 *
 * <p>It is written from the format description alone and depends on no other module of the
 * project, so that reader, verifier and writer have a judge that cannot share their mistakes.
 * Nothing here can run on a card: payloads are random, and every image carries a mark that says
 * so. No reference is ever null. Byte arrays that are handed over are not changed afterwards.
 */
package org.cx3tools.imagemaker;
