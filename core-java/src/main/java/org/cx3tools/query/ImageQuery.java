// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.query;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.RomInfo;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * Everything a query shows of an image (fs2-image 7.3).
 *
 * @param failsafe true if the image is to be interleaved on flash
 * @param chunkSize chunk size in bytes, 0 if not failsafe
 * @param slot slot it was read from; 0 for a file
 * @param size end of the last section in bytes
 * @param headerSize size the header tells, in bytes
 * @param hardwareRevision hardware revision of the header
 * @param fullCrc stored full CRC, 0xffff if blank
 * @param fwVersion firmware version
 * @param buildTime time of the build
 * @param minFitVersion four numbers, or none
 * @param micVersion version of the image tool
 * @param configArea sectors, pad and sector size for settings
 * @param prsName name of the PRS file
 * @param productVersion product version text
 * @param rom what the ROM says; empty without a ROM section
 * @param romSize size of the ROM in bytes, 0 without one
 * @param deviceId PCI device id the image is for
 * @param hardwareIds hardware it may be burnt on
 * @param hwAccessKeySet whether the access key is set; empty if the image has none
 * @param guids GUIDs and MACs
 * @param blankGuids true if the GUID section is blank with a blank CRC
 * @param vsd vendor text
 * @param vsdVendor vendor id of the text, 0 if not told
 * @param psid PSID
 * @param sections name and place of all parts
 */
public record ImageQuery(boolean failsafe, long chunkSize, int slot, int size, long headerSize,
        int hardwareRevision, int fullCrc, Optional<FirmwareVersion> fwVersion,
        Optional<ImageInfo.BuildTime> buildTime, List<Integer> minFitVersion,
        Optional<FirmwareVersion> micVersion, ImageInfo.ConfigArea configArea,
        Optional<String> prsName, Optional<String> productVersion, Optional<RomInfo> rom,
        int romSize, OptionalInt deviceId, List<ImageInfo.HardwareId> hardwareIds,
        Optional<Boolean> hwAccessKeySet, Optional<GuidBlock> guids, boolean blankGuids,
        Optional<String> vsd, int vsdVendor, Optional<String> psid,
        List<ImageOutline.Part> sections) {

    /** Makes the lists unchangeable. */
    public ImageQuery {
        minFitVersion = List.copyOf(minFitVersion);
        hardwareIds = List.copyOf(hardwareIds);
        sections = List.copyOf(sections);
    }

    /**
     * Queries an image. Checksums are not looked at.
     *
     * @param image the image
     * @return what it shows
     */
    public static ImageQuery of(Fs2Image image) {
        return make(image.outline(), 0, image.info(), image.guids(), image.hasBlankGuids(),
                image.section(SectionType.ROM));
    }

    /**
     * Queries an image on flash by reading only what is shown. Checksums are not looked at, but for
     * the one of the ROM section, as the stock tool does.
     *
     * @param image where the image is
     * @param withRom false to leave the ROM unread
     * @return what it shows
     * @throws FormatException if the structure is wrong, or the CRC of the ROM
     * @throws IOException if the flash cannot be read
     */
    public static ImageQuery of(LogicalMedium image, boolean withRom)
            throws FormatException, IOException {
        ImageOutline outline = ImageOutline.read(image);
        Optional<Section> infoSection =
                ImageReader.readSection(image, outline, SectionType.IMAGE_INFO);
        Optional<ImageInfo> info = infoSection.isEmpty() ? Optional.empty()
                : Optional.of(ImageInfo.parse(infoSection.get().payload(),
                        infoSection.get().payloadStart()));
        Optional<Section> guidSection =
                ImageReader.readSection(image, outline, SectionType.GUID);
        Optional<GuidBlock> guids = guidSection.isEmpty() ? Optional.empty()
                : Optional.of(GuidBlock.parse(guidSection.get().payload(),
                        guidSection.get().payloadStart()));
        boolean blank = guids.isPresent() && guids.get().isBlank()
                && (guidSection.get().storedCrc() & 0xffff) == 0xffff;
        Optional<Section> rom = withRom
                ? ImageReader.readSection(image, outline, SectionType.ROM) : Optional.empty();
        if (rom.isPresent() && !rom.get().crcOk()) {
            throw new FormatException(rom.get().crcStart(), "CRC of section ROM",
                    "0x" + Integer.toHexString(rom.get().computedCrc()),
                    "0x" + Long.toHexString(rom.get().storedCrc()));
        }
        return make(outline, image.slot(), info, guids, blank, rom);
    }

    /**
     * Tells the MAC a port of a card with this image uses, derived from its GUID where needed.
     *
     * @param port 1 or 2
     * @return 48 bits; empty without GUIDs
     */
    public OptionalLong mac(int port) {
        if (guids.isEmpty() || !guids.get().hasGuids() || blankGuids) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(guids.get().withMacs().mac(port));
    }

    private static ImageQuery make(ImageOutline outline, int slot, Optional<ImageInfo> found,
            Optional<GuidBlock> guids, boolean blank, Optional<Section> rom) {
        ImageHeader header = outline.header();
        ImageInfo info = found.orElse(new ImageInfo(0, List.of()));
        OptionalLong key = info.hwAccessKey();
        return new ImageQuery(header.failsafe(), header.chunkMap().chunkSize(), slot,
                outline.end(), header.imageSize(), header.hardwareRevision(), header.fullCrc(),
                info.fwVersion(), info.buildTime(), info.minFitVersion(), info.micVersion(),
                info.configArea(), info.prsName(), info.productVersion(),
                rom.isPresent() ? Optional.of(RomInfo.of(rom.get().payload())) : Optional.empty(),
                rom.isPresent() ? rom.get().payload().length() : 0, info.deviceId(),
                info.hardwareIds(),
                key.isPresent() ? Optional.of(key.getAsLong() != 0) : Optional.empty(), guids,
                blank, info.vsd(), info.vsdVendor(), info.psid(), outline.parts());
    }
}
