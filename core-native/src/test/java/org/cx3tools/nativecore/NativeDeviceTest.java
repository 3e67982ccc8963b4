// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeDeviceTest {
    private static final int HW_ID_REGISTER = 0xf0014;

    @TempDir
    Path folder;

    private Path card;

    @BeforeEach
    void makeCard() throws NativeException {
        card = TestCard.create(folder, "card.sim");
    }

    @Test
    void anOpenCardTellsWhoItIs() throws NativeException {
        try (NativeDevice device = TestCard.open(card)) {
            NativeCard identity = device.card();
            assertThat(identity.vendorId()).isEqualTo(0x15b3);
            assertThat(identity.hwId()).isEqualTo(503);
            assertThat(identity.subsystemId()).isEqualTo(0x22f4);
            assertThat(identity.virtualCard()).isTrue();
            assertThat(identity.access()).isEqualTo(NativeCard.Access.SIM);
            assertThat(identity.name()).contains("card.sim");
            assertThat(device.readRegister(HW_ID_REGISTER) & 0xffff).isEqualTo(503);
            assertThat(device.counters().reads()).isPositive();
            assertThat(device.lockState()).isEqualTo(new NativeLockState(0, 0));
        }
    }

    @Test
    void aCardCanBeOpenedAgainAfterClose() throws NativeException {
        for (int i = 0; i < 50; i++) {
            try (NativeDevice device = TestCard.open(card);
                    NativeFlash flash = device.openFlash(NativeFlashOptions.defaults())) {
                assertThat(flash.info().sizeBytes()).isEqualTo(TestCard.SIZE_BYTES);
            }
        }
        assertThat(TestCard.flashIsLocked(card)).isFalse();
    }

    @Test
    void closeMoreThanOnceIsHarmless() throws NativeException {
        NativeDevice device = TestCard.open(card);
        NativeFlash flash = device.openFlash(NativeFlashOptions.defaults());
        flash.close();
        flash.close();
        device.close();
        flash.close();
        device.close();
        device.cancel();
    }

    @Test
    void closingTheCardClosesItsFlashAndGivesTheLockBack() throws NativeException {
        NativeDevice device = TestCard.open(card);
        NativeFlash flash = device.openFlash(NativeFlashOptions.defaults());
        assertThat(TestCard.flashIsLocked(card)).isTrue();
        device.close();
        assertThat(TestCard.flashIsLocked(card)).isFalse();
        assertClosed(() -> flash.read(0, new byte[1], 0, 1, NativeProgress.NONE));
    }

    @Test
    void nothingWorksAfterClose() throws NativeException {
        NativeDevice device = TestCard.open(card);
        NativeFlash closedFlash = device.openFlash(NativeFlashOptions.defaults());
        closedFlash.close();
        try (NativeFlash next = device.openFlash(NativeFlashOptions.defaults())) {
            assertClosed(() -> closedFlash.read(0, new byte[1], 0, 1, NativeProgress.NONE));
            assertThat(next.info()).isEqualTo(closedFlash.info());
        }
        device.close();
        assertClosed(() -> device.readRegister(HW_ID_REGISTER));
        assertClosed(() -> device.writeRegister(HW_ID_REGISTER, 0));
        assertClosed(device::runningVersion);
        assertClosed(device::vpd);
        assertClosed(device::counters);
        assertClosed(device::lockState);
        assertClosed(device::clearSemaphores);
        assertClosed(device::reset);
        assertClosed(() -> device.openFlash(NativeFlashOptions.defaults()));
        assertThat(device.card().hwId()).as("the identity stays").isEqualTo(503);
    }

    @Test
    void badRegisterAddressesAreRefused() throws NativeException {
        try (NativeDevice device = TestCard.open(card)) {
            for (int address : new int[] {-4, 0x100000, Integer.MAX_VALUE, 2, 0xf03fc, 0xf0400}) {
                assertThatThrownBy(() -> device.readRegister(address))
                        .as("address 0x%x", address).isInstanceOf(NativeException.class);
            }
            assertThat(device.readRegister(HW_ID_REGISTER) & 0xffff).isEqualTo(503);
        }
    }

    @Test
    void twoCardsCanBeOpenAtOnce() throws NativeException {
        Path other = TestCard.create(folder, "other.sim");
        NativeSim.poke(card, 0, new byte[] {1});
        NativeSim.poke(other, 0, new byte[] {2});
        try (NativeDevice first = TestCard.open(card);
                NativeDevice second = TestCard.open(other);
                NativeFlash firstFlash = first.openFlash(NativeFlashOptions.defaults());
                NativeFlash secondFlash = second.openFlash(NativeFlashOptions.defaults())) {
            byte[] bytes = new byte[2];
            firstFlash.read(0, bytes, 0, 1, NativeProgress.NONE);
            secondFlash.read(0, bytes, 1, 1, NativeProgress.NONE);
            assertThat(bytes).containsExactly(1, 2);
        }
    }

    @Test
    void oneFlashAtATime() throws NativeException {
        try (NativeDevice device = TestCard.open(card);
                NativeFlash flash = device.openFlash(NativeFlashOptions.defaults())) {
            assertThat(flash.info().banks()).isEqualTo(1);
            assertThatThrownBy(() -> device.openFlash(NativeFlashOptions.defaults()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("already");
        }
    }

    @Test
    void anotherThreadMayUseAndCloseIt() throws Exception {
        NativeDevice device = TestCard.open(card);
        int[] hwId = new int[1];
        Thread other = new Thread(() -> {
            try {
                hwId[0] = device.readRegister(HW_ID_REGISTER) & 0xffff;
            } catch (NativeException e) {
                hwId[0] = -1;
            }
            device.close();
        });
        other.start();
        other.join();
        assertThat(hwId[0]).isEqualTo(503);
        assertClosed(() -> device.readRegister(HW_ID_REGISTER));
    }

    @Test
    void aMissingCardIsOneClearLine() {
        assertThatThrownBy(() -> TestCard.open(folder.resolve("none.sim")))
                .isInstanceOf(NativeException.class).hasMessageContaining("none.sim")
                .message().doesNotContain("\n");
    }

    @Test
    void nullsAreRefusedByName() throws NativeException {
        assertThatThrownBy(() -> NativeDevice.open(null, NativeOpenOptions.defaults()))
                .isInstanceOf(NullPointerException.class).hasMessage("spec");
        assertThatThrownBy(() -> NativeDevice.open("sim:x", null))
                .isInstanceOf(NullPointerException.class).hasMessage("options");
        try (NativeDevice device = TestCard.open(card)) {
            assertThatThrownBy(() -> device.openFlash(null))
                    .isInstanceOf(NullPointerException.class).hasMessage("options");
        }
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NativeException.class, e ->
                assertThat(e.status()).isEqualTo(NativeStatus.CLOSED));
    }
}
