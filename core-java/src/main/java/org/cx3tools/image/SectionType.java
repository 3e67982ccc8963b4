// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.Optional;

/** Kinds of sections in the chain, with the number on flash and the name the stock tool prints. */
public enum SectionType {
    /** Code or data that is loaded to memory. */
    DDR(1, "DDR"),
    /** Register address, value, mask triples. */
    CONFIGURATION(2, "Configuration"),
    /** Jump addresses. */
    JUMP_ADDRESSES(3, "Jump addresses"),
    /** EMT service; the only kind whose size field counts bytes. */
    EMT_SERVICE(4, "EMT Service"),
    /** Expansion ROM. */
    ROM(5, "ROM"),
    /** GUIDs and MACs. */
    GUID(6, "GUID"),
    /** Board id, opaque. */
    BOARD_ID(7, "BOARD ID"),
    /** User data, opaque. */
    USER_DATA(8, "User Data"),
    /** Board file (.ini), compressed. */
    FW_CONFIGURATION(9, "FW Configuration"),
    /** Tags with version, PSID, VSD and more. */
    IMAGE_INFO(10, "Image Info"),
    /** Compressed DDR. */
    DDRZ(11, "DDRZ"),
    /** Hash file, compressed text. */
    HASH_FILE(12, "Hash File");

    private static final SectionType[] BY_CODE = values();

    private final int code;
    private final String printedName;

    SectionType(int code, String printedName) {
        this.code = code;
        this.printedName = printedName;
    }

    /** {@return the number on flash} */
    public int code() {
        return code;
    }

    /** {@return the name the stock tool prints} */
    public String printedName() {
        return printedName;
    }

    /**
     * Looks a number up.
     *
     * @param code first word of a section header
     * @return the kind; empty for numbers outside 1 to 12
     */
    public static Optional<SectionType> ofCode(long code) {
        return isKnown(code) ? Optional.of(BY_CODE[(int) code - 1]) : Optional.empty();
    }

    /**
     * Tells whether a number is a kind of section; a first word that is none begins a second BOOT2.
     *
     * @param code first word of a section header
     * @return true for 1 to 12
     */
    public static boolean isKnown(long code) {
        return code >= 1 && code <= BY_CODE.length;
    }

    /**
     * Names a number as the stock tool does.
     *
     * @param code first word of a section header
     * @return the printed name, {@code UNKNOWN (<signed decimal>)} for others
     */
    public static String nameOf(long code) {
        return isKnown(code) ? BY_CODE[(int) code - 1].printedName
                : "UNKNOWN (" + (int) code + ")";
    }
}
