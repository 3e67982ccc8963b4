// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageOutline;

/**
 * One place of the flash that carries the signature of an image.
 *
 * @param start flash address of the signature
 * @param verdict how good it is
 * @param problems why it is not intact, one line each
 * @param content what was read of it; empty when its header or chain is broken
 */
public record SlotState(
        long start, Verdict verdict, List<String> problems, Optional<Content> content) {

    /** How good an image on flash is. */
    public enum Verdict {
        /** Read whole; structure and every CRC are right. */
        INTACT,
        /** Structure is right; CRCs were checked only of what is taken over. */
        READABLE,
        /** Something is wrong with it. */
        DAMAGED,
        /** No image of its layout may begin there. */
        MISPLACED
    }

    /**
     * What a burn wants to know of an image on flash.
     *
     * @param map how it lies on the flash
     * @param outline its header and the places of its sections
     * @param guids GUIDs and MACs
     * @param info version, PSID, VSD and more
     */
    public record Content(ChunkMap map, ImageOutline outline, KeptPart<GuidBlock> guids,
            KeptPart<ImageInfo> info) {
        /** {@return size of the image in bytes, by its last section} */
        public int size() {
            return outline.end();
        }
    }

    /** Keeps a copy of the list. */
    public SlotState {
        problems = List.copyOf(problems);
    }

    /** {@return 0 for an image at address 0, else 1} */
    public int slot() {
        return start == 0 ? 0 : 1;
    }

    /** {@return whether a card may boot from it, as far as was checked} */
    public boolean usable() {
        return verdict == Verdict.INTACT || verdict == Verdict.READABLE;
    }
}
