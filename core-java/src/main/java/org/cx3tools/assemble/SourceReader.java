// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.assemble.ImageParts.Boot2Part;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageOutline;

/** Reads the groups of a release source in our dialect back into the parts of an image. */
final class SourceReader {
    private static final Pattern SECTION = Pattern.compile("SECTION ([0-9]{1,10})( .*)?");
    private static final Pattern FILE = Pattern.compile(
            "file (\\S+) ([0-9]{1,9}) ([0-9a-f]{64})");
    private static final Pattern HEADER_WORDS = Pattern.compile(
            "[0-9a-fA-F]{8}( [0-9a-fA-F]{8}){3}");
    private static final Set<String> IMAGE_KEYS = Set.of("board_file", "header_10",
            "crc_word_high", "format_word", "failsafe_word", "last_next", "full_crc");

    private final SideFiles files;
    private final List<Boot2Part> boot2 = new ArrayList<>();
    private final List<SectionPart> sections = new ArrayList<>();
    private Optional<SourceGroup> image = Optional.empty();

    SourceReader(SideFiles files) {
        this.files = files;
    }

    ImageParts read(String source, List<SourceGroup> groups) throws SourceException {
        for (SourceGroup group : groups.subList(1, groups.size())) {
            group(group);
        }
        if (image.isEmpty() || boot2.isEmpty() || boot2.size() > 2 || sections.isEmpty()) {
            throw new SourceException(source, 0, "", "this is no complete release source of our"
                    + " dialect: it needs one [IMAGE], one or two [BOOT2] and some [SECTION]"
                    + " groups");
        }
        SourceGroup header = image.get();
        SourceGroup.Item reserved = header.required("header_10");
        if (!HEADER_WORDS.matcher(reserved.value()).matches()) {
            throw header.error(reserved, "expected four words of 8 hexadecimal digits");
        }
        Optional<SourceGroup.Item> crc = header.optional("full_crc");
        return new ImageParts(Bytes.ofHex(reserved.value()),
                (int) header.number(header.required("crc_word_high"), 16),
                header.number(header.required("format_word"), 32),
                header.number(header.required("failsafe_word"), 32), boot2, sections,
                lastNext(header),
                crc.isPresent() ? OptionalInt.of((int) header.number(crc.get(), 16))
                        : OptionalInt.empty());
    }

    private static long lastNext(SourceGroup header) throws SourceException {
        SourceGroup.Item item = header.required("last_next");
        long next = header.number(item, 32);
        if (next != 0 && next != 0xff000000L) {
            throw header.error(item, "the chain can end with 0xff000000 or 0 only");
        }
        return next;
    }

    /** {@return the parameter that names the board file, if there is one} */
    Optional<SourceGroup.Item> boardFile() throws SourceException {
        return image.isEmpty() ? Optional.empty() : image.get().optional("board_file");
    }

    SourceGroup imageGroup() {
        return image.orElseThrow();
    }

    private void group(SourceGroup group) throws SourceException {
        Matcher section = SECTION.matcher(group.name());
        if (group.name().equals("IMAGE")) {
            if (image.isPresent()) {
                throw group.error("the group is there twice");
            }
            onlyKeys(group, IMAGE_KEYS);
            image = Optional.of(group);
        } else if (group.name().equals("FIELDS")) {
            onlyKeys(group, Set.of());
        } else if (group.name().equals("BOOT2")) {
            boot2(group);
        } else if (section.matches()) {
            section(group, Long.parseLong(section.group(1)));
        } else {
            throw group.error("no such group; known are IMAGE, FIELDS, BOOT2 and SECTION NUMBER");
        }
    }

    private void boot2(SourceGroup group) throws SourceException {
        SourceGroup.Item item = group.required("data");
        long word = group.number(group.required("word"), 32);
        Bytes data = blob(group, item, 2);
        if (boot2.size() == 2) {
            throw group.error("there are at most two BOOT2 blocks");
        }
        try {
            boot2.add(new Boot2Part(word, data));
        } catch (IllegalArgumentException e) {
            throw group.error(item, "no BOOT2 block can have this size");
        }
    }

    private void section(SourceGroup group, long type) throws SourceException {
        if (type >>> 32 != 0 || sections.size() == ImageOutline.MAX_PARTS - 2) {
            throw group.error("section numbers have 32 bits, and there are at most "
                    + (ImageOutline.MAX_PARTS - 2) + " sections");
        }
        long param = group.number(group.required("param"), 32);
        Optional<SourceGroup.Item> given = group.optional("size");
        SourceGroup.Item item = group.required("data");
        int header = given.isPresent() ? 3 : 2;
        Bytes payload = switch (item.value()) {
            case "records" -> records(group, header);
            case "guids" -> guids(group, header);
            case "tags" -> InfoTagText.read(group, below(group, header));
            default -> blob(group, item, header);
        };
        int size = given.isPresent() ? (int) group.number(given.get(), 30) : payload.length();
        try {
            sections.add(new SectionPart(type, param, size, payload));
        } catch (IllegalArgumentException e) {
            throw group.error(item, "no section can have this size");
        }
    }

    /** What stands below the parameters that each group has. */
    private static List<SourceGroup.Item> below(SourceGroup group, int count)
            throws SourceException {
        List<SourceGroup.Item> items = group.items();
        for (int i = 0; i < count; i++) {
            if (items.get(i).isData()) {
                throw group.error(items.get(i), "data words above 'data ='");
            }
        }
        if (!items.get(count - 1).key().equals("data")) {
            throw group.error("the parameter 'data' must be the last one above the data");
        }
        return items.subList(count, items.size());
    }

    private static Bytes records(SourceGroup group, int header) throws SourceException {
        BytesBuilder out = new BytesBuilder();
        for (SourceGroup.Item item : below(group, header)) {
            Bytes words = item.isData() ? Bytes.ofHex(item.value()) : Bytes.empty();
            if (words.length() != ConfigurationRecord.SIZE) {
                throw group.error(item, "expected a record 'ADDRESS VALUE MASK' of three words"
                        + " with 8 hexadecimal digits each");
            }
            out.add(words);
        }
        return out.build();
    }

    private static Bytes guids(SourceGroup group, int header) throws SourceException {
        BytesBuilder out = new BytesBuilder();
        int index = 0;
        for (SourceGroup.Item item : below(group, header)) {
            if (index == GuidBlock.MAX_ENTRIES
                    || !item.key().equals(SourceWriter.guidName(index))) {
                throw group.error(item, "expected " + (index == GuidBlock.MAX_ENTRIES
                        ? "no more entries" : "'" + SourceWriter.guidName(index) + " ='"));
            }
            out.addU64(group.number(item, 64));
            index++;
        }
        return out.build();
    }

    private Bytes blob(SourceGroup group, SourceGroup.Item data, int parameters)
            throws SourceException {
        List<SourceGroup.Item> lines = below(group, parameters);
        Matcher file = FILE.matcher(data.value());
        if (file.matches()) {
            if (!lines.isEmpty()) {
                throw group.error(lines.get(0), "data is in a side file, nothing may follow");
            }
            return files.read(group, data, file.group(1), Long.parseLong(file.group(2)),
                    file.group(3));
        }
        if (!data.value().equals("hex")) {
            throw group.error(data, "expected hex, or file NAME SIZE SHA256, or the form of the"
                    + " section: records, guids, tags");
        }
        BytesBuilder out = new BytesBuilder();
        for (SourceGroup.Item line : lines) {
            if (!line.isData()) {
                throw group.error(line, "expected words of 8 hexadecimal digits");
            }
            out.add(Bytes.ofHex(line.value()));
        }
        return out.build();
    }

    private static void onlyKeys(SourceGroup group, Set<String> keys) throws SourceException {
        for (SourceGroup.Item item : group.items()) {
            if (!keys.contains(item.key())) {
                throw group.error(item, "not understood in group [" + group.name() + "]");
            }
        }
    }
}
