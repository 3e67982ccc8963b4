// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.cx3tools.binary.Bytes;

/**
 * The Image Info section: tags of an id (bits 31:24) and a size in bytes (23:0) each, then data.
 *
 * <p>If an id occurs twice the last one counts, as in the stock tool. Texts are clipped to the tag.
 *
 * @param start offset of the payload in the image
 * @param tags all tags in order, without the end tag
 */
public record ImageInfo(int start, List<InfoTag> tags) {
    /** Most tags that are accepted; real images have about 20. */
    public static final int MAX_TAGS = 1024;
    /** Bytes a PSID may have. */
    public static final int PSID_SIZE = 16;
    /** Bytes a VSD may have. */
    public static final int VSD_SIZE = 208;
    /** Vendor id of the maker of the cards. */
    public static final int VENDOR_MELLANOX = 0x15b3;

    /** Makes the list unchangeable. */
    public ImageInfo {
        tags = List.copyOf(tags);
    }

    /**
     * Configuration area of the flash.
     *
     * @param sectors number of sectors reserved at the end of each half
     * @param pad sectors left free in addition
     * @param sectorSize size of a sector in bytes, 0 if unknown
     */
    public record ConfigArea(long sectors, long pad, long sectorSize) {
        /** Nothing known. */
        public static final ConfigArea NONE = new ConfigArea(0, 0, 0);
    }

    /**
     * Hardware an image may be burnt on.
     *
     * @param hwId 0x1f5 for ConnectX-3, 0x1f7 for ConnectX-3 Pro
     * @param revision hardware revision
     */
    public record HardwareId(int hwId, int revision) {
    }

    /**
     * Date and time of the build.
     *
     * @param year four digits
     * @param month 1 to 12
     * @param day 1 to 31
     * @param hour 0 to 23
     * @param minute 0 to 59
     * @param second 0 to 59; all as read from BCD digits, not checked
     */
    public record BuildTime(int year, int month, int day, int hour, int minute, int second) {
    }

    /**
     * Parses a payload.
     *
     * @param payload payload of the section
     * @param start offset of the payload in the image
     * @return the tags
     * @throws FormatException if a tag runs over the end, or the end tag is missing or early. As
     *     in the stock tool a missing end tag is accepted if the sizes add up exactly.
     */
    public static ImageInfo parse(Bytes payload, int start) throws FormatException {
        List<InfoTag> tags = new ArrayList<>(20);
        int at = 0;
        while (at + 4 <= payload.length()) {
            int id = payload.u8(at);
            int size = (int) payload.word(at) & 0xffffff;
            if (size % 4 != 0 || size > payload.length() - at - 4) {
                throw new FormatException(start + at, "size of Image Info tag " + id,
                        "a multiple of 4 up to " + (payload.length() - at - 4) + " bytes",
                        size + " bytes");
            }
            if (id == InfoTag.END) {
                if (at + 4 + size != payload.length()) {
                    throw new FormatException(start + at, "end tag of Image Info",
                            "at the end of the section, offset " + (payload.length() - 4),
                            "at offset " + at);
                }
                break;
            }
            if (tags.size() == MAX_TAGS) {
                throw new FormatException(start + at, "number of Image Info tags",
                        "at most " + MAX_TAGS, "more");
            }
            tags.add(new InfoTag(id, start + at, payload.slice(at + 4, size)));
            at += 4 + size;
        }
        return new ImageInfo(start, tags);
    }

    /**
     * Looks a tag up.
     *
     * @param id number of the tag
     * @return the last tag with it
     */
    public Optional<InfoTag> tag(int id) {
        for (int i = tags.size() - 1; i >= 0; i--) {
            if (tags.get(i).id() == id) {
                return Optional.of(tags.get(i));
            }
        }
        return Optional.empty();
    }

    /** {@return firmware version} */
    public Optional<FirmwareVersion> fwVersion() {
        return threeNumbers(InfoTag.FW_VERSION);
    }

    /** {@return version of the image tool} */
    public Optional<FirmwareVersion> micVersion() {
        return threeNumbers(InfoTag.MIC_VERSION);
    }

    /** {@return date and time of the build} */
    public Optional<BuildTime> buildTime() {
        return data(InfoTag.BUILD_TIME, 8).map(d -> new BuildTime(bcd(d.u16(4)), bcd(d.u8(6)),
                bcd(d.u8(7)), bcd(d.u8(1)), bcd(d.u8(2)), bcd(d.u8(3))));
    }

    /** {@return PCI device id the image is for} */
    public OptionalInt deviceId() {
        Optional<Bytes> d = data(InfoTag.DEVICE_TYPE, 4);
        return d.isPresent() ? OptionalInt.of(d.get().u16(2)) : OptionalInt.empty();
    }

    /** {@return PSID without padding} */
    public Optional<String> psid() {
        return text(InfoTag.PSID, PSID_SIZE);
    }

    /** {@return vendor text without padding} */
    public Optional<String> vsd() {
        return text(InfoTag.VSD, VSD_SIZE);
    }

    /** {@return product version text} */
    public Optional<String> productVersion() {
        return text(InfoTag.PRODUCT_VERSION, 16);
    }

    /** {@return name of the PRS file the image was made from} */
    public Optional<String> prsName() {
        return text(InfoTag.PRS_NAME, 100);
    }

    /** {@return vendor id of the VSD, 0 if there is no such tag} */
    public int vsdVendor() {
        Optional<Bytes> d = data(InfoTag.VSD_VENDOR, 4);
        return d.isPresent() ? d.get().u16(2) : 0;
    }

    /** {@return hardware the image may be burnt on; empty if it does not say} */
    public List<HardwareId> hardwareIds() {
        List<HardwareId> ids = new ArrayList<>();
        Bytes d = data(InfoTag.HARDWARE_IDS, 4).orElse(Bytes.empty());
        for (int at = 0; at + 4 <= d.length(); at += 4) {
            ids.add(new HardwareId(d.u16(at + 2), d.u8(at + 1)));
        }
        return ids;
    }

    /** {@return hardware access key; 0 is disabled} */
    public OptionalLong hwAccessKey() {
        Optional<Bytes> d = data(InfoTag.HW_ACCESS_KEY, 8);
        return d.isPresent() ? OptionalLong.of(d.get().u64(0)) : OptionalLong.empty();
    }

    /** {@return four numbers of the least FIT version, empty if there is no such tag} */
    public List<Integer> minFitVersion() {
        Optional<Bytes> d = data(InfoTag.MIN_FIT_VERSION, 8);
        return d.isEmpty() ? List.of()
                : List.of(d.get().u16(0), d.get().u16(2), d.get().u16(4), d.get().u16(6));
    }

    /** {@return configuration area, {@link ConfigArea#NONE} if there is no such tag} */
    public ConfigArea configArea() {
        Bytes d = data(InfoTag.CONFIG_AREA, 8).orElse(Bytes.empty());
        if (d.length() == 0) {
            return ConfigArea.NONE;
        }
        long log2Kib = d.length() >= 12 ? d.word(8) : -1;
        return new ConfigArea(d.word(0), d.word(4),
                log2Kib >= 0 && log2Kib <= 20 ? 1024L << log2Kib : 0);
    }

    private Optional<Bytes> data(int id, int atLeast) {
        Optional<InfoTag> tag = tag(id);
        return tag.isPresent() && tag.get().data().length() >= atLeast
                ? Optional.of(tag.get().data()) : Optional.empty();
    }

    private Optional<String> text(int id, int atMost) {
        Optional<InfoTag> tag = tag(id);
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        Bytes data = tag.get().data();
        return Optional.of(data.slice(0, Math.min(atMost, data.length())).text());
    }

    private Optional<FirmwareVersion> threeNumbers(int id) {
        Optional<Bytes> d = data(id, 8);
        return d.isEmpty() ? Optional.empty() : Optional.of(
                new FirmwareVersion(d.get().u16(0), d.get().u16(4), d.get().u16(6)));
    }

    private static int bcd(int digits) {
        int value = 0;
        for (int shift = 12; shift >= 0; shift -= 4) {
            value = value * 10 + (digits >> shift & 15);
        }
        return value;
    }
}
