// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.interop;

import java.util.Optional;
import java.util.regex.Pattern;
import org.cx3tools.verify.Finding;

/**
 * Why we refuse images that the stock tool calls bootable; the table in
 * {@code cli/docs/flint-differences.md} has a row for each.
 */
enum Stricter {
    /** The full checksum is wrong, or not blank where the GUIDs are; stock prints it only. */
    FULL_CRC("full CRC|full CRC of an image with blank GUIDs"),
    /** The GUIDs have a blank checksum, but only the first of them is blank. */
    GUID_CRC("CRC of section GUID"),
    /** The chain ends with 0 and not with the end mark, or a section overlaps the one before. */
    CHAIN("next pointer"),
    /** A section is missing, or there twice. */
    SECTIONS("section (GUID|Image Info|ROM|FW Configuration|Hash File)"),
    /** A header pointer leads elsewhere than to its section, or has a wrong check byte. */
    HEADER_POINTER("(GUID|Image Info) pointer|check byte of the Image Info pointer"),
    /** The size in the header is not the end of the last section. */
    IMAGE_SIZE("image size in the header"),
    /** A size of more than 32 bits in bytes, which stock cuts down to a small one. */
    SECTION_SIZE("size of section .*"),
    /** A format that is neither FS2 nor one that stock knows. */
    FORMAT("format version"),
    /** A tag is missing, of another size than its content has, or the end tag is. */
    INFO_TAGS("(size of )?Image Info tag \\d+|end tag of Image Info"),
    /** More parts than any image has. */
    COUNTS("number of (sections|Image Info tags|GUID entries)"),
    /** Board file or hash file cannot be unpacked. */
    TEXT("(FW Configuration|Hash File): compressed text"),
    /** The bytes of an expansion ROM do not sum to 0, so that no machine runs it. */
    ROM_CHECKSUM("checksum of the expansion ROM");

    private final Pattern what;

    Stricter(String what) {
        this.what = Pattern.compile(what);
    }

    static Optional<Stricter> of(Finding finding) {
        for (Stricter kind : values()) {
            if (kind.what.matcher(finding.what()).matches()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
