// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.image.RomRecord;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.query.ImageQuery;

/**
 * What is told of an image beside others.
 *
 * @param query version, PSID and identities
 * @param partNumber {@code Name} of the board file, if it can be read and has one
 * @param description {@code Description} of the board file, likewise
 */
public record ManagedImage(ImageQuery query, Optional<String> partNumber,
        Optional<String> description) {
    private static final int CLP_PRODUCT = 0x0f;

    /** Checks that nothing is missing. */
    public ManagedImage {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(partNumber, "partNumber");
        Objects.requireNonNull(description, "description");
    }

    /**
     * Looks at an image.
     *
     * @param content all of its bytes
     * @return what it holds
     * @throws FormatException if it is none, or damaged in a part that is looked at: structure, ROM
     */
    public static ManagedImage ofImage(Bytes content) throws FormatException {
        try {
            return of(LogicalMedium.contiguous(Medium.of(content)));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Looks at the image of a card, the one at the lowest address.
     *
     * @param device the card
     * @return what it holds; empty if no image is on the flash
     * @throws DeviceException if the flash cannot be read
     * @throws FormatException if the image is damaged
     */
    public static Optional<ManagedImage> ofCard(Device device)
            throws DeviceException, FormatException {
        try {
            FlashMedium medium = new FlashMedium(device.flash());
            List<Long> starts = ImageLocator.starts(medium);
            return starts.isEmpty() ? Optional.empty()
                    : Optional.of(of(ImageReader.open(medium, starts.get(0))));
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    private static ManagedImage of(LogicalMedium image) throws FormatException, IOException {
        ImageQuery query = ImageQuery.of(image, true);
        Optional<Section> board = ImageReader.readSection(image, ImageOutline.read(image),
                SectionType.FW_CONFIGURATION);
        if (board.isEmpty() || !board.get().crcOk()) {
            return new ManagedImage(query, Optional.empty(), Optional.empty());
        }
        Bytes text = FwConfiguration.inflate(board.get().payload(), board.get().payloadStart());
        try {
            BoardFile file =
                    BoardFile.parse(new String(text.toArray(), StandardCharsets.ISO_8859_1));
            return new ManagedImage(query, value(file, "Name"), value(file, "Description"));
        } catch (BoardFileException e) {
            // Firmware has no use for the text, so the image is as good as one without.
            return new ManagedImage(query, Optional.empty(), Optional.empty());
        }
    }

    private static Optional<String> value(BoardFile file, String key) {
        return file.get("ADAPTER", key).or(() -> file.get("PS_INFO", key));
    }

    /**
     * {@return versions of the boot ROMs by kind, in alphabetical order; a kind that is not known
     * by its number, as 0x77}
     */
    public Map<String, String> roms() {
        Map<String, String> roms = new TreeMap<>();
        if (query.rom().isPresent()) {
            for (RomRecord record : query.rom().get().records()) {
                String name = record.productName();
                roms.putIfAbsent(name.isEmpty() ? "0x" + Integer.toHexString(record.product())
                        : name, version(record));
            }
        }
        return roms;
    }

    /** As firmware versions: the third number has four digits. */
    private static String version(RomRecord record) {
        String[] parts = record.version().split("\\.");
        if (record.product() == CLP_PRODUCT || parts.length != 3) {
            return record.version();
        }
        return parts[0] + "." + parts[1] + "."
                + "0000".substring(Math.min(4, parts[2].length())) + parts[2];
    }
}
