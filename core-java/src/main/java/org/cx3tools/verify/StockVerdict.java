// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

/**
 * What the stock tool (4.21) says to {@code verify}.
 *
 * @param bootable true if it ends with success; it does so in spite of a wrong full CRC
 * @param text all it prints, byte for byte, with line ends
 * @param failure the reason of the failure as it stands in the last line and behind
 *     {@code Failed to query image:}; some end with a line end; empty on success and for blank GUIDs
 * @param blankGuids true if the image has no GUIDs yet
 */
public record StockVerdict(boolean bootable, String text, String failure, boolean blankGuids) {
}
