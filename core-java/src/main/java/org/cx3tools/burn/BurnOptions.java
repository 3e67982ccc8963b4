// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;

/**
 * What the operator asked for. The defaults keep what makes a card this card: GUIDs, MACs, VSD, and
 * the ROM if the image has none (fs2-image 3.5).
 *
 * @param guids node, port 1, port 2, system image GUID; empty = from the flash
 * @param macs MACs of ports 1 and 2; empty = from the flash
 * @param useImageGuids take GUIDs and MACs of the image
 * @param vsd vendor text; empty = from the flash
 * @param useImagePs take the vendor text of the image
 * @param useImageRom never take a ROM from the flash
 * @param nofs allow layouts in which the old image does not survive until the new one is complete,
 *     and burning without anything readable on the flash
 * @param allowPsidChange burn an image of another PSID or with another place of the configuration
 *     area
 * @param noDevidCheck do not compare hardware ids
 * @param layoutChange burn an image that lies on flash in another way than the one that is there, as
 *     long as an intact image is on the flash at every moment
 * @param verifyOnce read the whole image back only before its signature is written, and its start
 *     after that; else the whole again before the old image is invalidated
 */
public record BurnOptions(
        Optional<List<Long>> guids,
        Optional<List<Long>> macs,
        boolean useImageGuids,
        Optional<String> vsd,
        boolean useImagePs,
        boolean useImageRom,
        boolean nofs,
        boolean allowPsidChange,
        boolean noDevidCheck,
        boolean layoutChange,
        boolean verifyOnce) {

    /**
     * Copies the lists; a vendor text that does not fit is a {@link BurnFailure.VsdTooLong} of the
     * plan.
     */
    public BurnOptions {
        guids = guids.map(List::copyOf);
        macs = macs.map(List::copyOf);
        if (guids.isPresent() && guids.get().size() != 4) {
            throw new IllegalArgumentException("4 GUIDs, not " + guids.get().size());
        }
        if (macs.isPresent() && macs.get().size() != 2) {
            throw new IllegalArgumentException("2 MACs, not " + macs.get().size());
        }
        if (useImageGuids && (guids.isPresent() || macs.isPresent())) {
            throw new IllegalArgumentException(
                    "GUIDs given and GUIDs of the image exclude each other");
        }
        if (useImagePs && vsd.isPresent()) {
            throw new IllegalArgumentException(
                    "a VSD given and the VSD of the image exclude each other");
        }
    }

    /** {@return options that keep everything and allow nothing} */
    public static BurnOptions defaults() {
        return new BurnOptions(Optional.empty(), Optional.empty(), false, Optional.empty(), false,
                false, false,
                false, false, false, false);
    }

    /** {@return these options with these GUIDs: node, port 1, port 2, system image} */
    public BurnOptions withGuids(List<Long> four) {
        return new BurnOptions(Optional.of(four), macs, useImageGuids, vsd, useImagePs, useImageRom,
                nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options with the MACs of ports 1 and 2} */
    public BurnOptions withMacs(List<Long> two) {
        return new BurnOptions(guids, Optional.of(two), useImageGuids, vsd, useImagePs, useImageRom,
                nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options with the GUIDs and MACs of the image} */
    public BurnOptions withImageGuids() {
        return new BurnOptions(guids, macs, true, vsd, useImagePs, useImageRom, nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options with this vendor text} */
    public BurnOptions withVsd(String text) {
        return new BurnOptions(guids, macs, useImageGuids, Optional.of(text), useImagePs,
                useImageRom, nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options with the vendor text of the image} */
    public BurnOptions withImagePs() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, true, useImageRom, nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options with the ROM of the image, or none if it has none} */
    public BurnOptions withImageRom() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, true, nofs,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options, allowing burns that are not failsafe} */
    public BurnOptions withNofs() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, useImageRom, true,
                allowPsidChange, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options, allowing another PSID} */
    public BurnOptions withPsidChange() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, useImageRom, nofs, true, noDevidCheck, layoutChange, verifyOnce);
    }

    /** {@return these options, without comparing hardware ids} */
    public BurnOptions withoutDevidCheck() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, useImageRom, nofs,
                allowPsidChange, true, layoutChange, verifyOnce);
    }

    /** {@return these options, allowing another layout of the flash} */
    public BurnOptions withLayoutChange() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, useImageRom, nofs,
                allowPsidChange, noDevidCheck, true, verifyOnce);
    }

    /** {@return these options, with one whole verification only} */
    public BurnOptions withVerifyOnce() {
        return new BurnOptions(guids, macs, useImageGuids, vsd, useImagePs, useImageRom, nofs,
                allowPsidChange, noDevidCheck, layoutChange, true);
    }

    /**
     * Whether GUIDs or MACs come from the options or from the image, so that the card's own may be
     * lost.
     */
    public boolean changesIdentity() {
        return guids.isPresent() || macs.isPresent() || useImageGuids;
    }
}
