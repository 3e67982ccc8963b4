// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine itself: what is said of a command is what it did. */
class GuestIT {
    @TempDir
    static Path folder;

    private static Path first;
    private static Guest guest;

    @BeforeAll
    static void twoCards() throws Exception {
        first = GuestCards.create(folder.resolve("first.sim"));
        guest = Machines.start(GuestSetup.of(first, GuestCards.create(folder.resolve("second.sim"))));
    }

    @AfterAll
    static void end() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    /** Else each access to a register takes longer, see HostCore. */
    @Test
    void theMachineAndItsCardsShareOneCore() throws Exception {
        assumeTrue(HostCore.allowed(status(ProcessHandle.current())).size() > 1, "this computer has one core for us");
        List<List<Integer>> cores = new ArrayList<>();
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            cores.add(HostCore.allowed(status(child)));
        }
        assertThat(cores).hasSize(3).allSatisfy(each -> assertThat(each).hasSize(1).isEqualTo(cores.get(0)));
    }

    private static String status(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
    }

    @Test
    void exitCodesAndBothOutputsAreTold() throws Exception {
        Ran ran = guest.run("echo out; echo 'done 1 0' >&2; printf 'ready\\ndone 2 7\\n'; exit 42");
        assertThat(ran.code()).isEqualTo(42);
        assertThat(ran.out()).isEqualTo("out\nready\ndone 2 7\n");
        assertThat(ran.errors()).isEqualTo("done 1 0\n");
        assertThat(guest.run("kill -TERM $$").code()).isEqualTo(128 + 15);
    }

    @Test
    void largeAndBinaryOutputArrivesWhole() throws Exception {
        Ran ran = guest.run("dd if=/dev/zero bs=1000 count=3000 2>/dev/null | tr '\\0' x");
        assertThat(ran.out()).hasSize(3_000_000).matches("x+");
        guest.run("printf '\\0\\1\\377' >/host/bytes");
        assertThat(Files.readAllBytes(Machines.host(guest, "bytes"))).containsExactly(0, 1, 0xff);
    }

    @Test
    void commandsRunSideBySideAndAreKilledWithTheirChildren() throws Exception {
        Guest.Job slow = guest.start("echo begun; sleep 1000 & sleep 1000; echo not reached");
        Guest.Job other = guest.start("sleep 1; echo other");
        assertThat(other.await().out()).isEqualTo("other\n");
        assertThat(slow.running()).isTrue();
        slow.kill("KILL");
        Ran killed = slow.await();
        assertThat(killed.code()).isEqualTo(128 + 9);
        assertThat(killed.out()).isEqualTo("begun\n");
        assertThat(guest.run("pidof sleep").code()).isNotZero();
    }

    @Test
    void trafficIsThatOfTheCommandAndOfTheCard() throws Exception {
        Ran ran = guest.run("mstmread " + Guest.address(0) + " 0xf0014");
        assertThat(ran.out()).contains("0x000001f7");
        assertThat(ran.traffic().get(0).reads()).isBetween(2L, 4L);
        assertThat(ran.traffic().get(1)).isEqualTo(VirtualCard.Traffic.NONE);
        assertThat(guest.run("true").traffic()).containsOnly(VirtualCard.Traffic.NONE);
    }

    @Test
    void aMachineThatWentAwayIsToldAtOnce() throws Exception {
        List<Path> files = new ArrayList<>();
        try (Guest brief = Machines.start(GuestSetup.of())) {
            files.add(brief.shared());
            Guest.Job job = brief.start("sleep 1000");
            brief.pullPlug();
            assertThatThrownBy(job::await).isInstanceOf(IOException.class).hasMessageContaining("the guest is gone");
        }
        assertThat(files.get(0)).doesNotExist();
    }

    @Test
    void lspciShowsTheCardOfTheJob() throws Exception {
        assertThat(guest.run("lspci -nn -s " + Guest.address(0)).out()).isEqualTo("01:00.0 Ethernet controller [0200]:"
            + " Mellanox Technologies MT27520 Family [ConnectX-3 Pro] [15b3:1007]\n");
        assertThat(guest.run("lspci -vvv -s " + Guest.address(0)).out()).contains(
            "Subsystem: Hewlett-Packard Company InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter",
            "Region 0: Memory at ", "(64-bit, non-prefetchable) [size=1M]",
            "(64-bit, prefetchable) [size=32M]",
            "Capabilities: [40] Power Management version 3",
            "Capabilities: [48] Vital Product Data",
            "[PN] Part number: 764285-B21", "[RV] Reserved: checksum good",
            "Capabilities: [60] Express (v2) Endpoint", "FLReset+",
            "LnkCap:\tPort #0, Speed 8GT/s, Width x8", "LnkSta:\tSpeed 8GT/s, Width x8",
            "Device Serial Number 24-be-05-ff-ff-c5-57-c0",
            "Advanced Error Reporting", "Secondary PCI Express")
            .doesNotContain("MSI-X");
        assertThat(guest.run("mstvpd " + Guest.address(0)).out()).contains("PN:      764285-B21");
    }

    @Test
    void ourListAgreesWithLspci() throws Exception {
        assertThat(guest.run("cx3 list").out().lines().toList()).containsExactly(
            "DEVICE                CHIP          ID         SUBSYSTEM  DRIVER        STATE",
            "0000:01:00.0          ConnectX3Pro  15b3:1007  103c:22f4  none          running, PCIe x8 8.0 GT/s PCIe, virtual card",
            "0000:02:00.0          ConnectX3Pro  15b3:1007  103c:22f4  none          running, PCIe x8 8.0 GT/s PCIe, virtual card");
    }

    @Test
    void aResetOfTheChipBringsTheCardBackInPlace() throws Exception {
        String header = guest.run("lspci -xs " + Guest.address(1)).out();
        Ran reset = guest.run("cx3 reset -d " + Guest.address(1) + " -y");
        assertThat(reset.code()).as(reset.toString()).isZero();
        assertThat(reset.out()).contains("Running firmware after:  " + GuestCards.OLD);
        assertThat(guest.run("lspci -xs " + Guest.address(1)).out()).isEqualTo(header);
        assertThat(guest.run("mstmread " + Guest.address(1) + " 0xf0014").out()).contains("0x000001f7");
    }

    @Test
    void aResetOfTheFunctionKeepsTheFirmwareRunning() throws Exception {
        String flr = "echo flr >" + sysfs(1) + "/reset_method && echo 1 >" + sysfs(1) + "/reset";
        assertThat(guest.run(flr).code()).isZero();
        assertThat(guest.run("mstmread " + Guest.address(1) + " 0xf0014").out()).contains("0x000001f7");
        assertThat(guest.run("cx3 list").out()).contains("0000:02:00.0          ConnectX3Pro  15b3:1007");
    }

    private static String sysfs(int card) {
        return "/sys/bus/pci/devices/0000:" + Guest.address(card);
    }
}
