// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor names each prepared trouble, and nothing in a healthy card. The troubles of drivers and lockdown are in DriverIT. */
class DoctorIT {
    private static final int HEALTHY = 0;
    private static final int BLANK = 1;
    private static final int DAMAGED = 2;
    private static final int LARGE_BAR2 = 3;
    private static final int NARROW = 4;
    private static final int FOREIGN = 5;
    private static final int DECODING_OFF = 6;
    private static final int LOCKED = 7;
    private static final int CARDS = 8;
    /** The chip of the card; its content is the end of the card's file. */
    private static final int FLASH_BYTES = 1 << 20;
    private static final int INSIDE_OF_BOOT2 = 0x100;

    @TempDir
    static Path folder;

    private static final List<Path> FILES = new ArrayList<>();
    private static Guest guest;

    @BeforeAll
    static void aMachineFullOfTrouble() throws Exception {
        for (int i = 0; i < CARDS; i++) {
            Path file = folder.resolve("card" + i + ".sim");
            FILES.add(i == BLANK ? GuestCards.create(file, Optional.empty())
                : i == FOREIGN ? GuestCards.create(file,
                    Optional.of(GuestCards.image(GuestCards.OLD).psid("LAB0110017001").build()))
                : GuestCards.create(file));
        }
        byte[] card = Files.readAllBytes(FILES.get(DAMAGED));
        card[card.length - FLASH_BYTES + INSIDE_OF_BOOT2] ^= 1;
        Files.write(FILES.get(DAMAGED), card);
        VirtualCard.powerCycle(FILES.get(DAMAGED));
        VirtualCard.setOptions(FILES.get(LARGE_BAR2), Map.of(VirtualCard.Option.BAR2_LOG2_MIB, 20L));
        VirtualCard.setOptions(FILES.get(NARROW), Map.of(VirtualCard.Option.LINK_WIDTH, 4L));
        guest = Machines.start(GuestSetup.of(FILES.toArray(new Path[0])));
    }

    @AfterAll
    static void end() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    private static void found(int card, int code, String... parts) throws Exception {
        Ran ran = guest.run("cx3 doctor -d " + Guest.address(card));
        assertThat(ran.out()).as(ran.toString()).contains(parts);
        assertThat(ran.code()).as(ran.toString()).isEqualTo(code);
        assertThat(ran.traffic().get(card).erases() + ran.traffic().get(card).programs()).isZero();
    }

    @Test
    void aHealthyCardHasNothing() throws Exception {
        found(HEALTHY, 0, "Nothing found.", "Looked at: sysfs, kernel log (/dev/kmsg), locks of the card, images on flash");
    }

    @Test
    void aBlankCardIsInRecoveryMode() throws Exception {
        found(BLANK, 11, "1. The card is in recovery mode", "PCI id 15b3:01f8", "no image begins anywhere on the flash");
    }

    @Test
    void firmwareThatDoesNotBootIsNamedWithItsPart() throws Exception {
        found(DAMAGED, 11, "1. The card is in recovery mode", "image in slot 0 at 0x0", "BOOT2");
    }

    @Test
    void aBar2ThatTheMachineCannotMapIsFound() throws Exception {
        found(LARGE_BAR2, 12, "1. BAR2 of the card does not fit into this machine",
            "BAR 2 [mem size 0x10000000000 64bit pref]", "pci=realloc");
    }

    @Test
    void aNarrowSlotIsAHint() throws Exception {
        found(NARROW, 10, "1. The PCIe link is narrower or slower than the card", "PCIe x4 in use, the card has x8");
    }

    @Test
    void firmwareOfAnotherBoardIsAHint() throws Exception {
        found(FOREIGN, 10, "1. The firmware is of another board", "PSID on flash: LAB0110017001", "103c:22f4, PSID HP_1380110017",
            "part number (VPD): 764285-B21");
    }

    @Test
    void decodingThatIsOffIsCuredByTheCommandThatIsAdvised() throws Exception {
        guest.run("setpci -s " + Guest.address(DECODING_OFF) + " COMMAND=0:2");
        String cure = "echo 1 > /sys/bus/pci/devices/0000:" + Guest.address(DECODING_OFF) + "/enable";
        found(DECODING_OFF, 15, "1. Memory decoding of the card is switched off", cure);
        Ran query = guest.run("cx3 query -d " + Guest.address(DECODING_OFF));
        assertThat(query.code()).isEqualTo(1);
        assertThat(query.errors()).contains("bit 1 of the PCI command register is 0");
        assertThat(guest.run("cx3 query -d pciconf:" + Guest.address(DECODING_OFF)).out()).contains("HP_1380110017");
        assertThat(guest.run(cure).code()).isZero();
        found(DECODING_OFF, 0, "Nothing found.");
    }

    @Test
    void locksOfADeadToolAreFoundAndFreedAsAdvised() throws Exception {
        long before = VirtualCard.state(FILES.get(LOCKED)).traffic().spiCommands();
        Guest.Job job = guest.start("mstflint -d " + Guest.address(LOCKED) + " verify");
        Waiting.until("stock reads", () -> VirtualCard.state(FILES.get(LOCKED)).traffic().spiCommands() > before + 100);
        job.kill("STOP"); // it is alive, however long the doctor takes to start
        found(LOCKED, 14, "held by somebody at work", "(ld-linux-x86-64) has the card open");
        job.kill("KILL");
        job.await();
        found(LOCKED, 14, "1. A flash lock of the card was left behind", "programming lock (register 0xf03a0) is held");
        assertThat(guest.run("cx3 hw -d 0000:" + Guest.address(LOCKED) + " --clear-semaphore -y").code()).isZero();
        found(LOCKED, 0, "Nothing found.");
    }

    @Test
    void theLogOfAnotherMachineIsRead() throws Exception {
        Files.writeString(Machines.host(guest, "dmesg.txt"), "[   10.2] mlx4_core 0000:" + Guest.address(HEALTHY)
            + ": Failed to enable SR-IOV, continuing without SR-IOV (err = -12)\n");
        Ran ran = guest.run("cx3 doctor -d " + Guest.address(HEALTHY) + " --kernel-log /host/dmesg.txt --json");
        assertThat(ran.code()).isEqualTo(12);
        assertThat(ran.out()).contains("\"kind\" : \"SRIOV_RESOURCES\"", "dump-config -d 0000:" + Guest.address(HEALTHY));
    }

    /** Anybody can write to the kernel log. */
    @Test
    void forgedLinesOfTheKernelLogAreNotBelieved() throws Exception {
        guest.run("echo 'mlx4_core 0000:" + Guest.address(HEALTHY) + ": Failed to start FW, aborting' >/dev/kmsg");
        found(HEALTHY, 0, "Nothing found.");
    }

    @Test
    void somebodyWithoutPrivilegeIsToldWhatWasNotSeen() throws Exception {
        Ran ran = guest.run("su nobody -c 'cx3 doctor -d " + Guest.address(HEALTHY) + "'");
        assertThat(ran.code()).as(ran.toString()).isEqualTo(3);
        assertThat(ran.out()).contains("Nothing found.", "Not looked at: registers and flash", "run as root");
    }

    @Test
    void aMachineWithoutACardSaysWhereToLook() throws Exception {
        try (Guest empty = Machines.start(GuestSetup.of())) {
            Ran ran = empty.run("cx3 doctor");
            assertThat(ran.code()).isEqualTo(15);
            assertThat(ran.out()).contains("No ConnectX-3 card found", "lspci -nn");
        }
    }
}
