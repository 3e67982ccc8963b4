// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCardsTest {
    @TempDir
    Path folder;

    @Test
    void cardsAreListedInOrderOfAddressWithWhatSysfsTells() throws Exception {
        Path devices = Files.createDirectories(folder.resolve("bus/pci/devices"));
        addFunction(devices.resolve("0000:23:00.0"), "0x1007");
        addFunction(devices.resolve("0000:04:00.0"), "0x1003");
        addFunction(devices.resolve("0000:05:00.0"), "0x9999");
        List<NativeCard> cards = NativeCards.list(Optional.of(folder));
        assertThat(cards).extracting(NativeCard::name)
                .containsExactly("0000:04:00.0", "0000:23:00.0");
        NativeCard card = cards.get(1);
        assertThat(card.vendorId()).isEqualTo(0x15b3);
        assertThat(card.deviceId()).isEqualTo(0x1007);
        assertThat(card.subsystemVendorId()).isEqualTo(0x103c);
        assertThat(card.subsystemId()).isEqualTo(0x22f4);
        assertThat(card.access()).isEqualTo(NativeCard.Access.NONE);
        assertThat(card.driver()).isEmpty();
        assertThat(card.linkWidth()).isEqualTo(4);
        assertThat(card.linkWidthMax()).isEqualTo(8);
        assertThat(card.linkSpeed()).contains("8.0 GT/s");
    }

    @Test
    void aMachineWithoutCardsHasAnEmptyList() throws Exception {
        Files.createDirectories(folder.resolve("bus/pci/devices"));
        assertThat(NativeCards.list(Optional.of(folder))).isEmpty();
    }

    @Test
    void theErrorOfTheSystemTravelsWithTheException() {
        Path trace = folder.resolve("no such folder/trace");
        assertThatThrownBy(() -> {
            Path card = TestCard.create(folder, "card.sim");
            NativeDevice.open("sim:" + card, new NativeOpenOptions(Optional.empty(),
                    Optional.of(folder), Optional.of(trace), false, false)).close();
        }).isInstanceOfSatisfying(NativeException.class, e -> {
            assertThat(e.status()).isEqualTo(NativeStatus.IO);
            assertThat(e.errno()).hasValue(2);
            assertThat(e).hasMessageContaining("errno 2")
                    .message().containsOnlyOnce("No such file or directory");
        });
    }

    private static void addFunction(Path function, String device) throws IOException {
        Files.createDirectory(function);
        Map<String, String> attributes = Map.of("vendor", "0x15b3", "device", device,
                "subsystem_vendor", "0x103c", "subsystem_device", "0x22f4", "revision", "0x00",
                "class", "0x028000", "current_link_width", "4", "max_link_width", "8",
                "current_link_speed", "8.0 GT/s PCIe", "enable", "1");
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            Files.writeString(function.resolve(attribute.getKey()), attribute.getValue() + "\n");
        }
    }
}
