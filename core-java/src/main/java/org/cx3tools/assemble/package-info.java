// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Images to text and back: release sources, board files, Configuration records.
 *
 * <p>{@link org.cx3tools.assemble.Disassembler} turns an image into a readable folder,
 * {@link org.cx3tools.assemble.Assembler} makes an image of a release source or of another image
 * and a board file. What is known about the vendor's forms, and what is ours, stands on the
 * design's page on source forms. Nothing here prints, and nothing is ever null.
 */
package org.cx3tools.assemble;
