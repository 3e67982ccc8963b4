// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cx3tools.device.CardInfo;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.SyntheticMark;

/** The checks before a burn (fs2-image 7.5 and 8), each a typed failure. */
final class BurnChecks {
    private BurnChecks() {}

    /** The image as it was given: intact, complete, and no synthetic one for a real card. */
    static void image(Fs2Image image, CardInfo card) throws BurnException {
        require(image.section(SectionType.GUID).isPresent(), "GUID section");
        ImageInfo info = info(image);
        require(info.tag(InfoTag.PSID).isPresent(), "PSID tag in its Image Info section");
        vsdTag(image);
        intact(image);
        strayMagic(image);
        synthetic(image, card);
    }

    /** A place for the vendor text. */
    static void vsdTag(Fs2Image image) throws BurnException {
        require(info(image).tag(InfoTag.VSD).isPresent(), "VSD tag in its Image Info section");
    }

    private static ImageInfo info(Fs2Image image) throws BurnException {
        return image.info().orElseThrow(
                () -> new BurnException(new BurnFailure.MissingPart("Image Info section")));
    }

    /** A ROM for another device than the firmware, if both tell. */
    static Optional<BurnQuestion.RomForOtherDevice> romDevice(Fs2Image image, RomInfo rom) {
        int firmware = image.info().map(i -> i.deviceId().orElse(0)).orElse(0);
        int id = rom.error().isEmpty() ? rom.pciDeviceId() : 0;
        return id != 0 && id != 0xffff && firmware != 0 && id != firmware
                ? Optional.of(new BurnQuestion.RomForOtherDevice(firmware, id)) : Optional.empty();
    }

    /** No synthetic image goes to a real card; no option changes that. */
    static void synthetic(Fs2Image image, CardInfo card) throws BurnException {
        if (!card.virtualCard() && SyntheticMark.isMarked(image)) {
            throw new BurnException(new BurnFailure.SyntheticImage());
        }
    }

    /** A second magic where images are looked for would hide the image, or the one beside it. */
    static void strayMagic(Fs2Image image) throws BurnException {
        ChunkMap map = image.header().chunkMap();
        for (long start = 0x10000; start <= 0x1000000; start <<= 1) {
            for (long at : new long[] {start, map.logical(start)}) {
                if (at != 0 && at + ImageLocator.MAGIC.length() <= image.size() && image.bytes()
                        .slice((int) at, ImageLocator.MAGIC.length()).equals(ImageLocator.MAGIC)) {
                    throw new BurnException(new BurnFailure.BadImage(List.of(String.format(
                            "offset 0x%x: a second magic, where an image could begin", at))));
                }
            }
        }
    }

    static void intact(Fs2Image image) throws BurnException {
        List<String> problems = Judge.problems(image);
        if (!problems.isEmpty()) {
            throw new BurnException(new BurnFailure.BadImage(problems));
        }
    }

    private static void require(boolean there, String part) throws BurnException {
        if (!there) {
            throw new BurnException(new BurnFailure.MissingPart(part));
        }
    }

    /**
     * Hardware ids: tag 10, without it the PCI device id of tag 3.
     *
     * @return a note when the check could not be made
     */
    static Optional<String> hardware(Fs2Image image, CardInfo card) throws BurnException {
        ImageInfo info = image.info().orElseThrow();
        if (!card.hasHardwareId()) {
            return Optional.of("There is no card behind a flash file, so hardware ids are not"
                    + " compared.");
        }
        List<ImageInfo.HardwareId> supported = info.hardwareIds();
        if (!supported.isEmpty()) {
            if (!supported.contains(
                    new ImageInfo.HardwareId(card.hwId(), card.hwRevision()))) {
                throw new BurnException(new BurnFailure.WrongHardware(card.hwId(),
                        card.hwRevision(), supported));
            }
            return Optional.empty();
        }
        OptionalInt id = info.deviceId();
        if (id.isEmpty() || !HardwareNames.knownDeviceId(id.getAsInt())) {
            return Optional.of("Unknown device id (" + (id.isEmpty() ? "none" : id.getAsInt())
                    + ") in the given FW image. Skipping HW match check.");
        }
        String wanted = HardwareNames.familyOfDeviceId(id.getAsInt());
        String there = HardwareNames.family(card.hwId());
        if (!wanted.equals(there)) {
            throw new BurnException(new BurnFailure.WrongFamily(wanted, there));
        }
        return Optional.empty();
    }

    /**
     * The size limit of fs2-image 3.2, with the real end of the image: word 0x30 may lie.
     *
     * @return bytes a slot has below the configuration area
     */
    static long size(Fs2Image image, FlashContent flash) throws BurnException {
        long total = flash.flash().sizeBytes();
        boolean failsafe = image.header().failsafe();
        long limit = Settings.of(image.header().chunkMap(),
                image.info().orElseThrow().configArea(), flash.info(), total).limit();
        if (image.size() > limit) {
            throw new BurnException(new BurnFailure.TooBig(image.size(), limit, failsafe));
        }
        ChunkMap map = image.header().chunkMap();
        if (failsafe && (2 * map.chunkSize() > total
                || map.physical(image.size() - 1L, 1) >= total)) {
            throw new BurnException(new BurnFailure.TooBig(
                    2 * image.header().chunkMap().chunkSize(), total, false));
        }
        return limit;
    }
}
