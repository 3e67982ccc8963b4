// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Bytes as values and the checksum of FS2 images.
 *
 * <p>All words are big-endian and unsigned, as on flash. Nothing here is ever null.
 */
package org.cx3tools.binary;
