// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * The images on a flash. With one signature only headers and the small sections are read, since the
 * burn goes to the other slot anyway; with more, every image is read whole and judged by all its
 * CRCs, so that the only intact one is never overwritten.
 *
 * @param flash what the flash is
 * @param slots every place with a signature, in ascending order
 * @param rom boot ROM of the current image; missing unless it was asked for
 * @param leftover when there is no image that can be read, or its GUIDs are damaged: one without
 *     signature that still knows the GUIDs of the card, as an interrupted burn leaves it
 * @param dump all bytes of the flash, when it was read whole
 */
public record FlashContent(FlashInfo flash, List<SlotState> slots, KeptPart<Bytes> rom,
        Optional<Leftover> leftover, Optional<Bytes> dump) {
    /** Keeps a copy of the list. */
    public FlashContent {
        slots = List.copyOf(slots);
    }

    /**
     * Reads what a burn has to know.
     *
     * @param withRom also read the boot ROM of the current image (up to 280 KiB)
     * @throws DeviceException when the flash cannot be read; damaged images are no exception
     */
    public static FlashContent read(FlashPort port, boolean withRom, Progress progress)
            throws DeviceException {
        try {
            return of(port.info(), new FlashMedium(port, progress), withRom, Optional.empty());
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    /**
     * Reads the whole flash and judges every image on it by all its CRCs.
     *
     * @throws DeviceException when the flash cannot be read; damaged images are no exception
     */
    public static FlashContent whole(FlashPort port, Progress progress) throws DeviceException {
        return of(port.info(), FlashReader.dump(port, progress));
    }

    /** What a dump of a whole flash holds. */
    public static FlashContent of(FlashInfo info, Bytes dump) {
        try {
            return of(info, Medium.of(dump), true, Optional.of(dump));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    private static FlashContent of(FlashInfo info, Medium medium, boolean withRom,
            Optional<Bytes> dump) throws IOException {
        List<Long> starts = ImageLocator.starts(medium);
        List<SlotState> slots = new ArrayList<>();
        for (long start : starts) {
            slots.add(judge(medium, start, starts.size() > 1 || dump.isPresent()));
        }
        Optional<SlotState> current = new FlashContent(info, slots, KeptPart.missing(), Optional.empty(),
                dump).current();
        boolean known = current.flatMap(SlotState::content).map(c -> c.guids().problem().isEmpty()).orElse(false);
        return new FlashContent(info, slots, withRom && current.isPresent()
                ? readRom(medium, current.get()) : KeptPart.missing(),
                known ? Optional.empty() : Leftover.find(medium), dump);
    }

    /** The same, of a flash that was read whole; reads it if it was not. */
    FlashContent whole(FlashPort port) throws DeviceException {
        return dump.isPresent() ? this : whole(port, Progress.NONE);
    }

    /** The current image with all its bytes; only of a flash that was read whole. */
    Optional<Fs2Image> currentImage() {
        return current().flatMap(slot -> image(slot.start()));
    }

    /** The image that begins at an address; only of a flash that was read whole. */
    public Optional<Fs2Image> image(long start) {
        if (dump.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ImageReader.read(Medium.of(dump.get()), start));
        } catch (FormatException | IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The image that counts as the one on flash: an intact one before others, then the one at the
     * lower address; empty when there is none that can be read.
     */
    public Optional<SlotState> current() {
        return slots.stream().filter(SlotState::usable).findFirst()
                .or(() -> slots.stream().filter(s -> s.content().isPresent()).findFirst());
    }

    /** {@return PSID of the current image, or of what is left of one; empty if it cannot be read} */
    public Optional<String> psid() {
        return info().value().flatMap(ImageInfo::psid);
    }

    /** Image Info of the current image, or of what is left of one. */
    KeptPart<ImageInfo> info() {
        return current().flatMap(SlotState::content).map(SlotState.Content::info)
                .or(() -> leftover.map(Leftover::info)).orElse(KeptPart.missing());
    }

    /** Flash address of the image that {@link #info} is of; 0 when there is none. */
    long infoStart() {
        return current().map(SlotState::start).or(() -> leftover.map(Leftover::start)).orElse(0L);
    }

    /** {@return addresses of all signatures} */
    public List<Long> starts() {
        return slots.stream().map(SlotState::start).toList();
    }

    private static SlotState judge(Medium medium, long start, boolean whole)
            throws IOException {
        LogicalMedium image;
        try {
            image = ImageReader.open(medium, start);
        } catch (FormatException e) {
            // A damaged failsafe word does not tell where the image should have begun.
            SlotState.Verdict verdict = e.offset() == ImageHeader.FAILSAFE_WORD
                    ? SlotState.Verdict.DAMAGED : SlotState.Verdict.MISPLACED;
            return new SlotState(start, verdict, List.of(e.getMessage()), Optional.empty());
        }
        try {
            if (whole) {
                Fs2Image all = ImageReader.read(image);
                List<String> problems = new ArrayList<>(Judge.problems(all));
                if (all.hasBlankGuids()) {
                    problems.add("GUIDs are blank, a card cannot boot with them");
                }
                SlotState.Content content = content(LogicalMedium.contiguous(
                        Medium.of(all.bytes())), image, all.outline());
                return new SlotState(start, problems.isEmpty() ? SlotState.Verdict.INTACT
                        : SlotState.Verdict.DAMAGED, problems, Optional.of(content));
            }
            SlotState.Content content = content(image, image, ImageOutline.read(image));
            List<String> problems = Stream.of(content.guids(), content.info())
                    .flatMap(part -> part.problem().stream()).toList();
            return new SlotState(start, problems.isEmpty() ? SlotState.Verdict.READABLE
                    : SlotState.Verdict.DAMAGED, problems, Optional.of(content));
        } catch (FormatException e) {
            return new SlotState(start, SlotState.Verdict.DAMAGED, List.of(e.getMessage()),
                    Optional.empty());
        }
    }

    private static SlotState.Content content(LogicalMedium from, LogicalMedium flash,
            ImageOutline outline) throws IOException {
        return new SlotState.Content(flash.map(), outline,
                part(from, outline, SectionType.GUID,
                        s -> GuidBlock.parse(s.payload(), s.payloadStart())),
                part(from, outline, SectionType.IMAGE_INFO,
                        s -> ImageInfo.parse(s.payload(), s.payloadStart())));
    }

    private static KeptPart<Bytes> readRom(Medium medium, SlotState current)
            throws IOException {
        SlotState.Content content = current.content().orElseThrow();
        LogicalMedium image = new LogicalMedium(medium, content.map(), current.slot());
        return part(image, content.outline(), SectionType.ROM, Section::payload);
    }

    private interface Parser<T> {
        T parse(Section section) throws FormatException;
    }

    private static <T> KeptPart<T> part(LogicalMedium image, ImageOutline outline,
            SectionType type, Parser<T> parser) throws IOException {
        Optional<Section> section = ImageReader.readSection(image, outline, type);
        if (section.isEmpty()) {
            return KeptPart.missing();
        }
        Section s = section.get();
        boolean blankGuids = type == SectionType.GUID && s.storedCrc() == 0xffff
                && s.payload().isFilledWith(0xff);
        if (!s.crcOk() && !blankGuids) {
            return KeptPart.damaged(String.format(
                    "wrong CRC at offset 0x%x: expected 0x%x, found 0x%x", s.crcStart(),
                    s.computedCrc(), s.storedCrc()));
        }
        try {
            return KeptPart.good(parser.parse(s));
        } catch (FormatException e) {
            return KeptPart.damaged(e.getMessage());
        }
    }
}
