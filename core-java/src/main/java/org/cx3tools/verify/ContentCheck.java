// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.image.ChipIds;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/** Checks what is in the sections, and that the sections are there that must be. */
final class ContentCheck {
    private static final SectionType[] ONCE = {SectionType.GUID, SectionType.IMAGE_INFO,
        SectionType.ROM, SectionType.FW_CONFIGURATION, SectionType.HASH_FILE};
    private static final SectionType[] USUAL = {SectionType.CONFIGURATION,
        SectionType.FW_CONFIGURATION};
    private static final int[] TAGS = {InfoTag.FW_VERSION, InfoTag.DEVICE_TYPE, InfoTag.PSID,
        InfoTag.VSD};

    private final List<Section> sections;
    private final FindingList findings;
    private boolean guidsBlank;
    private boolean hasMic;
    private int deviceId;

    ContentCheck(List<Section> sections, FindingList findings) {
        this.sections = sections;
        this.findings = findings;
    }

    boolean guidsBlank() {
        return guidsBlank;
    }

    boolean hasMic() {
        return hasMic;
    }

    void run() {
        presence();
        for (Section section : sections) {
            if (section.is(SectionType.IMAGE_INFO)) {
                info(section);
            }
        }
        Set<SectionType> seen = EnumSet.noneOf(SectionType.class);
        for (Section section : sections) {
            SectionType type = section.type().orElse(SectionType.DDR);
            if (!seen.add(type)) {
                // A second one is an error already; thousands would take long to unpack.
                continue;
            }
            switch (type) {
                case GUID -> guids(section);
                case ROM -> rom(section);
                case FW_CONFIGURATION, HASH_FILE -> text(section);
                default -> { }
            }
        }
    }

    private void presence() {
        int end = sections.get(sections.size() - 1).end();
        for (SectionType type : ONCE) {
            int count = 0;
            for (Section section : sections) {
                if (section.is(type) && ++count == 2) {
                    findings.error(section.start(), "section " + type.printedName(),
                            "only one", "a second one");
                }
            }
            if (count == 0 && (type == SectionType.GUID || type == SectionType.IMAGE_INFO)) {
                findings.error(end, "section " + type.printedName(), "one in the chain", "none");
            }
        }
        for (SectionType type : USUAL) {
            boolean found = false;
            for (Section section : sections) {
                found |= section.is(type);
            }
            if (!found) {
                findings.warning(end, "section " + type.printedName(), "one in the chain",
                        "none");
            }
        }
    }

    private void info(Section section) {
        ImageInfo info;
        try {
            info = ImageInfo.parse(section.payload(), section.payloadStart());
        } catch (FormatException e) {
            findings.error(e.offset(), e.what(), e.expected(), e.found());
            return;
        }
        hasMic |= info.tag(InfoTag.MIC_VERSION).isPresent();
        for (int id : TAGS) {
            if (info.tag(id).isEmpty()) {
                findings.error(section.payloadStart(), "Image Info tag " + id,
                        "one in the section", "none");
            }
        }
        boolean[] seen = new boolean[256];
        for (InfoTag tag : info.tags()) {
            if (seen[tag.id()]) {
                findings.warning(tag.offset(), "Image Info tag " + tag.id(), "only one",
                        "a second one");
            }
            seen[tag.id()] = true;
            tagSize(tag);
        }
        endTag(section, info);
        hardware(info);
    }

    private void endTag(Section section, ImageInfo info) {
        int at = section.payloadStart();
        for (InfoTag tag : info.tags()) {
            at = tag.offset() + 4 + tag.data().length();
        }
        if (at + 4 != section.crcStart()) {
            findings.error(at, "end tag of Image Info", "one at the end of the section", "none");
        }
    }

    private void tagSize(InfoTag tag) {
        int size = tag.data().length();
        int expected = switch (tag.id()) {
            case InfoTag.FORMAT_REVISION, InfoTag.DEVICE_TYPE, InfoTag.VSD_VENDOR,
                    InfoTag.GA_FLAG -> 4;
            case InfoTag.FW_VERSION, InfoTag.BUILD_TIME, InfoTag.MIC_VERSION,
                    InfoTag.MIN_FIT_VERSION, InfoTag.HW_ACCESS_KEY -> 8;
            case InfoTag.PSID, InfoTag.PRODUCT_VERSION -> 16;
            case InfoTag.VSD -> ImageInfo.VSD_SIZE;
            case InfoTag.CONFIG_AREA -> size == 12 ? 12 : 8;
            default -> size;
        };
        if (size != expected) {
            findings.error(tag.offset(), "size of Image Info tag " + tag.id(),
                    expected + " bytes", size + " bytes");
        }
    }

    private void hardware(ImageInfo info) {
        deviceId = info.deviceId().orElse(0);
        Optional<InfoTag> device = info.tag(InfoTag.DEVICE_TYPE);
        boolean known = ChipIds.isKnownDevice(deviceId);
        if (device.isPresent() && !known) {
            findings.warning(device.get().offset() + 4, "PCI device id",
                    "4099 to 4112, a ConnectX-3 or ConnectX-3 Pro", Integer.toString(deviceId));
        }
        Optional<InfoTag> tag = info.tag(InfoTag.HARDWARE_IDS);
        if (tag.isEmpty()) {
            return;
        }
        boolean fits = false;
        int at = tag.get().offset();
        for (ImageInfo.HardwareId id : info.hardwareIds()) {
            at += 4;
            boolean x3 = id.hwId() == ChipIds.CONNECTX3 && id.revision() <= 1;
            boolean pro = id.hwId() == ChipIds.CONNECTX3_PRO && id.revision() == 0;
            if (!x3 && !pro) {
                findings.warning(at, "supported hardware id",
                        "0x1f5 revision 0 or 1, or 0x1f7 revision 0",
                        Hex.of(id.hwId()) + " revision " + id.revision());
            }
            fits |= id.hwId() == ChipIds.hwIdOf(deviceId);
        }
        if (!fits && device.isPresent()) {
            findings.warning(tag.get().offset(), "supported hardware ids",
                    "one that fits PCI device id " + deviceId, "none");
        }
    }

    private void guids(Section section) {
        GuidBlock guids;
        try {
            guids = GuidBlock.parse(section.payload(), section.payloadStart());
        } catch (FormatException e) {
            findings.error(e.offset(), e.what(), e.expected(), e.found());
            return;
        }
        int count = guids.entries().size();
        if (count != 4 && count != 6 || section.payload().length() != 8 * count) {
            findings.warning(section.start() + 4, "number of GUID entries", "4 or 6",
                    section.payload().length() % 8 == 0 ? Integer.toString(count)
                            : count + " and a half");
        }
        if (guids.isBlank() && section.storedCrc() == 0xffff) {
            guidsBlank = true;
            findings.warning(section.payloadStart(), "GUIDs and MACs", "values",
                    "blank ones; the card needs values before it can work");
            return;
        }
        for (int port = 1; port <= 2 && guids.hasMacs() && !guids.macsAreDerived(); port++) {
            Optional<String> problem = GuidBlock.macProblem(guids.mac(port));
            if (problem.isPresent()) {
                findings.warning(section.payloadStart() + 24 + 8 * port, "MAC of port " + port,
                        "a unicast address of 48 bits", Hex.of(guids.mac(port)) + ": "
                        + problem.get());
            }
        }
    }

    private void rom(Section section) {
        RomInfo rom = RomInfo.of(section.payload());
        if (rom.checksumWrong()) {
            findings.error(section.payloadStart(), "checksum of the expansion ROM",
                    "bytes that sum to 0 modulo 256", rom.warning().orElse("another sum"));
        } else if (rom.error().isPresent() || rom.warning().isPresent()) {
            findings.warning(section.payloadStart(), "expansion ROM",
                    "version records that can be read",
                    rom.error().orElse(rom.warning().orElse("")));
        } else if (rom.pciDeviceId() != 0 && deviceId != 0 && rom.pciDeviceId() != deviceId) {
            findings.warning(section.payloadStart(), "PCI device id of the expansion ROM",
                    Integer.toString(deviceId), Integer.toString(rom.pciDeviceId()));
        }
    }

    private void text(Section section) {
        try {
            FwConfiguration.inflate(section.payload(), section.payloadStart());
        } catch (FormatException e) {
            findings.error(e.offset(), section.name() + ": " + e.what(), e.expected(), e.found());
        }
    }
}
