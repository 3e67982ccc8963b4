// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.InfoTagEditor;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.SectionType;

/**
 * Changes of a finished image that an operator may ask for, with their rules (fs2-image 6.3, 7.10,
 * 7.11): the same for an image in a file and for the one on flash ({@link FlashEdit}). The image
 * must be intact, what comes out is.
 */
public final class ImageChanges {
    private static final FirmwareVersion FIRST_WITH_ROM = new FirmwareVersion(2, 6, 1410);
    private static final int ROM_MARK = 0x55aa;

    private ImageChanges() {}

    /**
     * Takes the boot ROM out.
     *
     * @param allowRomChange go on although the firmware has a product version common with its ROM
     * @throws BurnException {@link BurnFailure.RomStays} when there is no ROM or it may not be
     *     removed alone; {@link BurnFailure.BadImage} when the image is not intact
     */
    public static Fs2Image withoutRom(Fs2Image image, boolean allowRomChange)
            throws BurnException {
        if (image.section(SectionType.ROM).isEmpty()) {
            throw new BurnException(new BurnFailure.RomStays(
                    "The FW does not contain a ROM section", "nothing has to be done"));
        }
        Optional<FirmwareVersion> old = tooOldForRom(image);
        if (old.isPresent()) {
            throw new BurnException(new BurnFailure.RomStays(
                    "Unsupported Fw version (" + old.get() + ")",
                    "burn " + FIRST_WITH_ROM + " or newer first"));
        }
        commonVersion(image, allowRomChange, "removed");
        intactBesideRom(image);
        return changed(image, ImageEditor::withoutRom);
    }

    /**
     * Puts a boot ROM in, in place of one that is there.
     *
     * @param rom content of a ROM file
     * @param allowRomChange go on although the firmware has a product version common with its ROM
     * @throws BurnException {@link BurnFailure.BadRom} when this is no ROM; {@link
     *     BurnFailure.RomStays} when the firmware does not allow it; {@link BurnFailure.BadImage}
     *     when the image is not intact
     */
    public static Fs2Image withRom(Fs2Image image, Bytes rom, boolean allowRomChange)
            throws BurnException {
        checkRom(rom);
        Optional<FirmwareVersion> old = tooOldForRom(image);
        if (old.isPresent() && image.section(SectionType.ROM).isEmpty()) {
            throw new BurnException(new BurnFailure.RomStays("It is not allowed to burn ROM on"
                    + " device which has fw: " + old.get() + " that doesn't contain ROM",
                    "burn " + FIRST_WITH_ROM + " or newer first"));
        }
        commonVersion(image, allowRomChange, "updated");
        intactBesideRom(image);
        Fs2Image with = changed(image, i -> ImageEditor.withRom(i, rom));
        BurnChecks.strayMagic(with);
        return with;
    }

    /**
     * Asks about a ROM that says it is for another device than the firmware.
     *
     * @param rom content of a ROM file
     * @return empty when they match, or one of both does not tell
     */
    public static Optional<BurnQuestion.RomForOtherDevice> romQuestion(Fs2Image image, Bytes rom) {
        return BurnChecks.romDevice(image, RomInfo.of(rom));
    }

    /**
     * Sets GUIDs, MACs, or both. What is not given stays; MACs that were never set are derived from
     * given GUIDs (fs2-image 3.5).
     *
     * @param guids node, port 1, port 2, system image GUID
     * @param macs MACs of ports 1 and 2
     * @throws BurnException {@link BurnFailure.BadMac} when a MAC is none, {@link
     *     BurnFailure.NoPlace} when the image cannot hold what is given, {@link
     *     BurnFailure.MissingPart} without a GUID section, {@link BurnFailure.BadImage} when the
     *     image is not intact
     */
    public static Fs2Image withIdentity(Fs2Image image, Optional<List<Long>> guids,
            Optional<List<Long>> macs) throws BurnException {
        GuidBlock now = image.guids().orElseThrow(
                () -> new BurnException(new BurnFailure.MissingPart("GUID section")));
        if (!now.hasGuids() || macs.isPresent() && !now.hasMacs()) {
            throw new BurnException(new BurnFailure.NoPlace(now.entries().size()));
        }
        GuidBlock wanted = CarryOver.mixed(now, guids, macs);
        if (now.hasMacs()) {
            CarryOver.checkMacs(wanted, macs.isPresent());
        }
        List<Long> entries = new ArrayList<>(now.entries());
        for (int i = 0; i < Math.min(entries.size(), wanted.entries().size()); i++) {
            entries.set(i, wanted.entries().get(i));
        }
        BurnChecks.intact(image);
        return changed(image, i -> ImageEditor.withGuids(i, new GuidBlock(entries)));
    }

    /**
     * Sets the vendor text.
     *
     * @throws BurnException {@link BurnFailure.VsdTooLong} or {@link BurnFailure.BadVsd} when the
     *     image cannot hold it, {@link BurnFailure.MissingPart} when there is no place for any,
     *     {@link BurnFailure.BadImage} when the image is not intact
     */
    public static Fs2Image withVsd(Fs2Image image, String text) throws BurnException {
        CarryOver.checkVsd(text);
        BurnChecks.vsdTag(image);
        BurnChecks.intact(image);
        return changed(image, i -> ImageEditor.withVsd(i, text));
    }

    /**
     * Sets all GUIDs and MACs to blank, as in a release image. No card boots from it before they are
     * set: it can be burnt only with others given.
     *
     * @throws BurnException {@link BurnFailure.MissingPart} without a GUID section, {@link
     *     BurnFailure.BadImage} when the image is not intact
     */
    public static Fs2Image withBlankGuids(Fs2Image image) throws BurnException {
        if (image.guids().isEmpty()) {
            throw new BurnException(new BurnFailure.MissingPart("GUID section"));
        }
        BurnChecks.intact(image);
        return changed(image, ImageEditor::withBlankGuids);
    }

    /**
     * Sets an Image Info tag, or adds it where its number belongs. The PSID of an image stands in its
     * board file too: set it by the key {@code [ADAPTER] PSID}, which takes the tag along.
     *
     * @param id number of the tag, 0 to 254
     * @param data its data, a multiple of 4 bytes
     * @throws BurnException {@link BurnFailure.BadImage} when the image is not intact, {@link
     *     BurnFailure.BadChange} when what would come out is not
     */
    public static Fs2Image withTag(Fs2Image image, int id, Bytes data) throws BurnException {
        BurnChecks.intact(image);
        return changed(image, i -> InfoTagEditor.with(i, id, data));
    }

    /**
     * Removes an Image Info tag.
     *
     * @param id number of the tag
     * @throws BurnException {@link BurnFailure.BadImage} when the image is not intact, {@link
     *     BurnFailure.BadChange} when there is no such tag, or none may be missing
     */
    public static Fs2Image withoutTag(Fs2Image image, int id) throws BurnException {
        BurnChecks.intact(image);
        return changed(image, i -> InfoTagEditor.without(i, id));
    }

    /**
     * Says of an image that it lies on flash in another way.
     *
     * @param map how it is to lie: in chunks of another size, or not failsafe
     * @throws BurnException {@link BurnFailure.BadImage} when the image is not intact
     */
    public static Fs2Image withLayout(Fs2Image image, ChunkMap map) throws BurnException {
        BurnChecks.intact(image);
        return changed(image, i -> ImageEditor.withChunkMap(i, map));
    }

    private interface Edit {
        Fs2Image of(Fs2Image image) throws FormatException;
    }

    private static Fs2Image changed(Fs2Image image, Edit edit) throws BurnException {
        try {
            Fs2Image changed = edit.of(image);
            List<String> problems = Judge.problems(changed);
            if (!problems.isEmpty()) {
                throw new BurnException(new BurnFailure.BadChange(problems));
            }
            return changed;
        } catch (FormatException e) {
            throw new BurnException(new BurnFailure.BadChange(List.of(e.getMessage())), e);
        }
    }

    private static void intactBesideRom(Fs2Image image) throws BurnException {
        List<String> problems = Judge.problemsBesideRom(image);
        if (!problems.isEmpty()) {
            throw new BurnException(new BurnFailure.BadImage(problems));
        }
    }

    private static void checkRom(Bytes rom) throws BurnException {
        int magic = ImageLocator.MAGIC.length();
        if (rom.length() >= magic && rom.slice(0, magic).equals(ImageLocator.MAGIC)) {
            throw new BurnException(new BurnFailure.BadRom(
                    "Expecting an expansion ROM image, received Mellanox FW image"));
        }
        if (rom.length() < 4 || rom.u16(0) != ROM_MARK) {
            throw new BurnException(new BurnFailure.BadRom("The file is no PCI expansion ROM: "
                    + (rom.length() < 4 ? "it has " + rom.length() + " bytes"
                            : String.format("it begins with %04x instead of 55aa", rom.u16(0)))));
        }
    }

    private static Optional<FirmwareVersion> tooOldForRom(Fs2Image image) {
        return image.info().flatMap(ImageInfo::fwVersion)
                .filter(v -> v.compareTo(FIRST_WITH_ROM) < 0);
    }

    private static void commonVersion(Fs2Image image, boolean allowed, String what)
            throws BurnException {
        String product = image.info().flatMap(ImageInfo::productVersion).orElse("");
        if (!product.isEmpty() && !allowed) {
            throw new BurnException(new BurnFailure.RomStays("The device FW contains common FW/ROM"
                    + " Product Version - The ROM cannot be " + what + " separately",
                    "--allow_rom_change does it nevertheless"));
        }
    }
}
