// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Firmware archives of the vendor (MFA): many images in one file, found by the PSID of a board.
 *
 * <p>{@link org.cx3tools.archive.MfaArchive} reads and writes them. Archives come from anywhere:
 * every size, count and offset is bounded, and no text of one reaches a terminal or a file name
 * with a control character in it. Nothing here is ever null.
 *
 * <pre>
 *  file     header (16) | section MAP | section TOC | section DATA | CRC-32 (4)
 *  header   "MFAR" | u32 version = 1 | 8 bytes, ignored
 *  section  u8 type (1 MAP, 2 TOC, 3 DATA) | u16 0 | u8 flags (bit 0: xz) | u32 size | payload
 * </pre>
 *
 * All numbers are big-endian. The CRC-32 is that of {@link java.util.zip.CRC32}, over everything
 * before it. MAP lists boards, TOC lists pieces of images, DATA holds them.
 */
package org.cx3tools.archive;
