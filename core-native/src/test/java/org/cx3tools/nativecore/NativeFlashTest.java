// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NativeFlashTest {
    private static final int SECTOR_BYTES = 0x10000;

    @TempDir
    Path folder;

    private Path card;
    private NativeDevice device;
    private NativeFlash flash;

    @BeforeEach
    void open() throws NativeException {
        card = TestCard.create(folder, "card.sim");
        device = TestCard.open(card);
        flash = device.openFlash(NativeFlashOptions.defaults());
    }

    @AfterEach
    void close() {
        flash.close();
        device.close();
    }

    @Test
    void piecesOfAnyPlaceAndLengthAreReadWhole() throws NativeException {
        byte[] content = random(TestCard.SIZE_BYTES);
        NativeSim.poke(card, 0, content);
        int[][] ranges = {
            {0, 0}, {0, 1}, {3, 5}, {SECTOR_BYTES - 1, 2}, {1, SECTOR_BYTES},
            {SECTOR_BYTES - 7, 2 * SECTOR_BYTES + 11}, {TestCard.SIZE_BYTES - 1, 1}
        };
        for (int[] range : ranges) {
            byte[] read = new byte[range[1] + 20];
            flash.read(range[0], read, 10, range[1], NativeProgress.NONE);
            byte[] expected = new byte[range[1] + 20];
            System.arraycopy(content, range[0], expected, 10, range[1]);
            assertThat(Arrays.equals(read, expected))
                    .as("address 0x%x, length 0x%x", range[0], range[1]).isTrue();
        }
    }

    @Test
    void writeChangesItsRangeAndNothingElse() throws NativeException {
        byte[] before = random(4 * SECTOR_BYTES);
        NativeSim.poke(card, 0, before);
        byte[] data = random(2 * SECTOR_BYTES + 5);
        flash.write(SECTOR_BYTES - 100, data, 0, data.length, false, NativeProgress.NONE);
        System.arraycopy(data, 0, before, SECTOR_BYTES - 100, data.length);
        assertThat(Arrays.equals(NativeSim.peek(card, 0, before.length), before)).isTrue();
    }

    @Test
    void programOnlyClearsBitsAndEraseSetsThem() throws NativeException {
        flash.program(0x100, new byte[] {0x0f, 0x55}, 1, 1, NativeProgress.NONE);
        assertThat(NativeSim.peek(card, 0xff, 3)).containsExactly(0xff, 0x55, 0xff);
        flash.erase(0, flash.info().eraseBytes(), NativeProgress.NONE);
        assertThat(NativeSim.peek(card, 0xff, 3)).containsExactly(0xff, 0xff, 0xff);
    }

    @Test
    void verifyTellsTheFirstDifference() throws NativeException {
        byte[] data = new byte[3 * SECTOR_BYTES];
        Arrays.fill(data, (byte) 0xff);
        flash.verify(0, data, 0, data.length, NativeProgress.NONE);
        data[2 * SECTOR_BYTES + 9] = 0x12;
        assertThatThrownBy(() -> flash.verify(0, data, 0, data.length, NativeProgress.NONE))
                .isInstanceOfSatisfying(NativeException.class, e -> {
                    assertThat(e.status()).isEqualTo(NativeStatus.VERIFY_FAILED);
                    assertThat(e.address()).hasValue(2 * SECTOR_BYTES + 9);
                    assertThat(e.expected()).hasValue(0x12);
                    assertThat(e.found()).hasValue(0xff);
                    assertThat(e).hasMessageContaining(
                            "address 0x20009, expected 0x12, found 0xff");
                });
    }

    @Test
    void progressNeverGoesBackAndEndsWithAll() throws NativeException {
        byte[] data = random(3 * SECTOR_BYTES);
        Map<NativeProgress.Phase, Long> last = new EnumMap<>(NativeProgress.Phase.class);
        flash.write(0x800, data, 0, data.length, false, (phase, done, total) -> {
            assertThat(total).isEqualTo(data.length);
            assertThat(done).isBetween(last.getOrDefault(phase, 0L), total);
            last.put(phase, done);
            return true;
        });
        assertThat(last).containsEntry(NativeProgress.Phase.PROGRAM, (long) data.length);
        last.clear();
        flash.read(0, data, 0, data.length, (phase, done, total) -> {
            assertThat(done).isBetween(last.getOrDefault(phase, 0L), total);
            last.put(phase, done);
            return true;
        });
        assertThat(last).containsOnlyKeys(NativeProgress.Phase.READ)
                .containsValue((long) data.length);
    }

    @Test
    void aListenerThatSaysNoCancels() throws NativeException {
        byte[] data = new byte[4 * SECTOR_BYTES];
        assertStatus(NativeStatus.CANCELLED, () -> flash.read(0, data, 0, data.length,
                (phase, done, total) -> done < SECTOR_BYTES));
        // Only that call ended.
        flash.read(0, data, 0, 16, NativeProgress.NONE);
    }

    @Test
    void anExceptionOfAListenerComesOutAndTheLocksAreGivenBack() throws NativeException {
        byte[] data = random(2 * SECTOR_BYTES);
        RuntimeException mine = new RuntimeException("from the listener");
        for (long at : new long[] {1, SECTOR_BYTES, data.length}) {
            assertThatThrownBy(() -> flash.write(0, data, 0, data.length, false,
                    (phase, done, total) -> {
                        if (done >= at) {
                            throw mine;
                        }
                        return true;
                    })).isSameAs(mine);
        }
        flash.write(0, data, 0, data.length, false, NativeProgress.NONE);
        assertThat(Arrays.equals(NativeSim.peek(card, 0, data.length), data)).isTrue();
        flash.close();
        assertThat(TestCard.flashIsLocked(card)).isFalse();
        assertThat(NativeSim.info(card).violations()).isZero();
    }

    @Test
    void cancelFromAnotherThreadStopsALongRead() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            device.cancel();
        });
        other.start();
        assertStatus(NativeStatus.CANCELLED, () -> readAndTell(begun));
        other.join();
        // It stays so until the device is closed.
        assertStatus(NativeStatus.CANCELLED, () -> readAndTell(begun));
    }

    @Test
    void closeFromAnotherThreadStopsALongRead() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            device.close();
        });
        other.start();
        assertThatThrownBy(() -> readAndTell(begun))
                .isInstanceOfSatisfying(NativeException.class, e -> assertThat(e.status())
                        .isIn(NativeStatus.CANCELLED, NativeStatus.CLOSED));
        other.join();
        assertThat(TestCard.flashIsLocked(card)).isFalse();
    }

    @Test
    void closeFromTheListenerWaitsForTheEndOfTheCall() throws NativeException {
        byte[] data = new byte[2 * SECTOR_BYTES];
        assertStatus(NativeStatus.CANCELLED, () -> flash.read(0, data, 0, data.length,
                (phase, done, total) -> {
                    device.close();
                    return true;
                }));
        assertStatus(NativeStatus.CLOSED, () -> flash.read(0, data, 0, 1, NativeProgress.NONE));
        assertThat(TestCard.flashIsLocked(card)).isFalse();
    }

    @Test
    void aListenerMustNotUseItsDevice() {
        assertThatThrownBy(() -> flash.read(0, new byte[8], 0, 8, (phase, done, total) -> {
            try {
                device.readRegister(0xf0014);
            } catch (NativeException e) {
                return false;
            }
            return true;
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("listener");
    }

    @Test
    void badRangesAreRefusedBeforeAnythingIsTouched() throws NativeException {
        byte[] data = new byte[3 * SECTOR_BYTES];
        long end = TestCard.SIZE_BYTES;
        for (long address : new long[] {end - 1, end, end + 1, Long.MAX_VALUE}) {
            assertStatus(NativeStatus.OUT_OF_RANGE,
                    () -> flash.read(address, data, 0, 2, NativeProgress.NONE));
            assertStatus(NativeStatus.OUT_OF_RANGE,
                    () -> flash.erase(address, 0x1000, NativeProgress.NONE));
        }
        assertStatus(NativeStatus.OUT_OF_RANGE, () -> flash.write(
                end - SECTOR_BYTES, data, 0, data.length, false, NativeProgress.NONE));
        assertThat(NativeSim.info(card).programs()).isZero();
        assertStatus(NativeStatus.OUT_OF_RANGE,
                () -> flash.erase(0, Long.MAX_VALUE, NativeProgress.NONE));
        assertStatus(NativeStatus.INVALID_ARGUMENT,
                () -> flash.erase(1, 0x1000, NativeProgress.NONE));
        assertThatThrownBy(() -> flash.read(-1, data, 0, 1, NativeProgress.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> flash.erase(0, -1, NativeProgress.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        int[][] outside = {{-1, 1}, {0, -1}, {data.length, 1}, {1, data.length},
            {Integer.MAX_VALUE, Integer.MAX_VALUE}};
        for (int[] range : outside) {
            assertThatThrownBy(() -> flash.read(0, data, range[0], range[1], NativeProgress.NONE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(
                    () -> flash.program(0, data, range[0], range[1], NativeProgress.NONE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(
                    () -> flash.write(0, data, range[0], range[1], true, NativeProgress.NONE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(
                    () -> flash.verify(0, data, range[0], range[1], NativeProgress.NONE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nullsAreRefusedByName() {
        assertThatThrownBy(() -> flash.read(0, null, 0, 0, NativeProgress.NONE))
                .isInstanceOf(NullPointerException.class).hasMessage("dst");
        assertThatThrownBy(() -> flash.read(0, new byte[1], 0, 1, null))
                .isInstanceOf(NullPointerException.class).hasMessage("progress");
        assertThatThrownBy(() -> flash.write(0, null, 0, 0, false, NativeProgress.NONE))
                .isInstanceOf(NullPointerException.class).hasMessage("src");
    }

    private void readAndTell(CountDownLatch begun) throws NativeException {
        byte[] data = new byte[TestCard.SIZE_BYTES];
        for (int round = 0; round < 100; round++) {
            flash.read(0, data, 0, data.length, (phase, done, total) -> {
                begun.countDown();
                return true;
            });
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(4711).nextBytes(bytes);
        return bytes;
    }

    /** A call that may end in a failure of C. */
    private interface Call {
        void run() throws NativeException;
    }

    private static void assertStatus(NativeStatus status, Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(NativeException.class,
                e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
    }
}
