// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Optional;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashInfo;

/** The commands {@code hw query} and {@code clear_semaphore} (fs2-image 7.13, flash-access 3.2). */
final class FlintHardware {
    private static final int COLUMN = 24;

    private FlintHardware() {
    }

    static int query(FlintSession session) {
        if (!session.check("Hw", 1, 1, "query", FlintSession.Target.DEVICE)) {
            return ExitCode.FAILED;
        }
        Optional<Device> opened = FlintTarget.reading(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        try (Device device = opened.get()) {
            print(session.out(), device.card(), device.flash().info());
            return ExitCode.DONE;
        } catch (DeviceException e) {
            return FlintTarget.failed(session, e);
        }
    }

    private static void print(Out out, CardInfo card, FlashInfo flash) {
        out.line("HW Info:");
        row(out, "HwDevId", Integer.toString(card.hwId()));
        row(out, "HwRevId", "0x" + Integer.toHexString(card.hwRevision()));
        out.line("Flash Info:");
        row(out, "Type", flash.type());
        row(out, "TotalSize", "0x" + Long.toHexString(flash.sizeBytes()));
        row(out, "Banks", "0x" + Integer.toHexString(flash.banks()));
        row(out, "SectorSize", "0x" + Integer.toHexString(flash.eraseBytes()));
        row(out, "WriteBlockSize", "0x10");
        // Seen from the stock tool on virtual cards: 0x81 for the family that is programmed byte by byte.
        row(out, "CmdSet", flash.type().startsWith("SST") ? "0x81" : "0x80");
        if (flash.quadEnabled().isPresent()) {
            row(out, "QuadEn", flash.quadEnabled().get() ? "1" : "0");
        }
        if (flash.dummyCycles().isPresent()) {
            row(out, "DummyCycles", Integer.toString(flash.dummyCycles().getAsInt()));
        }
        if (flash.protection().isPresent()) {
            row(out, "Flash0.WriteProtected", protection(flash.protection().get()));
        }
        if (flash.driveStrengthPercent().isPresent()) {
            row(out, "DriverStrength", Integer.toString(flash.driveStrengthPercent().getAsInt()));
        }
        row(out, "JEDEC_ID", "0x" + Out.hex(flash.jedecId(), 6));
    }

    private static String protection(FlashInfo.Protection protection) {
        if (protection.units() == 0) {
            return "Disabled";
        }
        return (protection.top() ? "Top," : "Bottom,") + protection.units()
            + (protection.subsectors() ? "-SubSectors" : "-Sectors");
    }

    private static void row(Out out, String label, String value) {
        out.print("  ").padded(label, COLUMN).line(value);
    }

    static int clearSemaphore(FlintSession session) {
        if (!session.check("clear_semaphore", 0, 0, "", FlintSession.Target.DEVICE)) {
            return ExitCode.FAILED;
        }
        Optional<Device> opened = FlintTarget.device(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        try (Device device = opened.get()) {
            device.clearSemaphores();
            return ExitCode.DONE;
        } catch (DeviceException e) {
            return FlintTarget.failed(session, e);
        }
    }
}
