// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

/**
 * One version record of an expansion ROM (fs2-image 6.2).
 *
 * @param product product id, 0x10 PXE, 0x11 UEFI and so on
 * @param version version text, as 3.4.752
 * @param pciDeviceId PCI device id the ROM is for, 0 if it does not say
 * @param port port number, 0 for all
 * @param cpu CPU code, 0 for none
 * @param protocol protocol code, 0xff for none
 */
public record RomRecord(int product, String version, int pciDeviceId, int port, int cpu,
        int protocol) {
    /** {@return short name of the product, such as {@code PXE}} */
    public String productName() {
        return RomText.productName(product);
    }
}
