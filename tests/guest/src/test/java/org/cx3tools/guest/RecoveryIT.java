// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card that boots nothing: found, explained, and brought back to life in place. */
class RecoveryIT {
    private static final String DEVICE = Guest.address(0);
    private static final String SYSFS = "/sys/bus/pci/devices/0000:" + DEVICE;

    @TempDir
    private Path folder;

    @Test
    void aBlankCardIsRecovered() throws Exception {
        Path card = GuestCards.create(folder.resolve("card.sim"), Optional.empty());
        try (Guest guest = Machines.start(GuestSetup.of(card).faster(10))) {
            GuestCards.write(Machines.host(guest, "new.bin"), GuestCards.image(GuestCards.NEW).build());
            assertThat(guest.run("lspci -nn -s " + DEVICE).out()).contains("[15b3:01f8]");
            assertThat(guest.run("cx3 list").out()).contains("15b3:01f8", "recovery");
            // Stock and ours agree that it is reached over configuration space.
            assertThat(guest.run("mstflint -d " + DEVICE + " hw query").out()).contains("HwDevId                 503");
            assertThat(guest.run("cx3 flint -d " + DEVICE + " hw query").out()).contains("HwDevId                 503");

            // That it asks for an image and the sticker is in RecoveryCommandsTest: a minute here, for another read of all flash.
            Ran burn = guest.run("cx3 recover -d " + DEVICE + " -i /host/new.bin -y"
                + " --guid 0x24be05ffffc557c0 --mac 0x24be05c557c1");
            assertThat(burn.code()).as(burn.toString()).isZero();
            assertThat(burn.out()).contains("The flash is blank");
            Ran reset = guest.run("cx3 reset -d " + DEVICE + " -y");
            assertThat(reset.code()).as(reset.toString()).isZero();
            assertThat(reset.out()).contains("Running firmware before: none", "Running firmware after:  " + GuestCards.NEW);

            guest.run("echo 1 >" + SYSFS + "/remove; echo 1 >/sys/bus/pci/rescan");
            assertThat(guest.run("lspci -nn -s " + DEVICE).out()).contains("[15b3:1007]");
            Ran stock = guest.run("mstflint -d " + DEVICE + " verify && mstflint -d " + DEVICE + " query");
            assertThat(stock.code()).as(stock.toString()).isZero();
            assertThat(stock.out()).contains("24be05c557c1     24be05c557c2", "HP_1380110017");
            assertThat(guest.run("cx3 doctor -d " + DEVICE).code()).isZero();
        }
        VirtualCard.powerCycle(card);
        assertThat(VirtualCard.state(card).booted()).isTrue();
    }
}
