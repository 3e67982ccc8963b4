// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One component of the images of a board: an entry of the MAP with the TOC entry it names.
 *
 * @param type number of the type, {@link #FIRMWARE} for what can be burnt
 * @param kindCode number of the kind, see {@link #kind()}
 * @param version the version fields in use, at most four of 0 to 65535
 * @param tag select tag: which one of several images of a board it belongs to; often empty
 * @param group group id, 0 to 255
 * @param dataOffset first byte in the DATA section, unpacked; 0 if the size is 0
 * @param size bytes; 0 if the component only tells the version of something inside the image
 */
public record MfaComponent(int type, int kindCode, List<Integer> version, String tag, int group,
        int dataOffset, int size) {
    /** Type of firmware. */
    public static final int FIRMWARE = 1;

    /** Makes the list unchangeable. */
    public MfaComponent {
        version = List.copyOf(version);
        Objects.requireNonNull(tag, "tag");
    }

    /** {@return the kind, empty if it is not known} */
    public Optional<MfaKind> kind() {
        return MfaKind.of(kindCode);
    }

    /** {@return name of the kind, such as {@code PXE}, or its number as 0x123} */
    public String kindName() {
        return kind().map(MfaKind::name).orElse(PlainText.hex(kindCode));
    }

    /**
     * Words the version as the stock tool does.
     *
     * @return as 2.42.5000, 3.4.0752, or 8025 for CLP; empty if there are no fields
     */
    public String versionText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < version.size(); i++) {
            int field = version.get(i);
            boolean wide = i == 2 || i == 1 && field >= 100;
            text.append(i == 0 ? "" : ".")
                    .append(wide ? String.format(Locale.ROOT, "%04d", field) : field);
        }
        return text.toString();
    }

    /** {@return true if it has bytes that can be burnt} */
    boolean isFirmwarePiece() {
        return type == FIRMWARE && size > 0;
    }

    /** {@return true if it is about what is burnt with this tag} */
    boolean isFirmware(String wantedTag) {
        return type == FIRMWARE && tag.equals(wantedTag);
    }
}
