// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cx3tools.flash.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeStopTest {
    @TempDir
    private Path folder;

    @Test
    void stoppingCancelsWhatIsOpenAndWaitsUntilItIsClosed() throws Exception {
        SafeStop stop = new SafeStop();
        CountDownLatch cancelled = new CountDownLatch(1);
        stop.reserve("a card", cancelled::countDown);
        Thread owner = new Thread(() -> {
            try {
                assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stop.release("a card");
        });
        owner.start();
        assertThat(stop.stop(Duration.ofSeconds(10))).isTrue();
        owner.join();
    }

    @Test
    void anOwnerThatDoesNotCloseIsNotWaitedForForEver() throws Exception {
        SafeStop stop = new SafeStop();
        stop.reserve("a card", () -> { });
        assertThat(stop.stop(Duration.ofMillis(20))).isFalse();
    }

    @Test
    void nothingIsOpenedOnceStoppingHasBegun() {
        SafeStop stop = new SafeStop();
        assertThat(stop.stop(Duration.ZERO)).isTrue();
        DeviceException e = catchThrowableOfType(DeviceException.class,
                () -> stop.reserve("a card", () -> { }));
        assertThat(e.reason()).isEqualTo(DeviceCause.CANCELLED);
    }

    @Test
    void aDeviceIsOpenedOnceAtATimeUnderAnyOfItsNames() throws Exception {
        Path flash = Files.write(folder.resolve("flash.bin"), new byte[0x10000]);
        try (Device first = Devices.open("file:" + flash)) {
            DeviceException e = catchThrowableOfType(DeviceException.class,
                    () -> Devices.open("file:" + folder.resolve(".").resolve("flash.bin")));
            assertThat(e.reason()).isEqualTo(DeviceCause.ALREADY_OPEN);
            assertThat(first.flash().info().sizeBytes()).isEqualTo(0x10000);
        }
        Devices.open("file:" + flash).close();
    }

    @Test
    void aFailedOpenLeavesTheNameFree() throws Exception {
        Path flash = folder.resolve("later.bin");
        DeviceException e = catchThrowableOfType(DeviceException.class,
                () -> Devices.open("file:" + flash));
        assertThat(e.reason()).isEqualTo(DeviceCause.NOT_FOUND);
        Files.write(flash, new byte[0x10000]);
        Devices.open("file:" + flash).close();
    }

    @Test
    void aCancelledFlashFileStopsAndKeepsItsContent() throws Exception {
        Path flash = Files.write(folder.resolve("flash.bin"), new byte[0x10000]);
        try (Device device = Devices.open("file:" + flash)) {
            device.cancel();
            DeviceException e = catchThrowableOfType(DeviceException.class, () -> device.flash()
                    .erase(0, 0x10000, Progress.NONE));
            assertThat(e.reason()).isEqualTo(DeviceCause.CANCELLED);
        }
        assertThat(Files.readAllBytes(flash)).isEqualTo(new byte[0x10000]);
    }
}
