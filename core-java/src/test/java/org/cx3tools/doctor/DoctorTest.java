// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.Burner;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.Devices;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A made-up sysfs for what the kernel shows, a virtual card for what the card tells. */
class DoctorTest {
    private static final String ADDRESS = "0000:23:00.0";
    private static final String BRIDGE = "0000:00:03.0";
    private static final int MEMORY_DECODING = 2;
    /** The chip of the card of the job; its content is the end of the file. */
    private static final int FLASH_BYTES = 2 << 20;

    @TempDir
    private Path folder;

    private Path device;

    @BeforeEach
    void aHealthyCardBehindABridge() throws IOException {
        device = Files.createDirectories(folder.resolve("sys/devices/pci0000:00/" + BRIDGE + "/" + ADDRESS));
        Path list = Files.createDirectories(folder.resolve("sys/bus/pci/devices"));
        Files.createSymbolicLink(list.resolve(ADDRESS), device);
        Files.createSymbolicLink(list.resolve(BRIDGE), device.getParent());
        Files.writeString(device.getParent().resolve("max_link_width"), "8\n");
        Map.of("vendor", "0x15b3", "device", "0x1007", "subsystem_vendor", "0x103c", "subsystem_device", "0x22f4",
            "current_link_width", "8", "max_link_width", "8", "current_link_speed", "8.0 GT/s PCIe",
            "max_link_speed", "8.0 GT/s PCIe").forEach(this::attribute);
        attribute("resource", "0x00000000c7a00000 0x00000000c7afffff 0x0000000000140204\n"
            + "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
            + "0x00000000c5000000 0x00000000c57fffff 0x000000000014220c");
        byte[] config = new byte[256];
        ByteBuffer.wrap(config).putInt(0, 0xb3150710);
        config[4] = MEMORY_DECODING;
        Files.write(device.resolve("config"), config);
        Files.write(device.resolve("resource0"), new byte[0x100000]);
    }

    private void attribute(String name, String text) {
        try {
            Files.writeString(device.resolve(name), text + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Diagnosis onTheMachine(KernelLog log) throws Exception {
        Optional<Path> sysfs = Optional.of(folder.resolve("sys"));
        List<CardInfo> cards = Devices.list(sysfs);
        assertThat(cards).hasSize(1);
        return new Doctor(sysfs, Optional.of(log), false).examine(cards.get(0));
    }

    private List<FindingKind> found() throws Exception {
        return kinds(onTheMachine(KernelLog.none()));
    }

    private static List<FindingKind> kinds(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Finding::kind).toList();
    }

    private static Finding only(Diagnosis diagnosis, FindingKind kind) {
        return diagnosis.findings().stream().filter(f -> f.kind() == kind).findFirst().orElseThrow(
            () -> new AssertionError(kind + " is not among " + kinds(diagnosis)));
    }

    @Test
    void aHealthyCardHasNothing() throws Exception {
        Diagnosis diagnosis = onTheMachine(KernelLogTest.log("cured.log"));
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.looked()).contains("sysfs", "kernel log (cured.log)");
        assertThat(diagnosis.notLooked()).containsExactly("registers and flash: left out as asked");
        assertThat(diagnosis.worst()).isEmpty();
    }

    @Test
    void theCaseOfTheJobIsSriovAndTheDriverIsItsConsequence() throws Exception {
        Diagnosis diagnosis = onTheMachine(KernelLogTest.log("sriov.log"));
        assertThat(kinds(diagnosis)).containsExactly(FindingKind.SRIOV_RESOURCES, FindingKind.DRIVER_GAVE_UP);
        assertThat(diagnosis.findings().get(0).remedies()).contains("$ cx3 dump-config -d 0000:23:00.0 new_config.ini",
            "$ cx3 burn -d 0000:23:00.0 -i new_firmware.bin");
        assertThat(diagnosis.findings().get(1).meaning()).contains("consequence");
        assertThat(diagnosis.worst().orElseThrow().kind().findingClass().exitCode()).isEqualTo(12);
    }

    @Test
    void memoryDecodingThatIsOffIsFound() throws Exception {
        byte[] config = new byte[256];
        ByteBuffer.wrap(config).putInt(0, 0xb3150710);
        Files.write(device.resolve("config"), config);
        Diagnosis diagnosis = onTheMachine(KernelLog.none());
        assertThat(only(diagnosis, FindingKind.MEMORY_DECODING_OFF).remedies())
            .contains("$ echo 1 > /sys/bus/pci/devices/0000:23:00.0/enable");
    }

    @Test
    void recoveryModeIsFound() throws Exception {
        attribute("device", "0x01f8");
        assertThat(found()).startsWith(FindingKind.RECOVERY_MODE);
    }

    @Test
    void barsWithoutAPlaceAreFound() throws Exception {
        attribute("resource", "0x00000000c7a00000 0x00000000c7afffff 0x0000000000140204\n"
            + "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
            + "0x0000000000000000 0x0000000000000000 0x0000000000000000");
        assertThat(found()).containsExactly(FindingKind.BAR_RESOURCES);
        attribute("resource", "0x0000000000000000 0x0000000000000000 0x0000000000000000");
        assertThat(found()).containsExactly(FindingKind.BAR_RESOURCES);
        Diagnosis older = onTheMachine(KernelLogTest.log("older-words.log"));
        assertThat(kinds(older)).contains(FindingKind.BAR2_TOO_LARGE, FindingKind.SRIOV_RESOURCES);
    }

    @Test
    void theRealWordsOfTheGuestAreUnderstood() throws Exception {
        KernelLog bar2 = KernelLogTest.log("guest-bar2.log");
        assertThat(KernelEvent.of(bar2, "0000:01:00.0", List.of("0000:00:10.0")).stream().map(KernelEvent::kind))
            .containsOnly(FindingKind.BAR2_TOO_LARGE);
        KernelLog driver = KernelLogTest.log("guest-mlx4.log");
        assertThat(KernelEvent.of(driver, "0000:01:00.0", List.of("0000:00:10.0")).stream().map(KernelEvent::kind))
            .contains(FindingKind.FIRMWARE_FAILS, FindingKind.DRIVER_GAVE_UP);
    }

    @Test
    void aNarrowLinkIsAHintAndTellsWhetherTheSlotIsToBlame() throws Exception {
        attribute("current_link_width", "4");
        Finding finding = only(onTheMachine(KernelLog.none()), FindingKind.NARROW_LINK);
        assertThat(finding.evidence()).containsExactly("PCIe x4 in use, the card has x8, the slot x8");
        assertThat(finding.remedies().get(0)).contains("clean the contacts");
        Files.writeString(device.getParent().resolve("max_link_width"), "4\n");
        assertThat(only(onTheMachine(KernelLog.none()), FindingKind.NARROW_LINK).remedies().get(0)).contains("move the card");
        attribute("current_link_width", "8");
        attribute("current_link_speed", "2.5 GT/s PCIe");
        Diagnosis slow = onTheMachine(KernelLog.none());
        assertThat(kinds(slow)).containsExactly(FindingKind.NARROW_LINK);
        assertThat(slow.worst().orElseThrow().kind().findingClass().exitCode()).isEqualTo(10);
    }

    @Test
    void driversAreTold() throws Exception {
        Path driver = Files.createDirectories(folder.resolve("sys/bus/pci/drivers/vfio-pci"));
        Files.createSymbolicLink(device.resolve("driver"), driver);
        assertThat(found()).containsExactly(FindingKind.OTHER_DRIVER, FindingKind.BAR_HELD);
    }

    @Test
    void lockdownIsFoundInSysfsAndInTheLog() throws Exception {
        KernelLog log = new KernelLog("test",
            List.of("Kernel is locked down from EFI Secure Boot mode; see man kernel_lockdown.7"));
        assertThat(kinds(onTheMachine(log))).containsExactly(FindingKind.LOCKDOWN);
        Path lockdown = Files.createDirectories(folder.resolve("sys/kernel/security")).resolve("lockdown");
        Files.writeString(lockdown, "none [integrity] confidentiality\n");
        assertThat(found()).containsExactly(FindingKind.LOCKDOWN);
        Files.writeString(lockdown, "[none] integrity confidentiality\n");
        assertThat(found()).isEmpty();
    }

    private Path card(SyntheticImage image) throws Exception {
        Path file = folder.resolve("card.sim");
        Files.deleteIfExists(file);
        VirtualCards.create(file, VirtualCardOptions.of(CardModel.HP_764285_B21).withImage(Optional.of(image.build())));
        return file;
    }

    private static SyntheticImage image() {
        return SyntheticImage.of(CardModel.HP_764285_B21).small();
    }

    private static Diagnosis ask(Path card) throws Exception {
        return new Doctor(Optional.empty(), Optional.empty(), true).examine(DeviceAddress.parse("sim:" + card), "sim:" + card);
    }

    @Test
    void aHealthyVirtualCardHasNothingAndIsLeftAsItWas() throws Exception {
        Path card = card(image());
        Diagnosis diagnosis = ask(card);
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.looked()).containsExactly("locks of the card", "images on flash");
        VirtualCard.State state = VirtualCard.state(card);
        assertThat(state.traffic().programs() + state.traffic().erases()).isZero();
        assertThat(state.semaphoresHeld() & ~(1L << 32)).isZero();
    }

    @Test
    void locksThatNobodyHoldsAreLeftBehind() throws Exception {
        Path card = card(image());
        VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.LOCK_HELD, 0, 0, 0xf03a0, 0));
        long start = System.nanoTime();
        Diagnosis diagnosis = ask(card);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        Finding finding = only(diagnosis, FindingKind.LOCKS_LEFT);
        assertThat(finding.evidence()).containsExactly("programming lock (register 0xf03a0) is held");
        assertThat(finding.remedies()).contains("$ cx3 hw -d sim:" + card + " --clear-semaphore");
        assertThat(diagnosis.notLooked()).contains("flash: a lock is held");
    }

    @Test
    void aForeignPsidIsAHint() throws Exception {
        Finding finding = only(ask(card(image().psid("LAB0110017001"))), FindingKind.FOREIGN_PSID);
        assertThat(finding.evidence()).contains("PSID on flash: LAB0110017001", "part number (VPD): 764285-B21");
    }

    @Test
    void recoveryTellsWhyNothingBoots() throws Exception {
        Path blank = folder.resolve("blank.sim");
        VirtualCards.create(blank, VirtualCardOptions.of(CardModel.HP_764285_B21).withImage(Optional.empty()));
        assertThat(only(ask(blank), FindingKind.RECOVERY_MODE).evidence()).containsExactly(
            "PCI id 15b3:01f8, hardware id + 1", "no image begins anywhere on the flash");

        Path damaged = card(image());
        byte[] file = Files.readAllBytes(damaged);
        int place = file.length - FLASH_BYTES + 0x100; // inside of the first BOOT2
        file[place] ^= 1;
        Files.write(damaged, file);
        VirtualCard.powerCycle(damaged);
        assertThat(only(ask(damaged), FindingKind.RECOVERY_MODE).evidence().get(1))
            .contains("image in slot 0 at 0x0", "BOOT2");
    }

    @Test
    void theOnlyImageDamagedUnderRunningFirmwareIsAWarningNotToRestart() throws Exception {
        Path card = card(image());
        byte[] file = Files.readAllBytes(card);
        file[file.length - FLASH_BYTES + 0x100] ^= 1;
        Files.write(card, file);
        Finding finding = only(ask(card), FindingKind.DAMAGED_IMAGE);
        assertThat(finding.meaning()).contains("do not restart the machine");
        assertThat(finding.evidence().get(0)).contains("image in slot 0 at 0x0", "BOOT2");
    }

    @Test
    void aFlashThatCannotBeReadIsFound() throws Exception {
        Path card = card(image());
        VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.NO_CHIP, 0, 0, 0, 0));
        assertThat(kinds(ask(card))).containsExactly(FindingKind.FLASH_UNREADABLE);
        VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.STUCK_GATEWAY, 0, 0, 0, 0));
        assertThat(kinds(ask(card))).containsExactly(FindingKind.FLASH_UNREADABLE);
    }

    @Test
    void anImageThatDoesNotRunYetIsAHint() throws Exception {
        Path card = card(image().version(new FirmwareVersion(2, 42, 5000)));
        Fs2Image next = image().version(new FirmwareVersion(2, 42, 5700)).build();
        try (Device open = Devices.open("sim:" + card)) {
            Burner.execute(BurnPlan.make(open, next, BurnOptions.defaults()), open, BurnListener.NONE);
        }
        assertThat(only(ask(card), FindingKind.NOT_RUNNING_YET).evidence())
            .containsExactly("on flash: 2.42.5700, running: 2.42.5000");
    }

    @Test
    void registersThatAreLockedAreFound() throws Exception {
        Path card = card(image());
        VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.CR_LOCKED, 0, 0, 0, 0));
        assertThat(kinds(ask(card))).containsExactly(FindingKind.CR_SPACE_LOCKED);
        VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.ALL_ONES, 0, 0, 0, 0));
        assertThat(kinds(ask(card))).containsExactly(FindingKind.OFF_THE_BUS);
    }
}
