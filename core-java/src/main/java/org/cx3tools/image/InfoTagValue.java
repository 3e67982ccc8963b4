// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * Image Info tags by name, and their data as text that people write (fs2-image 4):
 *
 * <pre>
 * psid, vsd, product_version, prs_name     "text", padded with NUL
 * fw_version, mic_version                  2.36.5000
 * build_time                               2016-01-06 12:30:00
 * min_fit_version                          2.0.1.0
 * everything else                          0x00000001 0x00000002 ...
 * </pre>
 */
public final class InfoTagValue {
    private static final int PRODUCT_VERSION_SIZE = 16;

    private static final Map<Integer, String> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry(InfoTag.FORMAT_REVISION, "format_revision"),
            Map.entry(InfoTag.FW_VERSION, "fw_version"),
            Map.entry(InfoTag.BUILD_TIME, "build_time"),
            Map.entry(InfoTag.DEVICE_TYPE, "device_type"),
            Map.entry(InfoTag.PSID, "psid"),
            Map.entry(InfoTag.VSD, "vsd"),
            Map.entry(InfoTag.SUPPORTED_PSIDS, "supported_psids"),
            Map.entry(InfoTag.PRODUCT_VERSION, "product_version"),
            Map.entry(InfoTag.VSD_VENDOR, "vsd_vendor_id"),
            Map.entry(InfoTag.GA_FLAG, "ga"),
            Map.entry(InfoTag.HARDWARE_IDS, "hardware_ids"),
            Map.entry(InfoTag.MIC_VERSION, "mic_version"),
            Map.entry(InfoTag.MIN_FIT_VERSION, "min_fit_version"),
            Map.entry(InfoTag.HW_ACCESS_KEY, "hw_access_key"),
            Map.entry(14, "profiles_list"),
            Map.entry(15, "profile_ids"),
            Map.entry(16, "config_info"),
            Map.entry(17, "tlv_format"),
            Map.entry(18, "tracer_hash"),
            Map.entry(InfoTag.CONFIG_AREA, "config_area"),
            Map.entry(InfoTag.PRS_NAME, "prs_name")));
    private static final Pattern NUMBERED = Pattern.compile("tag\\[([0-9]{1,3})\\]");
    private static final Pattern QUOTED = Pattern.compile("\"([\\x20-\\x21\\x23-\\x7e]*)\"");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,5}){2,3}");
    private static final Pattern TIME = Pattern.compile(
            "([0-9]{4})-(0[0-9]|1[0-2])-([0-2][0-9]|3[01]) ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])");
    private static final Pattern WORDS = Pattern.compile("(0x[0-9a-f]{8}( 0x[0-9a-f]{8})*)?");

    private InfoTagValue() {
    }

    /** {@return name of a tag, {@code tag[200]} for an unknown one} */
    public static String name(int id) {
        return NAMES.getOrDefault(id, "tag[" + id + "]");
    }

    /** {@return number of the tag with that name, 0 to 254} */
    public static Optional<Integer> id(String name) {
        for (Map.Entry<Integer, String> known : NAMES.entrySet()) {
            if (known.getValue().equals(name)) {
                return Optional.of(known.getKey());
            }
        }
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) < InfoTag.END
                ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    /** {@return the names of all known tags, by ascending number} */
    public static List<String> names() {
        return List.copyOf(NAMES.values());
    }

    /**
     * Words the data of a tag.
     *
     * @param tag any tag
     * @return text of the form of its kind; data that this form cannot hold is written as words
     */
    public static String text(InfoTag tag) {
        String text = inItsForm(tag);
        return parse(tag.id(), text).equals(Optional.of(tag.data())) ? text : words(tag.data());
    }

    /**
     * Reads the text of a tag.
     *
     * @param id   number of the tag
     * @param text of the form of its kind
     * @return the data, a multiple of 4 bytes; empty if the text has not the form
     */
    public static Optional<Bytes> parse(int id, String text) {
        return switch (id) {
            case InfoTag.PSID -> quoted(text, ImageInfo.PSID_SIZE);
            case InfoTag.VSD -> quoted(text, ImageInfo.VSD_SIZE);
            case InfoTag.PRODUCT_VERSION -> quoted(text, PRODUCT_VERSION_SIZE);
            case InfoTag.PRS_NAME -> quoted(text, Math.max(0, text.length() - 2) / 4 * 4 + 4);
            case InfoTag.FW_VERSION, InfoTag.MIC_VERSION -> version(text);
            case InfoTag.MIN_FIT_VERSION -> fourNumbers(text);
            case InfoTag.BUILD_TIME -> time(text);
            default -> parseWords(text);
        };
    }

    /**
     * Reads data as words, the form that data of any tag can be written in.
     *
     * @param text {@code 0x00000001 0x00000002}
     * @return the data; empty if the text has not the form
     */
    public static Optional<Bytes> parseWords(String text) {
        return WORDS.matcher(text).matches()
                ? Optional.of(Bytes.ofHex(text.replace("0x", ""))) : Optional.empty();
    }

    private static String inItsForm(InfoTag tag) {
        Bytes data = tag.data();
        return switch (tag.id()) {
            case InfoTag.PSID, InfoTag.VSD, InfoTag.PRODUCT_VERSION, InfoTag.PRS_NAME ->
                "\"" + data.text() + "\"";
            case InfoTag.FW_VERSION, InfoTag.MIC_VERSION -> data.length() < 8 ? ""
                    : data.u16(0) + "." + data.u16(4) + "." + data.u16(6);
            case InfoTag.MIN_FIT_VERSION -> data.length() < 8 ? ""
                    : data.u16(0) + "." + data.u16(2) + "." + data.u16(4) + "." + data.u16(6);
            case InfoTag.BUILD_TIME -> data.length() < 8 ? ""
                    : String.format("%04x-%02x-%02x %02x:%02x:%02x", data.u16(4), data.u8(6),
                            data.u8(7), data.u8(1), data.u8(2), data.u8(3));
            default -> words(data);
        };
    }

    private static String words(Bytes data) {
        StringBuilder out = new StringBuilder(data.length() / 4 * 11);
        for (int at = 0; at < data.length(); at += 4) {
            String digits = Long.toHexString(data.word(at));
            out.append(at == 0 ? "0x" : " 0x").append("0".repeat(8 - digits.length())).append(digits);
        }
        return out.toString();
    }

    private static Optional<Bytes> quoted(String text, int size) {
        Matcher matcher = QUOTED.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > size) {
            return Optional.empty();
        }
        Bytes bytes = Bytes.of(matcher.group(1).getBytes(StandardCharsets.US_ASCII));
        return Optional.of(new BytesBuilder(size).add(bytes).fill(0, size - bytes.length()).build());
    }

    private static Optional<Bytes> version(String text) {
        Optional<long[]> numbers = numbers(text, 3);
        return numbers.map(n -> new BytesBuilder(8).addWord(n[0] << 16)
                .addWord(n[1] << 16 | n[2]).build());
    }

    private static Optional<Bytes> fourNumbers(String text) {
        Optional<long[]> numbers = numbers(text, 4);
        return numbers.map(n -> new BytesBuilder(8).addWord(n[0] << 16 | n[1])
                .addWord(n[2] << 16 | n[3]).build());
    }

    private static Optional<long[]> numbers(String text, int count) {
        if (!VERSION.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.");
        long[] numbers = new long[count];
        for (int i = 0; i < parts.length; i++) {
            long number = Long.parseLong(parts[i]);
            if (parts.length != count || number >>> 16 != 0) {
                return Optional.empty();
            }
            numbers[i] = number;
        }
        return Optional.of(numbers);
    }

    private static Optional<Bytes> time(String text) {
        Matcher m = TIME.matcher(text);
        return m.matches() ? Optional.of(Bytes.ofHex("00" + m.group(4) + m.group(5) + m.group(6)
                + m.group(1) + m.group(2) + m.group(3))) : Optional.empty();
    }
}
