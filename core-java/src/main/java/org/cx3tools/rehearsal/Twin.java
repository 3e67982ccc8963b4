// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.flash.FlashOptions;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimModel;

/** A virtual card with the chip and the flash of a real one, in a folder of its own that goes with it. */
final class Twin implements AutoCloseable {
    private static final int VENDOR = 0x15b3;
    private static final int DEVICE_CONNECTX3 = 0x1003;
    private static final int DEVICE_CONNECTX3_PRO = 0x1007;
    private static final int ETHERNET = 2;

    private final Path folder;
    private final Path file;
    private final FlashInfo chip;

    private Twin(Path folder, Path file, FlashInfo chip) {
        this.folder = folder;
        this.file = file;
        this.chip = chip;
    }

    /** Makes one; finds the chip among those that a virtual card can have. */
    static Twin of(CardInfo card, FlashInfo chip) throws IOException, DeviceException {
        Path folder = Files.createTempDirectory("cx3-twin");
        for (String name : VirtualCard.chipNames()) {
            Path file = folder.resolve(name);
            try {
                NativeSim.create(file, model(card, chip, name));
            } catch (NativeException e) {
                continue; // no such size of this family
            }
            Twin twin = new Twin(folder, file, chip);
            if (twin.fits()) {
                return twin;
            }
            Files.delete(file);
        }
        remove(folder);
        throw new DeviceException(DeviceCause.NOT_SUPPORTED, "no virtual card has a chip like this one: "
                + chip.type() + ", " + chip.sizeBytes() + " bytes");
    }

    private boolean fits() throws DeviceException {
        try (Device device = open()) {
            FlashInfo mine = device.flash().info();
            return mine.type().equals(chip.type()) && mine.sizeBytes() == chip.sizeBytes()
                    && mine.eraseBytes() == chip.eraseBytes() && mine.erase64k() == chip.erase64k();
        }
    }

    private static NativeSimModel model(CardInfo card, FlashInfo chip, String name) {
        boolean pro = card.hwId() == CardInfo.HW_CONNECTX3_PRO;
        return new NativeSimModel(VENDOR, pro ? DEVICE_CONNECTX3_PRO : DEVICE_CONNECTX3, card.subsystemVendorId(),
                card.subsystemId(), card.hwId(), card.hwRevision(), name, 0, chip.banks(), ETHERNET, ETHERNET,
                "twin", new byte[0]);
    }

    /** Opens it with its flash. */
    Device open() throws DeviceException {
        Device device = Devices.open(DeviceAddress.parse("sim:" + file),
                OpenOptions.defaults().withLockDir(folder.resolve("locks")));
        try {
            device.flash(new FlashOptions(chip.banks(), true, Optional.of(Duration.ofSeconds(1))));
        } catch (DeviceException e) {
            device.close();
            throw e;
        }
        return device;
    }

    /** Gives its flash this content and switches it on. */
    void load(Bytes content) throws DeviceException {
        call(() -> NativeSim.poke(file, 0, content.toArray()));
        VirtualCard.setFault(file, VirtualCard.Fault.NONE);
        VirtualCard.powerCycle(file);
    }

    /** The power fails at the n-th erase or program from now. */
    void cutAt(long operation, long seed) throws DeviceException {
        VirtualCard.setFault(file, new VirtualCard.Fault(VirtualCard.FaultKind.POWER_CUT_AT_OP, operation, 0, 0, seed));
    }

    /** Erases and programs so far. */
    long operations() throws DeviceException {
        VirtualCard.Traffic traffic = VirtualCard.state(file).traffic();
        return traffic.erases() + traffic.programs();
    }

    /** Switches it off and on; tells whether it boots. */
    boolean boots(VirtualCard.BootPolicy policy) throws DeviceException {
        VirtualCard.setBootPolicy(file, policy);
        VirtualCard.powerCycle(file);
        return VirtualCard.state(file).booted();
    }

    /** What its flash holds. */
    Bytes content() throws DeviceException {
        Bytes[] content = new Bytes[1];
        call(() -> content[0] = Bytes.of(NativeSim.peek(file, 0, (int) chip.sizeBytes())));
        return content[0];
    }

    private interface Call {
        void run() throws NativeException;
    }

    private static void call(Call call) throws DeviceException {
        try {
            call.run();
        } catch (NativeException e) {
            throw new DeviceException(DeviceCause.IO, "the virtual twin failed: " + e.getMessage(),
                    DeviceException.Facts.NONE, Optional.of(e));
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
