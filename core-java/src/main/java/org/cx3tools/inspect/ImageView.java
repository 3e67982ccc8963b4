// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.RomParts;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/**
 * All that can be told about one image. A damaged one is shown as far as its chain leads; what is
 * wrong is a list of sentences, never an exception.
 *
 * @param start    physical address of its first byte
 * @param slot     0 or 1
 * @param header   the fixed header
 * @param parts    BOOT2 blocks and sections in order
 * @param tags     tags of the Image Info section
 * @param guids    GUIDs and MACs
 * @param records  records of all Configuration sections
 * @param rom      parts of the boot ROM
 * @param boardFile the board file (.ini)
 * @param problems what is wrong
 */
public record ImageView(long start, int slot, Optional<ImageHeader> header, List<PartView> parts,
        List<InfoTag> tags, Optional<GuidBlock> guids, List<RecordView> records, List<RomPart> rom,
        Optional<BoardFile> boardFile, List<String> problems) {
    /** Makes the lists unchangeable. */
    public ImageView {
        parts = List.copyOf(parts);
        tags = List.copyOf(tags);
        records = List.copyOf(records);
        rom = List.copyOf(rom);
        problems = List.copyOf(problems);
    }

    /** {@return end of the last part, 0 if there is none} */
    public int size() {
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).part().end();
    }

    /** {@return the first part of a kind} */
    public Optional<PartView> part(SectionType type) {
        return parts.stream().filter(p -> p.part().typeCode() == type.code()).findFirst();
    }

    /**
     * Looks at an image that is no longer in a file or on a flash.
     *
     * @param image the image
     * @param more  fields known beside those that ship with us
     */
    public static ImageView of(Fs2Image image, FieldDictionary more) {
        try {
            return of(LogicalMedium.contiguous(Medium.of(image.bytes())), 0, 0,
                    FieldDictionary.forImage(image).preferring(more));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Looks at an image.
     *
     * @param image  where it is
     * @param start  physical address to tell of it
     * @param slot   slot to tell of it
     * @param fields names of register fields
     * @throws IOException if the medium fails
     */
    static ImageView of(LogicalMedium image, long start, int slot, FieldDictionary fields)
            throws IOException {
        return new Looking(fields).at(image, start, slot);
    }

    ImageView withProblems(List<String> other) {
        return new ImageView(start, slot, header, parts, tags, guids, records, rom, boardFile, other);
    }

    /** One look. */
    private static final class Looking {
        private final FieldDictionary fields;

        Looking(FieldDictionary fields) {
            this.fields = fields;
        }

        ImageView at(LogicalMedium image, long start, int slot) throws IOException {
            ImageOutline.Partial outline = ImageOutline.readAsFarAsPossible(image);
            List<PartView> parts = new ArrayList<>();
            Map<Long, Integer> numbers = new HashMap<>();
            for (ImageOutline.Part part : outline.parts()) {
                int number = numbers.merge(part.typeCode(), 1, Integer::sum);
                parts.add(PartView.of(part, image.read(part.start(), part.length()), number));
            }
            Optional<PartView> info = first(parts, SectionType.IMAGE_INFO);
            return new ImageView(start, slot, outline.header(), parts, parse(info, p -> ImageInfo.parse(p.payload(), payloadStart(p)).tags())
                            .orElse(List.of()),
                    parse(first(parts, SectionType.GUID),
                            p -> GuidBlock.parse(p.payload(), payloadStart(p))),
                    records(parts),
                    first(parts, SectionType.ROM).map(p -> RomParts.of(p.payload()))
                            .orElse(List.of()),
                    boardFile(first(parts, SectionType.FW_CONFIGURATION)), problems(image));
        }

        private static List<String> problems(LogicalMedium image) throws IOException {
            return Verifier.findings(image).stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .map(Finding::toString).toList();
        }

        private List<RecordView> records(List<PartView> parts) {
            List<RecordView> views = new ArrayList<>();
            for (PartView part : parts) {
                if (part.part().typeCode() != SectionType.CONFIGURATION.code()) {
                    continue;
                }
                List<ConfigurationRecord> records = ConfigurationRecord.parse(part.payload())
                        .orElse(List.of());
                for (int i = 0; i < records.size(); i++) {
                    ConfigurationRecord record = records.get(i);
                    views.add(new RecordView(part.name(), i, record, fields.at(record.address())
                            .stream().filter(f -> (f.mask() & record.mask()) != 0).toList()));
                }
            }
            return views;
        }

        private Optional<BoardFile> boardFile(Optional<PartView> part) {
            Optional<Bytes> text = parse(part,
                    p -> FwConfiguration.inflate(p.payload(), payloadStart(p)));
            try {
                return text.isEmpty() ? Optional.empty()
                        : Optional.of(BoardFile.parse(text.get().toArray()));
            } catch (BoardFileException e) {
                // As with all that cannot be read: verification tells why.
                return Optional.empty();
            }
        }

        private interface Parser<T> {
            T parse(PartView part) throws FormatException;
        }

        private <T> Optional<T> parse(Optional<PartView> part, Parser<T> parser) {
            try {
                return part.isEmpty() ? Optional.empty() : Optional.of(parser.parse(part.get()));
            } catch (FormatException e) {
                return Optional.empty();
            }
        }

        private static int payloadStart(PartView part) {
            return part.part().start() + Section.HEADER_SIZE;
        }

        private static Optional<PartView> first(List<PartView> parts, SectionType type) {
            return parts.stream().filter(p -> p.part().typeCode() == type.code()).findFirst();
        }
    }
}
