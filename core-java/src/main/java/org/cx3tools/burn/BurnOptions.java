// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator asked for. The defaults keep what makes a card this card: GUIDs, MACs, VSD, and
 * the ROM if the image has none (fs2-image 3.5), and allow nothing.
 *
 * @param guids node, port 1, port 2, system image GUID; empty = from the flash
 * @param macs MACs of ports 1 and 2; empty = from the flash
 * @param vsd vendor text; empty = from the flash
 * @param choices what else was asked for
 */
public record BurnOptions(Optional<List<Long>> guids, Optional<List<Long>> macs, Optional<String> vsd,
        Set<Choice> choices) {

    /** What is left at its default unless it is asked for. */
    public enum Choice {
        /** Take GUIDs and MACs of the image. */
        IMAGE_GUIDS,
        /** Take the vendor text of the image. */
        IMAGE_PS,
        /** Never take a ROM from the flash. */
        IMAGE_ROM,
        /**
         * Allow layouts in which the old image does not survive until the new one is complete, and
         * burning without anything readable on the flash.
         */
        NOFS,
        /** Burn an image of another PSID or with another place of the configuration area. */
        PSID_CHANGE,
        /** Do not compare hardware ids. */
        NO_DEVID_CHECK,
        /**
         * Burn an image that lies on flash in another way than the one that is there, as long as an
         * intact image is on the flash at every moment.
         */
        LAYOUT_CHANGE,
        /**
         * Read the whole image back only before its signature is written, and its start after that;
         * else the whole again before the old image is invalidated.
         */
        VERIFY_ONCE
    }

    /**
     * Copies lists and set; a vendor text that does not fit is a {@link BurnFailure.VsdTooLong} of the
     * plan.
     */
    public BurnOptions {
        guids = guids.map(List::copyOf);
        macs = macs.map(List::copyOf);
        choices = Set.copyOf(choices);
        if (guids.isPresent() && guids.get().size() != 4) {
            throw new IllegalArgumentException("4 GUIDs, not " + guids.get().size());
        }
        if (macs.isPresent() && macs.get().size() != 2) {
            throw new IllegalArgumentException("2 MACs, not " + macs.get().size());
        }
        if (choices.contains(Choice.IMAGE_GUIDS) && (guids.isPresent() || macs.isPresent())) {
            throw new IllegalArgumentException(
                    "GUIDs given and GUIDs of the image exclude each other");
        }
        if (choices.contains(Choice.IMAGE_PS) && vsd.isPresent()) {
            throw new IllegalArgumentException(
                    "a VSD given and the VSD of the image exclude each other");
        }
    }

    /** {@return options that keep everything and allow nothing} */
    public static BurnOptions defaults() {
        return new BurnOptions(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
    }

    /** {@return whether this was asked for} */
    public boolean has(Choice choice) {
        return choices.contains(choice);
    }

    /** {@return these options, with this asked for} */
    public BurnOptions with(Choice choice) {
        Set<Choice> more = EnumSet.of(choice);
        more.addAll(choices);
        return new BurnOptions(guids, macs, vsd, more);
    }

    /** {@return these options with these GUIDs: node, port 1, port 2, system image} */
    public BurnOptions withGuids(List<Long> four) {
        return new BurnOptions(Optional.of(four), macs, vsd, choices);
    }

    /** {@return these options with the MACs of ports 1 and 2} */
    public BurnOptions withMacs(List<Long> two) {
        return new BurnOptions(guids, Optional.of(two), vsd, choices);
    }

    /** {@return these options with this vendor text} */
    public BurnOptions withVsd(String text) {
        return new BurnOptions(guids, macs, Optional.of(text), choices);
    }

    /**
     * Whether GUIDs or MACs come from the options or from the image, so that the card's own may be
     * lost.
     */
    public boolean changesIdentity() {
        return guids.isPresent() || macs.isPresent() || has(Choice.IMAGE_GUIDS);
    }
}
