// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.CardInfo;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;

/**
 * What a backup is of. On disk it is text, a line {@code name=value} each, so that it can be read
 * without this tool.
 *
 * @param values all lines, in their order
 */
public record BackupManifest(Map<String, String> values) {
    private static final String FORMAT = "1";
    private static final int LARGEST = 1 << 16;

    /** Keeps a copy. */
    public BackupManifest {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** What is known when a flash was read whole. */
    static BackupManifest of(CardInfo card, FlashContent flash, Instant time) {
        Map<String, String> v = new LinkedHashMap<>();
        Bytes dump = flash.dump().orElseThrow();
        FlashInfo chip = flash.flash();
        v.put("format", FORMAT);
        v.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        v.put("device", card.name());
        v.put("pci.id", String.format("%04x:%04x", card.vendorId(), card.deviceId()));
        v.put("pci.subsystem", String.format("%04x:%04x", card.subsystemVendorId(), card.subsystemId()));
        v.put("hardware.id", String.format("0x%x", card.hwId()));
        v.put("hardware.revision", String.valueOf(card.hwRevision()));
        v.put("card.guids", guids(flash).map(GuidBlock::toString).orElse(""));
        v.put("card.psid", flash.current().flatMap(SlotState::content).flatMap(c -> c.info().value())
                .flatMap(ImageInfo::psid).orElse(""));
        v.put("chip.type", chip.type());
        v.put("chip.jedec", String.format("0x%06x", chip.jedecId()));
        v.put("chip.banks", String.valueOf(chip.banks()));
        v.put("chip.erase.bytes", String.valueOf(chip.eraseBytes()));
        v.put("size", String.valueOf(dump.length()));
        v.put("sha256", sha256(dump));
        v.put("slots", slots(flash));
        return new BackupManifest(v);
    }

    static Optional<GuidBlock> guids(FlashContent flash) {
        return flash.current().flatMap(SlotState::content).flatMap(c -> c.guids().value())
                .or(() -> flash.leftover().map(l -> l.guids()));
    }

    /** The images and how good they are: "0x0 INTACT 2.42.5000; 0x80000 DAMAGED". */
    static String slots(FlashContent flash) {
        return flash.slots().stream().map(slot -> String.format("0x%x %s%s", slot.start(), slot.verdict(),
                slot.content().flatMap(c -> c.info().value()).flatMap(ImageInfo::fwVersion)
                .map(version -> " " + version).orElse(""))).collect(Collectors.joining("; "));
    }

    /** {@return SHA-256 as hexadecimal digits} */
    public static String sha256(Bytes content) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(content.toArray())).hex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static BackupManifest parse(Path file) throws BackupException, IOException {
        Bytes bytes;
        try {
            bytes = Bytes.ofFile(file, LARGEST);
        } catch (IOException e) {
            throw new BackupException(file + " is no manifest: " + e.getMessage());
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(new String(bytes.toArray(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new BackupException(file + " is no manifest: " + e.getMessage());
        }
        Map<String, String> values = new LinkedHashMap<>();
        lines.stringPropertyNames().stream().sorted().forEach(name -> values.put(name, lines.getProperty(name)));
        for (Map.Entry<String, String> line : values.entrySet()) {
            // It may come from anywhere, and its values are shown on a terminal.
            if ((line.getKey() + line.getValue()).chars().anyMatch(Character::isISOControl)) {
                throw new BackupException(file + " is no manifest: a control character in one of its lines");
            }
        }
        BackupManifest manifest = new BackupManifest(values);
        if (!FORMAT.equals(values.get("format"))) {
            throw new BackupException(file + " is no manifest of this version: format \""
                    + values.getOrDefault("format", "") + "\", expected \"" + FORMAT + "\"");
        }
        if (manifest.sizeBytes() <= 0 || manifest.sizeBytes() > Backup.LARGEST_FLASH
                || !manifest.sha256().matches("[0-9a-f]{64}")
                || manifest.eraseBytes() != FlashInfo.SUBSECTOR && manifest.eraseBytes() != FlashInfo.SECTOR) {
            throw new BackupException(file + " is no whole manifest: size, sha256 or chip.erase.bytes is missing"
                    + " or wrong");
        }
        return manifest;
    }

    /** {@return the text of the file} */
    String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name).append('=').append(escaped(value)).append('\n'));
        return text.toString();
    }

    /** Backslashes and a blank in front would be read otherwise; control characters would be refused. */
    private static String escaped(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?").replace("\\", "\\\\");
        return plain.startsWith(" ") ? "\\" + plain : plain;
    }

    /** {@return one value, empty when it is not there} */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** {@return size of the flash in bytes} */
    public long sizeBytes() {
        return number("size");
    }

    /** {@return SHA-256 of the flash} */
    public String sha256() {
        return value("sha256");
    }

    private int eraseBytes() {
        return (int) number("chip.erase.bytes");
    }

    /** As much of the chip as counts for judging images. */
    FlashInfo chip() {
        boolean small = eraseBytes() == FlashInfo.SUBSECTOR;
        return new FlashInfo(value("chip.type"), 0, sizeBytes(), 1, eraseBytes(), small, true, false,
                Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false,
                FlashInfo.Times.NONE);
    }

    private long number(String name) {
        try {
            return Long.parseLong(value(name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
