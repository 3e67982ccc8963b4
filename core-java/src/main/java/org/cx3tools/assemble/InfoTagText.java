// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;

/**
 * Image Info tags as named values. A tag is written by name only if reading it back gives the same
 * data; any other tag, known or not, is written as {@code tag[ID] = hex ...}.
 */
final class InfoTagText {
    private static final int PRODUCT_VERSION_SIZE = 16;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(InfoTag.FORMAT_REVISION, "format_revision"),
            Map.entry(InfoTag.FW_VERSION, "fw_version"),
            Map.entry(InfoTag.BUILD_TIME, "build_time"),
            Map.entry(InfoTag.DEVICE_TYPE, "device_type"),
            Map.entry(InfoTag.PSID, "psid"),
            Map.entry(InfoTag.VSD, "vsd"),
            Map.entry(InfoTag.PRODUCT_VERSION, "product_version"),
            Map.entry(InfoTag.VSD_VENDOR, "vsd_vendor_id"),
            Map.entry(InfoTag.GA_FLAG, "ga"),
            Map.entry(InfoTag.HARDWARE_IDS, "hardware_ids"),
            Map.entry(InfoTag.MIC_VERSION, "mic_version"),
            Map.entry(InfoTag.CONFIG_AREA, "config_area"),
            Map.entry(InfoTag.PRS_NAME, "prs_name"));
    private static final Pattern TAG = Pattern.compile("tag\\[([0-9]{1,3})\\]");
    private static final Pattern QUOTED = Pattern.compile("\"([\\x20-\\x21\\x23-\\x7e]*)\"");
    private static final Pattern VERSION = Pattern.compile(
            "([0-9]{1,5})\\.([0-9]{1,5})\\.([0-9]{1,5})");
    private static final Pattern TIME = Pattern.compile(
            "([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})");
    private static final Pattern WORDS = Pattern.compile("(0x[0-9a-f]{8}( 0x[0-9a-f]{8})*)?");
    private static final Pattern HEX = Pattern.compile("hex(( [0-9a-f]{8})*)");

    /** Longest data written in one line. */
    private static final int MAX_INLINE = 1024;

    private InfoTagText() {
    }

    /** {@return the lines of all tags; empty if a tag is too long for a line} */
    static Optional<String> write(List<InfoTag> tags) {
        StringBuilder out = new StringBuilder();
        for (InfoTag tag : tags) {
            if (tag.data().length() > MAX_INLINE) {
                return Optional.empty();
            }
            String name = NAMES.get(tag.id());
            if (name != null) {
                String value = value(tag);
                if (decode(tag.id(), value).equals(Optional.of(tag.data()))) {
                    out.append(name).append(" = ").append(value).append('\n');
                    continue;
                }
            }
            out.append("tag[").append(tag.id()).append("] = hex");
            for (int at = 0; at < tag.data().length(); at += 4) {
                out.append(String.format(" %08x", tag.data().word(at)));
            }
            out.append('\n');
        }
        return Optional.of(out.toString());
    }

    /** Reads tags back into a payload with an end tag. */
    static Bytes read(SourceGroup group, List<SourceGroup.Item> items) throws SourceException {
        BytesBuilder out = new BytesBuilder(512);
        for (SourceGroup.Item item : items) {
            int id = id(group, item);
            Optional<Bytes> data = decode(id, item.value());
            if (data.isEmpty()) {
                data = hex(item.value());
            }
            if (data.isEmpty()) {
                throw group.error(item, "value does not have the form of this tag");
            }
            out.addWord((long) id << 24 | data.get().length()).add(data.get());
        }
        return out.addWord((long) InfoTag.END << 24).build();
    }

    private static int id(SourceGroup group, SourceGroup.Item item) throws SourceException {
        for (Map.Entry<Integer, String> name : NAMES.entrySet()) {
            if (name.getValue().equals(item.key())) {
                return name.getKey();
            }
        }
        Matcher matcher = TAG.matcher(item.key());
        if (matcher.matches() && Integer.parseInt(matcher.group(1)) < InfoTag.END) {
            return Integer.parseInt(matcher.group(1));
        }
        throw group.error(item, "no such Image Info tag; use its name or tag[0] to tag[254]");
    }

    private static Optional<Bytes> hex(String value) {
        return HEX.matcher(value).matches() ? Optional.of(Bytes.ofHex(value.substring(3)))
                : Optional.empty();
    }

    private static String value(InfoTag tag) {
        Bytes data = tag.data();
        return switch (tag.id()) {
            case InfoTag.PSID, InfoTag.VSD, InfoTag.PRODUCT_VERSION, InfoTag.PRS_NAME ->
                "\"" + data.text() + "\"";
            case InfoTag.FW_VERSION, InfoTag.MIC_VERSION -> data.length() < 8 ? ""
                    : data.u16(0) + "." + data.u16(4) + "." + data.u16(6);
            case InfoTag.BUILD_TIME -> data.length() < 8 ? ""
                    : String.format("%04x-%02x-%02x %02x:%02x:%02x", data.u16(4), data.u8(6),
                            data.u8(7), data.u8(1), data.u8(2), data.u8(3));
            default -> words(data);
        };
    }

    private static String words(Bytes data) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < data.length(); at += 4) {
            out.append(at == 0 ? "" : " ").append(String.format("0x%08x", data.word(at)));
        }
        return out.toString();
    }

    private static Optional<Bytes> decode(int id, String value) {
        return switch (id) {
            case InfoTag.PSID -> text(value, ImageInfo.PSID_SIZE);
            case InfoTag.VSD -> text(value, ImageInfo.VSD_SIZE);
            case InfoTag.PRODUCT_VERSION -> text(value, PRODUCT_VERSION_SIZE);
            case InfoTag.PRS_NAME -> text(value, Math.max(0, value.length() - 2) / 4 * 4 + 4);
            case InfoTag.FW_VERSION, InfoTag.MIC_VERSION -> version(value);
            case InfoTag.BUILD_TIME -> time(value);
            case InfoTag.FORMAT_REVISION, InfoTag.DEVICE_TYPE, InfoTag.VSD_VENDOR,
                InfoTag.GA_FLAG, InfoTag.HARDWARE_IDS, InfoTag.CONFIG_AREA -> wordValues(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Bytes> text(String value, int size) {
        Matcher matcher = QUOTED.matcher(value);
        if (!matcher.matches() || matcher.group(1).length() > size) {
            return Optional.empty();
        }
        Bytes text = Bytes.of(matcher.group(1).getBytes(StandardCharsets.US_ASCII));
        return Optional.of(new BytesBuilder(size).add(text).fill(0, size - text.length()).build());
    }

    private static Optional<Bytes> version(String value) {
        Matcher matcher = VERSION.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long major = Long.parseLong(matcher.group(1));
        long minor = Long.parseLong(matcher.group(2));
        long subminor = Long.parseLong(matcher.group(3));
        return (major | minor | subminor) >>> 16 != 0 ? Optional.empty()
                : Optional.of(new BytesBuilder(8).addWord(major << 16)
                        .addWord(minor << 16 | subminor).build());
    }

    private static Optional<Bytes> time(String value) {
        Matcher m = TIME.matcher(value);
        return m.matches() ? Optional.of(Bytes.ofHex("00" + m.group(4) + m.group(5) + m.group(6)
                + m.group(1) + m.group(2) + m.group(3))) : Optional.empty();
    }

    private static Optional<Bytes> wordValues(String value) {
        return WORDS.matcher(value).matches()
                ? Optional.of(Bytes.ofHex(value.replace("0x", ""))) : Optional.empty();
    }
}
