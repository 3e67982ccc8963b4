// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFlashPortTest {
    private static final int SIZE = 0x40000;

    @TempDir
    private Path folder;
    private Path file;
    private final byte[] content = new byte[SIZE];

    @BeforeEach
    void makeFile() throws Exception {
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("flash.bin"), content);
    }

    @Test
    void programmingOnlyClearsBits() throws Exception {
        try (FileFlashPort port = FileFlashPort.open(file)) {
            byte[] ones = {(byte) 0xff};
            content[5] = (byte) 0xf0;
            port.write(5, content, 5, 1, false, Progress.NONE);
            DeviceException e = catchThrowableOfType(DeviceException.class,
                    () -> port.program(5, ones, 0, 1, Progress.NONE));
            assertThat(e.reason()).isEqualTo(DeviceCause.VERIFY_FAILED);
            assertThat(e.address()).hasValue(5);
            assertThat(e.expected()).hasValue(0xff);
            assertThat(e.found()).hasValue(0xf0);
        }
    }

    @Test
    void writingKeepsWhatLiesBeside() throws Exception {
        long seed = Long.getLong("cx3.seed", 7);
        Random random = new Random(seed);
        MemoryFlash flash = new MemoryFlash(Bytes.of(content), seed);
        byte[] wanted = content.clone();
        for (int i = 0; i < 100; i++) {
            int length = random.nextInt(random.nextBoolean() ? 300 : 0x18000);
            int at = random.nextInt(SIZE - length + 1);
            byte[] data = new byte[length];
            random.nextBytes(data);
            System.arraycopy(data, 0, wanted, at, length);
            flash.write(at, data, 0, length, random.nextBoolean(), Progress.NONE);
            assertThat(flash.content()).as("write %d, seed %d", i, seed)
                    .isEqualTo(Bytes.of(wanted));
        }
    }

    @Test
    void equalContentIsNeitherErasedNorProgrammed() throws Exception {
        MemoryFlash flash = new MemoryFlash(Bytes.of(content), 1);
        flash.write(100, content, 100, SIZE - 200, false, Progress.NONE);
        assertThat(flash.operations()).isZero();
    }

    @Test
    void bitsThatOnlyFallNeedNoErase() throws Exception {
        MemoryFlash flash = new MemoryFlash(Bytes.of(content), 1);
        byte[] data = Arrays.copyOf(content, 600);
        data[0] = 0;
        data[300] = 0;
        flash.write(0, data, 0, data.length, false, Progress.NONE);
        assertThat(flash.erases()).isZero();
        assertThat(flash.operations()).isEqualTo(2);
    }

    @Test
    void erasingTakesWholeUnitsOnly() throws Exception {
        try (FileFlashPort port = FileFlashPort.open(file)) {
            DeviceException e = catchThrowableOfType(DeviceException.class,
                    () -> port.erase(0x800, 0x1000, Progress.NONE));
            assertThat(e.reason()).isEqualTo(DeviceCause.INVALID_ARGUMENT);
            port.erase(0x1000, 0x1000, Progress.NONE);
        }
        Arrays.fill(content, 0x1000, 0x2000, (byte) 0xff);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void rangesBehindTheEndAreRefused() throws Exception {
        try (FileFlashPort port = FileFlashPort.open(file)) {
            DeviceException e = catchThrowableOfType(DeviceException.class,
                    () -> port.read(SIZE - 1, new byte[2], 0, 2, Progress.NONE));
            assertThat(e.reason()).isEqualTo(DeviceCause.OUT_OF_RANGE);
        }
    }

    @Test
    void anUnchangedFileIsNotTouched() throws Exception {
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, old);
        try (FileFlashPort port = FileFlashPort.open(file)) {
            port.write(0, content, 0, SIZE, false, Progress.NONE);
        }
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    }

    @Test
    void theFileIsReplacedOnCloseAndNothingElseStaysInItsFolder() throws Exception {
        FileFlashPort port = FileFlashPort.open(file);
        port.program(0, new byte[4], 0, 4, Progress.NONE);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        port.close();
        Arrays.fill(content, 0, 4, (byte) 0);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void changesOfSomebodyElseAreNotOverwritten() throws Exception {
        FileFlashPort port = FileFlashPort.open(file);
        port.program(0, new byte[4], 0, 4, Progress.NONE);
        byte[] other = new byte[SIZE];
        Files.write(file, other);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        DeviceException e = catchThrowableOfType(DeviceException.class, port::close);
        assertThat(e.reason()).isEqualTo(DeviceCause.FILE_CHANGED);
        assertThat(Files.readAllBytes(file)).isEqualTo(other);
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void symbolicLinksFoldersAndOddSizesAreRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(reason(link)).isEqualTo(DeviceCause.SYMBOLIC_LINK);
        assertThat(reason(folder)).isEqualTo(DeviceCause.BAD_FLASH_FILE);
        assertThat(reason(Files.write(folder.resolve("odd"), new byte[SIZE - 4])))
                .isEqualTo(DeviceCause.BAD_FLASH_FILE);
        assertThat(reason(Files.write(folder.resolve("small"), new byte[0x8000])))
                .isEqualTo(DeviceCause.BAD_FLASH_FILE);
        assertThat(reason(folder.resolve("none"))).isEqualTo(DeviceCause.NOT_FOUND);
    }

    @Test
    void aListenerStopsAReadAtASafePoint() throws Exception {
        try (FileFlashPort port = FileFlashPort.open(file)) {
            DeviceException e = catchThrowableOfType(DeviceException.class,
                    () -> port.read(0, new byte[SIZE], 0, SIZE, (p, done, total) -> false));
            assertThat(e.reason()).isEqualTo(DeviceCause.CANCELLED);
        }
    }

    private static DeviceCause reason(Path path) {
        return catchThrowableOfType(DeviceException.class, () -> FileFlashPort.open(path))
                .reason();
    }
}
