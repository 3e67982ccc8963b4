// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.Optional;

/** What a piece of an image is. */
public enum MfaKind {
    /** Filler between pieces. */
    PADDING(0),
    /** Firmware: the whole image, with the option ROMs inside. */
    FW(1),
    /** Boot ROM CLP; its version is one number. */
    CLP(0x101),
    /** Boot ROM PXE. */
    PXE(0x110),
    /** Boot ROM UEFI. */
    UEFI(0x111),
    /** Boot ROM FCODE. */
    FCODE(0x121);

    private final int code;

    MfaKind(int code) {
        this.code = code;
    }

    /** {@return number in the TOC} */
    public int code() {
        return code;
    }

    /**
     * Looks a number up.
     *
     * @param code number in the TOC
     * @return the kind, empty if it is not known
     */
    public static Optional<MfaKind> of(int code) {
        for (MfaKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
