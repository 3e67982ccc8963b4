// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import java.util.Optional;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.query.ImageQuery;

/** The lines of the vendor's {@code query} (fs2-image 7.3); values start at column 24. */
final class FlintQueryText {
    private static final int COLUMN = 23;
    private static final int GUID_DIGITS = 16;
    private static final int MAC_DIGITS = 12;
    private static final int ENTRIES_WITH_MACS = 6;
    private static final String INDENT = "                       ";

    private final Out out;
    private final ImageQuery query;

    FlintQueryText(Out out, ImageQuery query) {
        this.out = out;
        this.query = query;
    }

    /** Type and version only. */
    void flashedVersion() {
        row("Image type:", "FS2");
        if (query.fwVersion().isPresent() && !query.fwVersion().get().isZero()) {
            row("FW Version:", query.fwVersion().get().toString());
        }
    }

    /**
     * All lines.
     *
     * @param full with the lines of {@code query full}
     * @param quick the stock tool then claims to have skipped a ROM that it did not find
     * @param running what runs on the card
     */
    void print(boolean full, boolean quick, Optional<RunningVersion> running) {
        flashedVersion();
        runningVersion(running);
        releaseDate();
        if (full) {
            details();
        }
        if (query.productVersion().isPresent() && !query.productVersion().get().isEmpty()) {
            row("Product Version:", query.productVersion().get());
        }
        rom(quick);
        row("Device ID:", Integer.toString(query.deviceId().orElse(0)));
        if (query.hwAccessKeySet().isPresent()) {
            row("HW Access Key:", query.hwAccessKeySet().get() ? "Enabled" : "Disabled");
        }
        identities();
        vendorText();
    }

    private void runningVersion(Optional<RunningVersion> running) {
        if (running.isPresent() && query.fwVersion().isPresent()) {
            FirmwareVersion flash = query.fwVersion().get();
            RunningVersion now = running.get();
            boolean same = flash.major() == now.major() && flash.minor() == now.minor()
                && flash.subminor() == now.subminor();
            if (!same) {
                row("FW Version(Running):", now.toString());
            }
        }
    }

    private void releaseDate() {
        if (query.buildTime().isPresent()) {
            ImageInfo.BuildTime time = query.buildTime().get();
            if (time.day() != 0 || time.month() != 0 || time.year() != 0) {
                row("FW Release Date:", time.day() + "." + time.month() + "." + time.year());
            }
        }
    }

    private void details() {
        List<Integer> fit = query.minFitVersion();
        if (fit.size() == 4 && fit.get(0) + fit.get(1) + fit.get(2) + fit.get(3) != 0) {
            row("Min FIT Version:", fit.get(0) + "." + fit.get(1) + "." + fit.get(2) + "." + fit.get(3));
        }
        if (query.micVersion().isPresent() && !query.micVersion().get().isZero()) {
            FirmwareVersion mic = query.micVersion().get();
            row("MIC Version:", mic.major() + "." + mic.minor() + "." + mic.subminor());
        }
        if (query.configArea().sectors() != 0) {
            row("Config Sectors:", Long.toString(query.configArea().sectors()));
        }
        if (query.configArea().pad() != 0) {
            row("Config Pad:", Long.toString(query.configArea().pad()));
        }
        if (query.prsName().isPresent() && !query.prsName().get().isEmpty()) {
            row("PRS Name:", query.prsName().get());
        }
    }

    private void rom(boolean quick) {
        if (quick && query.rom().isEmpty()) {
            row("Rom Info:", "type=UEFI version=skipped cpu=skipped");
            out.print(INDENT).line("type=PXE  version=skipped devid=skipped cpu=skipped");
            out.print(INDENT).line("type=NVMe version=skipped devid=skipped cpu=skipped");
        } else if (query.rom().isPresent()) {
            romLines(out, "Rom Info:              ", query.rom().get().lines());
        }
    }

    /** Prints the first line behind a label and the others below it. */
    static void romLines(Out out, String label, List<String> lines) {
        String before = label;
        for (String line : lines) {
            out.print(before).line(line);
            before = " ".repeat(label.length());
        }
    }

    private void identities() {
        row("Description:", "Node             Port1            Port2            Sys image");
        out.print("GUIDs:                 ");
        if (query.guids().isEmpty()) {
            out.newline();
            return;
        }
        List<Long> entries = query.guids().get().entries();
        for (int i = 0; i < entries.size() && i < 4; i++) {
            out.print(Out.hex(entries.get(i), GUID_DIGITS)).print(" ");
        }
        if (entries.size() != ENTRIES_WITH_MACS) {
            out.line("-W- Cannot get MAC address: Expecting 6 entries in guid section, got " + entries.size()
                + ". Probably an old FW image. Please update.");
            out.newline();
            return;
        }
        out.newline().print("MACs:          ").print("                        ");
        out.print("     ").print(Out.hex(entries.get(4), MAC_DIGITS));
        out.print("     ").line(Out.hex(entries.get(5), MAC_DIGITS));
        if (!query.blankGuids()) {
            badMacs(entries);
        }
    }

    /** Spacing as stock 4.21 prints it: two lines before the first port's warning, one behind each. */
    private void badMacs(List<Long> entries) {
        for (int port = 1; port <= 2; port++) {
            long mac = entries.get(3 + port);
            Optional<String> problem = GuidBlock.macProblem(mac);
            if (problem.isPresent()) {
                out.print(port == 1 ? "\n\n" : "");
                out.line("-W- Bad mac address ( " + Out.hex(mac, MAC_DIGITS) + " ): " + problem.get() + ".");
                out.newline();
            }
        }
    }

    private void vendorText() {
        int vendor = query.vsdVendor();
        if (vendor == 0 || vendor == ImageInfo.VENDOR_MELLANOX) {
            row("VSD:", query.vsd().orElse(""));
            row("PSID:", query.psid().orElse(""));
        } else {
            out.line("-W- Not a Mellanox FW image (vendor_id = 0x" + Out.hex(vendor, 4)
                + "). VSD and PSID are not displayed.");
        }
        if (query.blankGuids()) {
            out.line("-W- GUIDs/MACs values and their CRC are not set.");
        }
    }

    private void row(String label, String value) {
        out.padded(label, COLUMN).line(value);
    }
}
