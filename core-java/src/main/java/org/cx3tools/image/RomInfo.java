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
 * @param error what ended the search, with the words of the stock tool; its query does not show it
 *     once there is a record, its qrom does
 * @param warning the last warning, with the words of the stock tool
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

    /**
     * Words the content as the stock tool does.
     *
     * @return one text for each record, without prefix; without records one that tells the error, if
     *     there is one. The text of an unknown product has a line end inside, as there.
     */
    public List<String> lines() {
        return RomText.lines(this);
    }
}
