// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;

/**
 * Vital product data (nv-config 7.1).
 *
 * <pre>
 *   0x82 length(16, little-endian) product name
 *   0x90 length(16) read-only fields    each: keyword (2 characters) | length (8) | data
 *   0x91 length(16) read-write fields   the same form
 *   0x78 end
 * </pre>
 *
 * @param name product name, trailing blanks and NULs cut off
 * @param fields all fields but RV and RW, in their order
 * @param checksumRight whether the bytes up to the first byte of RV sum up to 0 modulo 256; empty
 *     without RV
 * @param raw all bytes it was parsed from
 */
public record Vpd(String name, List<Field> fields, Optional<Boolean> checksumRight, Bytes raw) {
    private static final int TAG_NAME = 0x82;
    private static final int TAG_READ_ONLY = 0x90;
    private static final int TAG_READ_WRITE = 0x91;
    private static final int TAG_END = 0x78;
    private static final int TAG_HEADER = 3;
    private static final int FIELD_HEADER = 3;

    /**
     * One field.
     *
     * @param keyword two characters: PN part number, EC revision, SN serial number, V. vendor, Y.
     *     system
     * @param value text, trailing blanks and NULs cut off; ISO 8859-1 keeps every byte
     * @param writable whether it lies in the read-write part
     */
    public record Field(String keyword, String value, boolean writable) {}

    /** Keeps a copy of the list. */
    public Vpd {
        fields = List.copyOf(fields);
    }

    /** {@return value of the first field of this keyword} */
    public Optional<String> value(String keyword) {
        return fields.stream().filter(f -> f.keyword().equals(keyword)).map(
                Field::value).findFirst();
    }

    /**
     * Parses the bytes that the kernel shows in the file {@code vpd}; what follows the end tag is
     * not looked at.
     *
     * @throws DeviceException with {@link DeviceCause#BAD_VPD} and the offset of the first tag or
     *     field that is unknown or does not fit
     */
    public static Vpd parse(byte[] data) throws DeviceException {
        String name = "";
        List<Field> fields = new ArrayList<>();
        Optional<Boolean> checksum = Optional.empty();
        int at = 0;
        while (true) {
            if (at >= data.length) {
                throw bad(at, "end of data instead of the end tag 0x78");
            }
            int tag = data[at] & 0xff;
            if (tag == TAG_END) {
                return new Vpd(name, fields, checksum, Bytes.of(data));
            }
            if (tag != TAG_NAME && tag != TAG_READ_ONLY && tag != TAG_READ_WRITE) {
                throw bad(at, "unknown tag 0x" + Integer.toHexString(tag));
            }
            if (at + TAG_HEADER > data.length) {
                throw bad(at, "tag is cut off");
            }
            int length = (data[at + 1] & 0xff) | (data[at + 2] & 0xff) << 8;
            int start = at + TAG_HEADER;
            if (length > data.length - start) {
                throw bad(at, "tag of " + length + " bytes is longer than the data");
            }
            if (tag == TAG_NAME) {
                name = text(data, start, length);
            } else {
                Optional<Boolean> sum = fields(data, start, length, tag == TAG_READ_WRITE, fields);
                checksum = checksum.isPresent() ? checksum : sum;
            }
            at = start + length;
        }
    }

    private static Optional<Boolean> fields(byte[] data, int start, int length, boolean writable,
            List<Field> into)
            throws DeviceException {
        Optional<Boolean> checksum = Optional.empty();
        int end = start + length;
        int at = start;
        while (at < end) {
            if (at + FIELD_HEADER > end) {
                throw bad(at, "field is cut off");
            }
            int size = data[at + 2] & 0xff;
            if (size > end - at - FIELD_HEADER) {
                throw bad(at, "field of " + size + " bytes is longer than its tag");
            }
            String keyword = new String(data, at, 2, StandardCharsets.ISO_8859_1);
            int value = at + FIELD_HEADER;
            if (keyword.equals("RV") && size > 0) {
                checksum = Optional.of(sum(data, value + 1) == 0);
            } else if (!keyword.equals("RV") && !keyword.equals("RW")) {
                into.add(new Field(keyword, text(data, value, size), writable));
            }
            at = value + size;
        }
        return checksum;
    }

    private static int sum(byte[] data, int end) {
        int sum = 0;
        for (int i = 0; i < end; i++) {
            sum += data[i];
        }
        return sum & 0xff;
    }

    private static String text(byte[] data, int start, int length) {
        int end = start + length;
        while (end > start && (data[end - 1] == 0 || data[end - 1] == ' ')) {
            end--;
        }
        return new String(data, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static DeviceException bad(int offset, String why) {
        return new DeviceException(DeviceCause.BAD_VPD,
                String.format("Vital product data, offset 0x%x: %s", offset, why),
                        DeviceException.Facts.at(offset));
    }
}
