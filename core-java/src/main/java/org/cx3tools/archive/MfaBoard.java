// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One board of an archive. All texts are printable ASCII; other bytes of an archive show as
 * {@code \x1b}.
 *
 * @param psid board id; it can be (part of) the name of a file
 * @param partNumber value of PN, empty if there is none
 * @param description value of DESCRIPTION, empty if there is none
 * @param other all other metadata in order of the archive, such as BOARD_REV and BRANCH
 * @param components components of its images in order of the archive; at least one is firmware
 *     with a size
 */
public record MfaBoard(String psid, String partNumber, String description,
        Map<String, String> other, List<MfaComponent> components) {
    /** Makes the collections unchangeable. */
    public MfaBoard {
        Objects.requireNonNull(psid, "psid");
        Objects.requireNonNull(partNumber, "partNumber");
        Objects.requireNonNull(description, "description");
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
        components = List.copyOf(components);
        if (components.stream().noneMatch(MfaComponent::isFirmwarePiece)) {
            throw new IllegalArgumentException("a board without firmware");
        }
    }

    /** {@return select tags that firmware can be had by, in order; at least one} */
    public List<String> tags() {
        return components.stream().filter(MfaComponent::isFirmwarePiece)
                .map(MfaComponent::tag).distinct().toList();
    }

    /**
     * Looks a version up.
     *
     * @param kind what it is the version of
     * @return the first component of this kind that has the first of the {@link #tags()}
     */
    public Optional<MfaComponent> component(MfaKind kind) {
        String tag = tags().get(0);
        return components.stream()
                .filter(c -> c.isFirmware(tag) && c.kindCode() == kind.code()).findFirst();
    }

    /**
     * Lists the pieces an image is put together from: of each run of one group id the first one
     * that has bytes. Others of the run only tell versions.
     */
    List<Piece> pieces(String tag) {
        List<Piece> pieces = new ArrayList<>();
        int group = -1;
        boolean taken = false;
        for (MfaComponent c : components) {
            if (!c.isFirmware(tag)) {
                continue;
            }
            if (c.group() != group) {
                group = c.group();
                taken = false;
            }
            if (!taken && c.size() > 0) {
                pieces.add(new Piece(c.dataOffset(), c.size()));
                taken = true;
            }
        }
        return pieces;
    }

    /** Bytes of the DATA section. */
    record Piece(int offset, int size) {
    }
}
