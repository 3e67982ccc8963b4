// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel's side: a driver that has the card, strict device memory, lockdown. mlx4_core does not come up on a card without DMA:
 * it waits a minute for its first command and then gives up; until then it has the card.
 */
class DriverIT {
    private static final String DEVICE = Guest.address(0);
    private static final String BURN = "cx3 burn -d " + DEVICE + " -i /host/new.bin -y ";

    @TempDir
    private Path folder;

    private Path card;

    @BeforeEach
    void aCard() throws Exception {
        card = GuestCards.create(folder.resolve("card.sim"));
    }

    private Guest machine(String... kernel) throws Exception {
        Guest guest = Machines.start(GuestSetup.of(card).kernel(kernel).faster(10));
        GuestCards.write(Machines.host(guest, "new.bin"), GuestCards.image(GuestCards.NEW).build());
        return guest;
    }

    private static void loadDriver(Guest guest) throws Exception {
        guest.start("modprobe mlx4_core");
        Waiting.until("the driver has the card", () ->
            guest.run("test -e /sys/bus/pci/devices/0000:" + DEVICE + "/driver").code() == 0);
    }

    /** A kernel whose driver is stuck is not asked to shut down. */
    private static void end(Guest guest) throws Exception {
        guest.start("echo o >/proc/sysrq-trigger");
    }

    private long writtenPages() throws Exception {
        return VirtualCard.state(card).traffic().programs();
    }

    @Test
    void besideADriverThatStartsReadingGoesOnAndABurnIsRefused() throws Exception {
        try (Guest guest = machine()) {
            loadDriver(guest);
            long before = writtenPages();
            Ran refused = guest.run(BURN);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.errors()).contains("0000:" + DEVICE + " is in use by mlx4_core", "--unbind-driver",
                "echo 0000:" + DEVICE + " > /sys/bus/pci/drivers/mlx4_core/unbind", "--beside-driver");
            Ran query = guest.run("cx3 query -d " + DEVICE);
            assertThat(query.code()).as(query.toString()).isZero();
            assertThat(query.out()).contains("HP_1380110017");
            assertThat(query.errors()).contains("driver mlx4_core is at work on the card; it is only read, by way of configuration space");
            assertThat(writtenPages()).isEqualTo(before);

            // It resets the chip when it gives up, and finds the flash locked: a kernel BUG, seen before this was refused.
            Ran insisted = guest.run(BURN + "--beside-driver");
            assertThat(insisted.code()).as(insisted.toString()).isEqualTo(1);
            assertThat(insisted.errors()).contains("mlx4_core is still starting up on 0000:" + DEVICE);
            assertThat(writtenPages()).isEqualTo(before);

            // A minute after it was loaded its first command has failed.
            Waiting.until("the driver gives up", () -> guest.run("dmesg | grep -q 'probe of 0000:" + DEVICE + "'").code() == 0);
            Ran doctor = guest.run("cx3 doctor");
            assertThat(doctor.code()).as(doctor.toString()).isEqualTo(11);
            assertThat(doctor.out()).contains("1. The firmware does not answer the driver", "QUERY_FW command failed, aborting",
                "2. The driver gave the card up", "probe of 0000:" + DEVICE + " failed with error -5");
            end(guest);
        }
    }

    @Test
    void withRelaxedDeviceMemoryBar0IsUsedBesideTheDriver() throws Exception {
        try (Guest guest = machine("iomem=relaxed")) {
            loadDriver(guest);
            Ran query = guest.run("cx3 query -d " + DEVICE);
            assertThat(query.code()).as(query.toString()).isZero();
            assertThat(query.errors()).contains("it is only read, by way of BAR0");
            Ran starting = guest.run(BURN + "--unbind-driver");
            assertThat(starting.code()).as(starting.toString()).isEqualTo(1);
            assertThat(starting.errors()).contains("mlx4_core is still starting up on 0000:" + DEVICE);
            end(guest);
        }
    }

    @Test
    void aDriverIsTakenOffForABurnAndHasTheCardAgainAfterwards() throws Exception {
        try (Guest guest = machine()) {
            guest.run("modprobe pci-stub; echo 15b3 1007 >/sys/bus/pci/drivers/pci-stub/new_id");
            assertThat(guest.run("cx3 list").out()).contains("pci-stub");
            Ran doctor = guest.run("cx3 doctor");
            assertThat(doctor.code()).isEqualTo(13);
            assertThat(doctor.out()).contains("Driver pci-stub has the card, not mlx4_core");
            long before = writtenPages();
            assertThat(guest.run(BURN).code()).isEqualTo(1);
            assertThat(writtenPages()).isEqualTo(before);
            Ran beside = guest.run(BURN + "--beside-driver");
            assertThat(beside.code()).as(beside.toString()).isZero();
            assertThat(beside.errors()).contains("warning: driver pci-stub is alive on the card");
            assertThat(writtenPages()).isGreaterThan(before);
            Ran burn = guest.run(BURN + "--unbind-driver");
            assertThat(burn.code()).as(burn.toString()).isZero();
            assertThat(burn.errors()).contains("pci-stub is taken off the card for this command", "pci-stub has the card again");
            assertThat(guest.run("cx3 list").out()).contains("pci-stub");
            Ran reset = guest.run("cx3 reset -d " + DEVICE + " -y --unbind-driver");
            assertThat(reset.code()).as(reset.toString()).isZero();
            assertThat(reset.out()).contains("Running firmware after:  " + GuestCards.NEW);
        }
    }

    @Test
    void lockdownIsNamedInsteadOfAFailedMmap() throws Exception {
        try (Guest guest = machine("lockdown=integrity")) {
            assertThat(guest.run("cat /sys/kernel/security/lockdown").out()).contains("[integrity]");
            Ran query = guest.run("cx3 query -d " + DEVICE);
            assertThat(query.code()).isEqualTo(3);
            assertThat(query.errors()).contains("lockdown");
            assertThat(guest.run("mstflint -d " + DEVICE + " query").code()).isNotZero();
            Ran doctor = guest.run("cx3 doctor");
            assertThat(doctor.code()).as(doctor.toString()).isEqualTo(15);
            assertThat(doctor.out()).contains("1. The kernel is locked down", "Secure Boot");
        }
    }
}
