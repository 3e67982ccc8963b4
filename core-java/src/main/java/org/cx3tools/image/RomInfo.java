// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/**
 * What an expansion ROM says about itself (fs2-image 6.2).
 *
 * @param records at most five version records, in order
 * @param error why no version can be told, with the words of the stock tool
 * @param warning what else is wrong, with the words of the stock tool
 * @param pciDeviceId PCI device id the ROM is for; 0 if none is told, 0xffff if they differ
 */
public record RomInfo(List<RomRecord> records, Optional<String> error, Optional<String> warning,
        int pciDeviceId) {
    /** Most records that are told. */
    public static final int MAX_RECORDS = 5;

    /** Makes the list unchangeable. */
    public RomInfo {
        records = List.copyOf(records);
    }

    /**
     * Parses a ROM; never fails, what is wrong is told in the result.
     *
     * @param payload ROM file or payload of the ROM section
     * @return what it says
     */
    public static RomInfo of(Bytes payload) {
        return RomParser.parse(payload);
    }

    /** {@return true if the byte sum of the ROM is not zero} */
    public boolean checksumWrong() {
        return warning.isPresent() && warning.get().startsWith(RomParser.BAD_CHECKSUM);
    }

    /** {@return one line for each record as the stock tool prints it, without prefix} */
    public List<String> lines() {
        return RomText.lines(this);
    }
}
