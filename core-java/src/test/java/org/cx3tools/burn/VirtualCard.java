// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.flash.FlashOptions;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimFault;
import org.cx3tools.nativecore.NativeSimInfo;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;

/** A virtual card in a folder of a test, and the operator's finger on it. */
final class VirtualCard {
    private final Path folder;
    private final Path file;

    private VirtualCard(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** A card with a small image. */
    static VirtualCard small(Path folder, String name, Fs2Image image) throws Exception {
        return small(folder, name, image, CardModel.DEFAULT_CHIP);
    }

    static VirtualCard small(Path folder, String name, Fs2Image image, String chip)
            throws Exception {
        VirtualCard card = new VirtualCard(folder, folder.resolve(name));
        VirtualCards.create(card.file, VirtualCardOptions.of(CardModel.HP_764285_B21)
                .withChip(chip).withImage(Optional.of(image)));
        return card;
    }

    /** The card of the demo. */
    static VirtualCard whole(Path folder, String name) throws Exception {
        VirtualCard card = new VirtualCard(folder, folder.resolve(name));
        VirtualCards.create(card.file, VirtualCardOptions.of(CardModel.HP_764285_B21));
        return card;
    }

    Device open() throws DeviceException {
        Device device = Devices.open(DeviceAddress.parse("sim:" + file),
                OpenOptions.defaults().withLockDir(folder.resolve("locks")));
        try {
            device.flash(new FlashOptions(1, true, Optional.of(Duration.ofMillis(50))));
        } catch (DeviceException e) {
            device.close();
            throw e;
        }
        return device;
    }

    /** Opened without its flash, for questions. */
    Device openClosedFlash() throws DeviceException {
        return Devices.open(DeviceAddress.parse("sim:" + file),
                OpenOptions.defaults().withLockDir(folder.resolve("locks")));
    }

    /** Plans and burns with default options. */
    void burn(Fs2Image image) throws Exception {
        try (Device device = open()) {
            Burner.execute(BurnPlan.make(device, image, BurnOptions.defaults()), device,
                    BurnListener.NONE);
        }
    }

    /** The same, with the danger agreed to. */
    void burnWithConsent(Fs2Image image) throws Exception {
        try (Device device = open()) {
            Burner.execute(BurnPlan.make(device, image, BurnOptions.defaults()).withConsent(),
                    device, BurnListener.NONE);
        }
    }

    void fault(NativeSimFault.Kind kind, long at, long count, int value) throws NativeException {
        NativeSim.setFault(file, new NativeSimFault(kind, at, count, value, 1));
    }

    void noFault() throws NativeException {
        NativeSim.setFault(file, NativeSimFault.NONE);
    }

    void powerCycle(NativeSimInfo.BootPolicy policy) throws NativeException {
        NativeSim.setBootPolicy(file, policy);
        NativeSim.powerCycle(file);
    }

    NativeSimInfo info() throws NativeException {
        return NativeSim.info(file);
    }

    void poke(long address, byte[] data) throws NativeException {
        NativeSim.poke(file, address, data);
    }

    Bytes content() throws NativeException {
        return Bytes.of(
                NativeSim.peek(file, 0, (int) info().flashSizeBytes()));
    }
}
