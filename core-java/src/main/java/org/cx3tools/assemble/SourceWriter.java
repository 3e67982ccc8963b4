// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.ImageParts.Boot2Part;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.SectionType;

/** Writes the parts of an image as a release source in our dialect, with its side files. */
final class SourceWriter {
    /** First line of each source; the name of the parameter is the vendor's (observed). */
    static final String VERSION_KEY = "prepMLX version";
    static final String VERSION = "cx3tools 1";
    static final List<String> GUID_NAMES = List.of("node_guid", "port1_guid", "port2_guid",
            "system_guid", "port1_mac", "port2_mac");

    /** Data up to this size stands in the source itself, also when there are side files. */
    /** Real sections have up to 6 KiB of records; in a line each, 64 KiB are still readable. */
    private static final int MAX_RECORD_BYTES = 0x10000;
    /** From this length of the source on, records are written as plain data. */
    private static final int MAX_COMMENTED = 4 << 20;
    private static final int MAX_HEX = 256;
    private static final int WORDS_IN_LINE = 8;

    private final ImageParts parts;
    private final FieldDictionary fields;
    private final int maxHex;
    private final String filePrefix;
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Map<String, Bytes> files = new LinkedHashMap<>();
    private int fileNumber;

    private SourceWriter(ImageParts parts, FieldDictionary fields, int maxHex,
            String filePrefix) {
        this.parts = parts;
        this.fields = fields;
        this.maxHex = maxHex;
        this.filePrefix = filePrefix;
    }

    /** Puts larger data into side files whose names begin with a prefix. */
    static SourceWriter withSideFiles(ImageParts parts, FieldDictionary fields, String prefix) {
        return new SourceWriter(parts, fields, MAX_HEX, prefix);
    }

    /** Puts everything into the source itself. */
    static SourceWriter singleFile(ImageParts parts, FieldDictionary fields) {
        return new SourceWriter(parts, fields, Integer.MAX_VALUE, "");
    }

    Map<String, Bytes> files() {
        return files;
    }

    String write(Optional<String> boardFileName) {
        line(VERSION_KEY, VERSION);
        out.append(";; Release source in the dialect of cx3tools; made from an image. Sizes,\n"
                + ";; pointers and checksums are computed when it is assembled.\n\n[IMAGE]\n");
        boardFileName.ifPresent(name -> line("board_file", name));
        line("header_10", words(parts.reserved()));
        line("crc_word_high", String.format("0x%04x", parts.crcWordHigh()));
        line("format_word", word(parts.formatWord()));
        out.append(";; ").append((parts.failsafeWord() & 8) == 0 ? "not failsafe" : "failsafe,"
                + " chunk size 0x" + Integer.toHexString(
                        1 << 16 + (int) (parts.failsafeWord() & 7))).append('\n');
        line("failsafe_word", word(parts.failsafeWord()));
        line("last_next", word(parts.lastNext()));
        parts.keptCrc().ifPresent(crc -> line("full_crc", String.format("0x%04x", crc)));
        out.append("\n[FIELDS]\n");
        fields.fields().forEach(field -> out.append(field).append('\n'));
        for (Boot2Part block : parts.boot2()) {
            out.append("\n[BOOT2]\n");
            line("word", word(block.word()));
            data(block.data(), "boot2");
        }
        for (SectionPart section : parts.sections()) {
            section(section);
        }
        return out.toString();
    }

    private void section(SectionPart section) {
        String name = SectionType.nameOf(section.typeCode());
        out.append("\n[SECTION ").append(section.typeCode()).append(' ').append(name)
                .append("]\n");
        line("param", word(section.param()));
        if (section.size() != section.payload().length()) {
            line("size", Integer.toString(section.size()));
        }
        if (!structured(section)) {
            data(section.payload(), name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("-$", ""));
        }
    }

    private boolean structured(SectionPart section) {
        if (section.is(SectionType.CONFIGURATION)) {
            if (section.payload().length() > MAX_RECORD_BYTES || out.length() > MAX_COMMENTED) {
                return false;
            }
            Optional<List<ConfigurationRecord>> records =
                    ConfigurationRecord.parse(section.payload());
            records.ifPresent(this::records);
            return records.isPresent();
        }
        if (section.is(SectionType.GUID)) {
            return guids(section.payload());
        }
        return section.is(SectionType.IMAGE_INFO) && info(section.payload());
    }

    private void records(List<ConfigurationRecord> records) {
        line("data", "records");
        for (ConfigurationRecord record : records) {
            for (Field field : fields.at(record.address())) {
                if ((record.mask() & field.mask()) != 0) {
                    out.append("; ").append(field.name()).append(" = ")
                            .append(field.get(record.value())).append('\n');
                }
            }
            out.append(record).append('\n');
        }
    }

    private boolean guids(Bytes payload) {
        if (payload.length() % 8 != 0 || payload.length() > 8 * GuidBlock.MAX_ENTRIES) {
            return false;
        }
        line("data", "guids");
        for (int i = 0; i < payload.length() / 8; i++) {
            line(guidName(i), String.format("0x%016x", payload.u64(8 * i)));
        }
        return true;
    }

    static String guidName(int index) {
        return index < GUID_NAMES.size() ? GUID_NAMES.get(index) : "guid[" + index + "]";
    }

    /** Only a section that comes back the same is written as tags. */
    private boolean info(Bytes payload) {
        try {
            Optional<String> tags = InfoTagText.write(ImageInfo.parse(payload, 0).tags());
            if (tags.isEmpty()) {
                return false;
            }
            SourceGroup group = SourceGroup.parse("", tags.get()).groups().get(0);
            if (!InfoTagText.read(group, group.items()).equals(payload)) {
                return false;
            }
            line("data", "tags");
            out.append(tags.get());
            return true;
        } catch (FormatException | SourceException e) {
            // Not of the known form: the bytes are written as they are.
            return false;
        }
    }

    private void data(Bytes data, String kind) {
        if (data.length() > maxHex) {
            String name = String.format("%s-%02d-%s.bin", filePrefix, fileNumber++, kind);
            files.put(name, data);
            line("data", "file " + name + " " + data.length() + " " + SideFiles.sha256(data));
            return;
        }
        line("data", "hex");
        for (int at = 0; at < data.length(); at += 4 * WORDS_IN_LINE) {
            out.append(words(data.slice(at, Math.min(4 * WORDS_IN_LINE, data.length() - at))))
                    .append('\n');
        }
    }

    private void line(String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    private static String word(long value) {
        return String.format("0x%08x", value);
    }

    private static String words(Bytes data) {
        String digits = data.hex();
        StringBuilder words = new StringBuilder(digits.length() / 8 * 9);
        for (int at = 0; at < digits.length(); at += 8) {
            words.append(at == 0 ? "" : " ").append(digits, at, at + 8);
        }
        return words.toString();
    }
}
