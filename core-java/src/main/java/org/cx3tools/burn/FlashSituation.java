// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Medium;

/**
 * What an interrupted burn, or a life full of burns, has left on a flash, told from its content
 * alone.
 *
 * @param kind in one word
 * @param intact places with a signature over an intact image, ascending
 * @param damaged places with a signature over something else
 * @param complete images that lack nothing but their signature
 * @param begun where an image without signature begins that is not complete
 */
public record FlashSituation(Kind kind, List<SlotState> intact, List<SlotState> damaged,
        List<Complete> complete, List<Long> begun) {

    /** In one word. */
    public enum Kind {
        /** One image, and it is intact. */
        ORDERLY,
        /** One intact image, and beside it what an interrupted burn has begun or nearly finished. */
        UNFINISHED,
        /** Several intact images. */
        SEVERAL,
        /** No image boots, but there is something left. */
        NOTHING_BOOTS,
        /** The flash holds no trace of an image. */
        BLANK
    }

    /** Why a complete image lacks its signature. */
    public enum Lack {
        /** It was not written yet, or not to its end: it can be programmed. */
        UNSIGNED,
        /** It was taken away: bits have to rise again, so the first unit has to be erased. */
        INVALIDATED
    }

    /**
     * An image that lacks nothing but its signature.
     *
     * @param start where it begins
     * @param image the image, with its signature
     * @param lack why it has none
     */
    public record Complete(long start, Fs2Image image, Lack lack) {}

    /** Keeps copies of the lists. */
    public FlashSituation {
        intact = List.copyOf(intact);
        damaged = List.copyOf(damaged);
        complete = List.copyOf(complete);
        begun = List.copyOf(begun);
    }

    /**
     * Looks at a flash.
     *
     * @param flash what it holds, read whole
     */
    public static FlashSituation of(FlashContent flash) {
        Bytes dump = flash.dump().orElseThrow(
                () -> new IllegalArgumentException("a situation is told from the whole flash"));
        List<SlotState> intact = flash.slots().stream().filter(SlotState::usable).toList();
        List<SlotState> damaged = flash.slots().stream().filter(slot -> !slot.usable()).toList();
        List<Complete> complete = new ArrayList<>();
        List<Long> begun = new ArrayList<>();
        for (long start : ImageLocator.searched(dump.length())) {
            if (flash.starts().contains(start) || start + ImageHeader.SIZE > dump.length()) {
                continue;
            }
            Optional<Complete> found = complete(dump, start);
            found.ifPresent(complete::add);
            if (found.isEmpty() && isBegun(dump, start)
                    && intact.stream().noneMatch(slot -> covers(slot, start))) {
                begun.add(start);
            }
        }
        return new FlashSituation(kind(dump, intact, damaged, complete, begun), intact, damaged, complete, begun);
    }

    /** Behind the place of a signature that was never written lies a header that belongs there. */
    private static boolean isBegun(Bytes dump, long start) {
        ImageHeader header = new ImageHeader(dump.slice((int) start, ImageHeader.SIZE));
        return header.raw().slice(0, ImageLocator.MAGIC.length()).isFilledWith(0xff)
                && header.failsafeWordValid() && (start == 0 || header.chunkMap().chunkSize() == start);
    }

    private static Kind kind(Bytes dump, List<SlotState> intact, List<SlotState> damaged,
            List<Complete> complete, List<Long> begun) {
        if (intact.size() > 1) {
            return Kind.SEVERAL;
        }
        if (intact.size() == 1) {
            boolean unsigned = complete.stream().anyMatch(c -> c.lack() == Lack.UNSIGNED);
            return unsigned || !damaged.isEmpty() || !begun.isEmpty() ? Kind.UNFINISHED : Kind.ORDERLY;
        }
        return damaged.isEmpty() && complete.isEmpty() && begun.isEmpty() && dump.isFilledWith(0xff)
                ? Kind.BLANK : Kind.NOTHING_BOOTS;
    }

    private static boolean covers(SlotState slot, long address) {
        return slot.content().map(c -> Layout.contains(
                Layout.pieces(c.map(), c.map().failsafe() ? slot.slot() : 0, c.size()), address)).orElse(false);
    }

    private static Optional<Complete> complete(Bytes dump, long start) {
        Bytes magic = ImageLocator.MAGIC;
        Bytes there = dump.slice((int) start, magic.length());
        boolean invalidated = there.slice(4, 12).equals(magic.slice(4, 12));
        boolean unsigned = true;
        for (int i = 0; i < magic.length(); i++) {
            unsigned &= (there.u8(i) & magic.u8(i)) == magic.u8(i);
        }
        if (!invalidated && !unsigned) {
            return Optional.empty();
        }
        byte[] signed = dump.toArray();
        magic.copyTo(0, signed, (int) start, magic.length());
        try {
            Fs2Image image = ImageReader.read(Medium.of(Bytes.of(signed)), start);
            return Judge.problems(image).isEmpty() && !image.hasBlankGuids() ? Optional.of(new Complete(start, image,
                    unsigned ? Lack.UNSIGNED : Lack.INVALIDATED)) : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /** {@return one paragraph for the operator: what is there, what boots, and what to do} */
    public String text() {
        return switch (kind) {
            case ORDERLY -> "The flash is in order: " + name(intact.get(0)) + " boots."
                    + (complete.isEmpty() ? "" : " " + older());
            case UNFINISHED -> "A burn was interrupted. " + "The" + name(intact.get(0)).substring(3)
                    + " is intact and boots; " + String.join(", ", remains()) + ". Burn again to finish, or leave"
                    + " it: what lies there does no harm.";
            case SEVERAL -> "There are " + intact.size() + " intact images: "
                    + intact.stream().map(FlashSituation::name).collect(Collectors.joining(" and "))
                    + ". A burn was interrupted when the new one was complete and the old one not invalidated"
                    + " yet. Each of them boots; which one does is not known. Burn again, or choose with"
                    + " cx3 recover.";
            case NOTHING_BOOTS -> "No image on the flash boots: " + (remains().isEmpty() ? "what it holds is none"
                    : String.join(", ", remains())) + (complete.isEmpty() ? ". Burn an image or restore a backup."
                    : ". The complete one only lacks its signature: cx3 recover gives it back.");
            case BLANK -> "The flash is blank: no image, no GUIDs. Restore a backup, or burn an image with the"
                    + " GUIDs and MACs of the sticker.";
        };
    }

    private String older() {
        return complete.stream().map(c -> "An older image " + describe(c.start(), version(c.image().info()))
                + " could be brought back").collect(Collectors.joining(". ")) + ".";
    }

    private List<String> remains() {
        List<String> remains = new ArrayList<>();
        for (SlotState slot : damaged) {
            remains.add(String.format("the image at 0x%x is damaged (%s)", slot.start(), slot.problems().get(0)));
        }
        for (Complete c : complete) {
            remains.add("the image " + describe(c.start(), version(c.image().info())) + " is complete but for its"
                    + " signature" + (c.lack() == Lack.INVALIDATED ? ", which was taken away" : ""));
        }
        for (long start : begun) {
            remains.add(String.format("an image was begun at 0x%x", start));
        }
        return remains;
    }

    private static String name(SlotState slot) {
        return "the image " + describe(slot.start(), slot.content().flatMap(c -> c.info().value())
                .flatMap(ImageInfo::fwVersion));
    }

    private static Optional<FirmwareVersion> version(Optional<ImageInfo> info) {
        return info.flatMap(ImageInfo::fwVersion);
    }

    private static String describe(long start, Optional<FirmwareVersion> version) {
        return String.format("at 0x%x (firmware %s)", start, version.map(Object::toString).orElse("unknown"));
    }
}
