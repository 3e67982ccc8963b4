// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.SectionType;

/**
 * What of the card goes into the new image (fs2-image 3.5). Only parts whose CRC is right are taken
 * from the flash: the stock tool reads damaged GUIDs and gives them a fresh valid CRC.
 *
 * @param image the image as it will be on flash
 * @param guids GUIDs and MACs in it
 * @param guidSource where they come from
 * @param vsd vendor text in it
 * @param vsdSource where it comes from
 * @param romSource where its boot ROM comes from
 */
public record CarryOver(Fs2Image image, GuidBlock guids, Source guidSource, String vsd,
        Source vsdSource, Source romSource) {

    /** Where something in the new image comes from. */
    public enum Source {
        /** The flash. */
        FLASH,
        /** The image file. */
        IMAGE,
        /** The options. */
        GIVEN,
        /** Some of it from the options, the rest from the flash. */
        GIVEN_AND_FLASH,
        /** There is none. */
        NONE
    }

    /**
     * Puts into an image what is to be kept.
     *
     * @param image the image, verified
     * @param flash what the flash holds; with its ROM if the image has none
     * @throws BurnException when something that is to be kept is missing or damaged, or does not
     *     fit into the image
     */
    public static CarryOver apply(Fs2Image image, FlashContent flash, BurnOptions options)
            throws BurnException {
        Kept<GuidBlock> guids = guids(image, flash, options);
        Kept<String> vsd = vsd(image, flash, options);
        try {
            Fs2Image out = image.trimmed();
            Source rom = out.section(SectionType.ROM).isPresent() ? Source.IMAGE : Source.NONE;
            if (rom == Source.NONE && !options.has(BurnOptions.Choice.IMAGE_ROM)) {
                Optional<Bytes> kept = rom(flash);
                if (kept.isPresent()) {
                    out = ImageEditor.withRom(out, kept.get());
                    rom = Source.FLASH;
                }
            }
            if (guids.source() != Source.IMAGE) {
                out = ImageEditor.withGuids(out, guids.value());
            }
            if (vsd.source() != Source.IMAGE) {
                out = ImageEditor.withVsd(out, vsd.value());
            }
            return new CarryOver(out, guids.value(), guids.source(), vsd.value(), vsd.source(),
                    rom);
        } catch (FormatException e) {
            throw new BurnException(new BurnFailure.BadImage(List.of(e.getMessage())), e);
        }
    }

    private record Kept<T>(T value, Source source) {}

    private static Kept<GuidBlock> guids(Fs2Image image, FlashContent flash, BurnOptions options)
            throws BurnException {
        if (options.has(BurnOptions.Choice.IMAGE_GUIDS)) {
            GuidBlock own = image.guids().orElseThrow(
                    () -> new BurnException(new BurnFailure.MissingPart("GUID section")));
            if (own.isBlank()) {
                throw new BurnException(new BurnFailure.BlankGuids("image"));
            }
            checkMacs(own, false);
            return new Kept<>(own, Source.IMAGE);
        }
        boolean all = options.guids().isPresent() && options.macs().isPresent();
        GuidBlock base = all ? GuidBlock.blank(6) : fromFlash(flash);
        if (options.guids().isEmpty() && options.macs().isEmpty()) {
            if (base.isBlank()) {
                throw new BurnException(new BurnFailure.BlankGuids("flash"));
            }
            GuidBlock kept = base.withMacs();
            checkMacs(kept, false);
            return new Kept<>(kept, Source.FLASH);
        }
        GuidBlock mixed = mixed(base, options.guids(), options.macs());
        checkMacs(mixed, options.macs().isPresent());
        return new Kept<>(mixed, all ? Source.GIVEN : Source.GIVEN_AND_FLASH);
    }

    /**
     * Given GUIDs and MACs over those that are there, at least four. MACs that were never set follow
     * given GUIDs, as those of an image do when nothing is given (fs2-image 3.5).
     */
    static GuidBlock mixed(GuidBlock base, Optional<List<Long>> guids, Optional<List<Long>> macs) {
        List<Long> four = guids.orElseGet(() -> base.entries().subList(0, 4));
        List<Long> two = macs.orElseGet(() -> List.of(base.mac(1), base.mac(2)));
        GuidBlock mixed = GuidBlock.of(four.get(0), four.get(1), four.get(2), four.get(3),
                two.get(0), two.get(1));
        return guids.isPresent() && macs.isEmpty() ? mixed.withMacs() : mixed;
    }

    private static GuidBlock fromFlash(FlashContent flash) throws BurnException {
        String wayOut = "give them, for example from the sticker of the card: -guid and -mac";
        Optional<SlotState> current = flash.current();
        if (current.isEmpty() && flash.leftover().isPresent()) {
            return flash.leftover().get().guids();
        }
        if (current.isEmpty()) {
            throw new BurnException(new BurnFailure.NothingToKeep("GUIDs and MACs",
                    why(flash), wayOut));
        }
        KeptPart<GuidBlock> part = current.get().content().orElseThrow().guids();
        Optional<GuidBlock> elsewhere = part.problem().isEmpty() ? Optional.empty() : elsewhere(flash);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        if (part.problem().isPresent()) {
            throw new BurnException(new BurnFailure.DamagedPart("GUID section",
                    current.get().start(), part.problem().get(), wayOut));
        }
        GuidBlock block = part.value().orElseThrow(() -> new BurnException(
                new BurnFailure.NothingToKeep("GUIDs and MACs",
                        "the image on flash has no GUID section", wayOut)));
        if (!block.hasGuids()) {
            throw new BurnException(new BurnFailure.NothingToKeep("GUIDs and MACs",
                    "the image on flash has " + block.entries().size() + " entries only", wayOut));
        }
        return block;
    }

    /** The other slot, or what is left of an image, knows the card as well. */
    private static Optional<GuidBlock> elsewhere(FlashContent flash) {
        return flash.slots().stream().flatMap(slot -> slot.content().stream())
                .flatMap(content -> content.guids().value().stream())
                .filter(block -> block.hasGuids() && !block.isBlank()).findFirst()
                .or(() -> flash.leftover().map(Leftover::guids));
    }

    static void checkMacs(GuidBlock block, boolean given) throws BurnException {
        if (!block.hasMacs()) {
            return;
        }
        for (int port = 1; port <= 2; port++) {
            Optional<String> problem = GuidBlock.macProblem(block.mac(port));
            if (problem.isPresent()) {
                throw new BurnException(
                        new BurnFailure.BadMac(block.mac(port), given, problem.get()));
            }
        }
        if (block.mac(1) == 0 && block.mac(2) == 0) {
            throw new BurnException(new BurnFailure.BadMac(0, given, "All bits are zero"));
        }
    }

    private static Kept<String> vsd(Fs2Image image, FlashContent flash, BurnOptions options)
            throws BurnException {
        if (options.vsd().isPresent()) {
            checkVsd(options.vsd().get());
            return new Kept<>(options.vsd().get(), Source.GIVEN);
        }
        if (options.has(BurnOptions.Choice.IMAGE_PS)) {
            return new Kept<>(image.info().flatMap(ImageInfo::vsd).orElse(""), Source.IMAGE);
        }
        KeptPart<ImageInfo> info = flash.info();
        if (info.problem().isPresent()) {
            throw new BurnException(new BurnFailure.DamagedPart("Image Info",
                    flash.infoStart(), info.problem().get(),
                    "give the vendor text with -vsd, or take that of the image with"
                    + " -use_image_ps"));
        }
        Optional<String> text = info.value().flatMap(ImageInfo::vsd);
        if (text.isPresent()) {
            return new Kept<>(text.get(), Source.FLASH);
        }
        if (!options.has(BurnOptions.Choice.NOFS)) {
            throw new BurnException(new BurnFailure.NothingToKeep("VSD", why(flash),
                    "give it with -vsd, take that of the image with -use_image_ps, or burn with"
                    + " -nofs to leave it blank"));
        }
        return new Kept<>("", Source.NONE);
    }

    static void checkVsd(String given) throws BurnException {
        if (given.indexOf(0) >= 0
                || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(given)) {
            throw new BurnException(new BurnFailure.BadVsd(given));
        }
        int length = given.getBytes(StandardCharsets.ISO_8859_1).length;
        if (length > ImageInfo.VSD_SIZE) {
            throw new BurnException(new BurnFailure.VsdTooLong(length, ImageInfo.VSD_SIZE));
        }
    }

    private static Optional<Bytes> rom(FlashContent flash) throws BurnException {
        if (flash.rom().problem().isPresent()) {
            throw new BurnException(new BurnFailure.DamagedPart("ROM",
                    flash.current().orElseThrow().start(), flash.rom().problem().get(),
                    "burn without it: -use_image_rom"));
        }
        return flash.rom().value();
    }

    private static String why(FlashContent flash) {
        if (flash.slots().isEmpty()) {
            return "there is no image on the flash";
        }
        SlotState first = flash.slots().get(0);
        return first.problems().isEmpty() ? "the image on flash has none"
                : String.format("the image at 0x%x is damaged (%s)", first.start(),
                        first.problems().get(0));
    }
}
