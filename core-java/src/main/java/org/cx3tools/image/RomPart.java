// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.List;
import org.cx3tools.binary.Bytes;

/**
 * One PCI expansion ROM image of a ROM section (several may lie back to back).
 *
 * @param offset   where it begins in the payload
 * @param raw      its bytes
 * @param codeType code type of its PCI data structure: 0 x86 BIOS, 3 EFI; -1 if it has none
 * @param vendorId PCI vendor id, 0 if it does not say
 * @param deviceId PCI device id, 0 if it does not say
 * @param last     whether its data structure says that no image follows
 * @param records  the version records inside of it
 */
public record RomPart(int offset, Bytes raw, int codeType, int vendorId, int deviceId, boolean last,
        List<RomRecord> records) {
    /** Code type of x86 BIOS code. */
    public static final int X86 = 0;
    /** Code type of EFI code. */
    public static final int EFI = 3;
    /** Code type of a part without PCI data structure. */
    public static final int NONE = -1;

    /** Makes the list unchangeable. */
    public RomPart {
        records = List.copyOf(records);
    }

    /** {@return its kind in one word: the product of its first record, else what its code type says} */
    public String kind() {
        if (!records.isEmpty()) {
            return records.get(0).productName();
        }
        return switch (codeType) {
            case X86 -> "x86";
            case EFI -> "EFI";
            case NONE -> "data";
            default -> "code type " + codeType;
        };
    }

    /** {@return version of its first record, empty text if there is none} */
    public String version() {
        return records.isEmpty() ? "" : records.get(0).version();
    }
}
