// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeSimTest {
    @TempDir
    Path folder;

    @Test
    void aNewCardIsWhatTheModelSays() throws NativeException {
        Path card = TestCard.create(folder, "card.sim");
        NativeSimInfo info = NativeSim.info(card);
        NativeSimModel model = info.model();
        assertThat(model.vendorId()).isEqualTo(0x15b3);
        assertThat(model.deviceId()).isEqualTo(0x1007);
        assertThat(model.subsystemVendorId()).isEqualTo(0x103c);
        assertThat(model.subsystemId()).isEqualTo(0x22f4);
        assertThat(model.hwId()).isEqualTo(503);
        assertThat(model.chip()).isEqualTo("W25Q16BV");
        assertThat(model.modelName()).isEqualTo("hp-764285-b21");
        assertThat(model.port1Type()).isEqualTo(2);
        assertThat(model.port2Type()).isEqualTo(1);
        assertThat(info.flashSizeBytes()).isEqualTo(TestCard.SIZE_BYTES);
        assertThat(info.powered()).isTrue();
        assertThat(info.booted()).as("a blank flash holds no image").isFalse();
        assertThat(info.fault()).isEqualTo(NativeSimFault.NONE);
        assertThat(info.semaphoresHeld()).isZero();
    }

    @Test
    void whatIsPokedIsPeeked() throws NativeException {
        Path card = TestCard.create(folder, "card.sim");
        NativeSim.poke(card, TestCard.SIZE_BYTES - 3, new byte[] {1, 2, 3});
        assertThat(NativeSim.peek(card, TestCard.SIZE_BYTES - 4, 4))
                .containsExactly(0xff, 1, 2, 3);
    }

    @Test
    void pokesAndPeeksBeyondTheFlashAreRefused() throws NativeException {
        Path card = TestCard.create(folder, "card.sim");
        assertThatThrownBy(() -> NativeSim.peek(card, TestCard.SIZE_BYTES - 1, 2))
                .isInstanceOfSatisfying(NativeException.class, e ->
                        assertThat(e.status()).isEqualTo(NativeStatus.OUT_OF_RANGE));
        assertThatThrownBy(() -> NativeSim.poke(card, Long.MAX_VALUE, new byte[2]))
                .isInstanceOfSatisfying(NativeException.class, e ->
                        assertThat(e.status()).isEqualTo(NativeStatus.OUT_OF_RANGE));
        assertThatThrownBy(() -> NativeSim.peek(card, -1, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
        assertThatThrownBy(() -> NativeSim.peek(card, 0, -1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    }

    @Test
    void settingsAreKeptInTheFile() throws NativeException {
        Path card = TestCard.create(folder, "card.sim");
        NativeSimFault fault = new NativeSimFault(
                NativeSimFault.Kind.UNKNOWN_CHIP, 5, 6, 0x123456, 0x1_0000_0007L);
        NativeSim.setFault(card, fault);
        NativeSim.setBootPolicy(card, NativeSimInfo.BootPolicy.HIGHEST);
        NativeSim.setTiming(card, 9, true);
        NativeSimInfo info = NativeSim.info(card);
        assertThat(info.fault()).isEqualTo(fault);
        assertThat(info.bootPolicy()).isEqualTo(NativeSimInfo.BootPolicy.HIGHEST);
        assertThat(info.gatewayBusyReads()).isEqualTo(9);
        assertThat(info.maxTimes()).isTrue();
    }

    @Test
    void optionsAreChangedOneByOne() throws NativeException {
        Path card = TestCard.create(folder, "card.sim");
        Map<NativeSimOption, Long> before = NativeSim.info(card).options();
        assertThat(before).hasSize(NativeSimOption.values().length).containsEntry(NativeSimOption.RESET_MS, 300L)
                .containsEntry(NativeSimOption.HELD_READ_STREAMS, 1L);
        for (NativeSimOption option : NativeSimOption.values()) {
            long other = option.isSwitch() ? 1 - before.get(option)
                    : option == NativeSimOption.LINK_WIDTH ? 4 : before.get(option) + 7;
            NativeSim.setOptions(card, Map.of(option, other));
            Map<NativeSimOption, Long> after = new EnumMap<>(NativeSim.info(card).options());
            assertThat(after.put(option, before.get(option))).isEqualTo(other);
            assertThat(after).isEqualTo(before);
            NativeSim.setOptions(card, before);
        }
        assertThatThrownBy(() -> NativeSim.setOptions(card, Map.of(NativeSimOption.RESET_MS,
                60001L))).isInstanceOf(NativeException.class).hasMessageContaining("60 s");
        assertThatThrownBy(() -> NativeSim.setOptions(card, Map.of(NativeSimOption.LINK_WIDTH,
                3L))).isInstanceOf(NativeException.class).hasMessageContaining("8 lanes");
        assertThatThrownBy(() -> NativeSim.setOptions(card, Map.of(
                NativeSimOption.BAR2_LOG2_MIB, 21L)))
                .isInstanceOf(NativeException.class).hasMessageContaining("BAR2");
        assertThatThrownBy(() -> NativeSim.setOptions(card, Map.of(
                NativeSimOption.WRITE_ONLY_ADDRESS, 2L)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be 2");
        assertThat(NativeSim.info(card).options()).isEqualTo(before);
    }

    @Test
    void anExistingFileIsNotReplaced() throws NativeException, IOException {
        Path file = Files.writeString(folder.resolve("mine"), "precious");
        assertThatThrownBy(() -> NativeSim.create(file, TestCard.model()))
                .isInstanceOf(NativeException.class).hasMessageContaining("mine");
        assertThat(file).hasContent("precious");
    }

    @Test
    void aFileThatIsNoCardIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "no card");
        assertThatThrownBy(() -> NativeSim.info(file))
                .isInstanceOfSatisfying(NativeException.class, e ->
                        assertThat(e.status()).isEqualTo(NativeStatus.SIM_STATE_CORRUPT));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> NativeSim.info(folder.resolve("none")))
                .isInstanceOfSatisfying(NativeException.class, e -> assertThat(e.status())
                        .isEqualTo(NativeStatus.NOT_FOUND))
                .hasMessageContaining("none");
    }

    @Test
    void anUnknownChipIsRefused() throws NativeException {
        NativeSimModel m = TestCard.model();
        NativeSimModel unknown = new NativeSimModel(m.vendorId(), m.deviceId(),
                m.subsystemVendorId(), m.subsystemId(), m.hwId(), 0, "NOCHIP", 0, 1, 2, 2, "x",
                new byte[0]);
        assertThatThrownBy(() -> NativeSim.create(folder.resolve("card"), unknown))
                .isInstanceOf(NativeException.class).hasMessageContaining("NOCHIP");
        NativeSimModel longName = new NativeSimModel(m.vendorId(), m.deviceId(),
                m.subsystemVendorId(), m.subsystemId(), m.hwId(), 0, "N".repeat(500), 0, 1, 2, 2,
                "x", new byte[0]);
        assertThatThrownBy(() -> NativeSim.create(folder.resolve("card"), longName))
                .isInstanceOf(NativeException.class).hasMessageContaining("too long");
        assertThat(NativeSim.chipNames()).contains("W25Q16BV").doesNotContain("NOCHIP");
    }

    @Test
    void aSizePicksTheChipOfTheFamily() throws NativeException {
        NativeSimModel m = TestCard.model();
        Path card = folder.resolve("card");
        NativeSim.create(card, new NativeSimModel(m.vendorId(), m.deviceId(), m.subsystemVendorId(),
                m.subsystemId(), m.hwId(), 0, "W25Q16BV", 0x800000, 2, 2, 2, "x", new byte[0]));
        assertThat(NativeSim.info(card).model().chip()).isEqualTo("W25Q64BV");
        assertThat(NativeSim.info(card).flashSizeBytes()).isEqualTo(0x1000000);
        NativeSimModel odd = new NativeSimModel(m.vendorId(), m.deviceId(), m.subsystemVendorId(),
                m.subsystemId(), m.hwId(), 0, "AT25DF161", 0x300000, 1, 2, 2, "x", new byte[0]);
        assertThatThrownBy(() -> NativeSim.create(folder.resolve("none"), odd))
                .isInstanceOf(NativeException.class)
                .hasMessageContaining("chips of 0x200000, 0x400000 bytes, not 0x300000");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new NativeSimModel(0x10000, 0, 0, 0, 0, 0, "c", 0, 1, 2, 2, "m",
                new byte[0])).hasMessageContaining("vendorId");
        assertThatThrownBy(() -> new NativeSimModel(1, 0, 0, 0, 0, 0, "c", 0, 3, 2, 2, "m",
                new byte[0])).hasMessageContaining("banks");
        assertThatThrownBy(() -> new NativeSimModel(1, 0, 0, 0, 0, 0, "c", 0, 1, 2, 3, "m",
                new byte[0])).hasMessageContaining("port2Type is 3");
        assertThatThrownBy(() -> new NativeSimModel(1, 0, 0, 0, 0, 0, "c", 0, 1, 2, 2, "m",
                new byte[4097])).hasMessageContaining("4097");
        assertThatThrownBy(() -> new NativeSimModel(1, 0, 0, 0, 0, 0, null, 0, 1, 2, 2, "m",
                new byte[0])).hasMessageContaining("chip");
    }

    @Test
    void aNameWithNulIsRefusedBeforeItReachesC() {
        assertThatThrownBy(() -> NativeDevice.open("sim:a\0b", NativeOpenOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NUL");
    }
}
