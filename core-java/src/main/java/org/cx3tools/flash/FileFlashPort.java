// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.state.SafeFile;

/**
 * A raw flash dump in a file, treated as a chip with 4 KiB and 64 KiB units. Changes stay in memory
 * until close: then a temporary file in the same folder is written, synced and renamed. When
 * nothing changed the file is not touched.
 */
public final class FileFlashPort extends NorFlash {
    /** Smallest flash in bytes. */
    public static final long MIN_SIZE = 0x10000;

    /** Largest flash in bytes: three address bytes. */
    public static final long MAX_SIZE = 0x1000000;

    private final Path file;
    private final byte[] content;
    private final byte[] original;
    private final Stamp stamp;
    private volatile boolean cancelled;
    private boolean closed;

    private record Stamp(long size, long modifiedNanos, Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            return new Stamp(a.size(), a.lastModifiedTime().to(
                    TimeUnit.NANOSECONDS), String.valueOf(a.fileKey()));
        }
    }

    private FileFlashPort(Path file, byte[] content, Stamp stamp) {
        super(plainInfo("file", content.length));
        this.file = file;
        this.content = content;
        this.original = content.clone();
        this.stamp = stamp;
    }

    /**
     * Opens a raw dump.
     *
     * @throws DeviceException {@link DeviceCause#NOT_FOUND}, {@link DeviceCause#SYMBOLIC_LINK},
     *     {@link DeviceCause#BAD_FLASH_FILE} for a size that no chip has, {@link DeviceCause#IO}
     */
    public static FileFlashPort open(Path file) throws DeviceException {
        try {
            if (Files.isSymbolicLink(file)) {
                throw new DeviceException(DeviceCause.SYMBOLIC_LINK,
                        file + " is a symbolic link to " + Files.readSymbolicLink(file));
            }
            Stamp stamp = Stamp.of(file);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new DeviceException(DeviceCause.BAD_FLASH_FILE, file + " is not a file");
            }
            if (stamp.size() < MIN_SIZE || stamp.size() > MAX_SIZE
                    || Long.bitCount(stamp.size()) != 1) {
                throw new DeviceException(DeviceCause.BAD_FLASH_FILE, String.format(
                        "%s has 0x%x bytes; a flash has a power of two from 0x%x to 0x%x", file,
                        stamp.size(), MIN_SIZE, MAX_SIZE));
            }
            byte[] content = Files.readAllBytes(file);
            if (content.length != stamp.size()) {
                throw new DeviceException(DeviceCause.FILE_CHANGED,
                        file + " changed its size while it was read");
            }
            return new FileFlashPort(file, content, stamp);
        } catch (NoSuchFileException e) {
            throw new DeviceException(DeviceCause.NOT_FOUND, "There is no file " + file);
        } catch (IOException e) {
            throw failed("Cannot read", file, e);
        }
    }

    /** From any thread: the next piece of work fails with {@link DeviceCause#CANCELLED}. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    void readRaw(long address, byte[] dst, int offset, int length) throws DeviceException {
        usable(address);
        System.arraycopy(content, (int) address, dst, offset, length);
    }

    @Override
    void eraseUnit(long address, int length) throws DeviceException {
        usable(address);
        Arrays.fill(content, (int) address, (int) address + length, (byte) 0xff);
    }

    @Override
    void programPage(long address, byte[] src, int offset, int length) throws DeviceException {
        usable(address);
        for (int i = 0; i < length; i++) {
            content[(int) address + i] &= src[offset + i];
        }
    }

    private void usable(long address) throws DeviceException {
        if (closed) {
            throw new DeviceException(DeviceCause.CLOSED, file + " is closed");
        }
        if (cancelled) {
            throw new DeviceException(DeviceCause.CANCELLED,
                    String.format("Cancelled at flash address 0x%x of %s", address, file),
                    DeviceException.Facts.at(address));
        }
    }

    @Override
    public void close() throws DeviceException {
        if (closed) {
            return;
        }
        closed = true;
        if (Arrays.equals(content, original)) {
            return;
        }
        try {
            replace();
        } catch (IOException e) {
            throw failed("Cannot write", file, e);
        }
    }

    private void replace() throws IOException, DeviceException {
        boolean[] changed = new boolean[1];
        try {
            SafeFile.replace(file.toAbsolutePath(), content, temporary -> {
                keepMode(temporary);
                changed[0] = Files.isSymbolicLink(file) || !Stamp.of(file).equals(stamp);
                if (changed[0]) {
                    throw new IOException("changed by somebody else");
                }
            });
        } catch (IOException e) {
            if (changed[0]) {
                throw new DeviceException(DeviceCause.FILE_CHANGED,
                        file + " was changed by somebody else; it is left as it is");
            }
            throw e;
        }
    }

    private void keepMode(Path temporary) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(file,
                PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (from != null) {
            Files.setPosixFilePermissions(temporary, from.readAttributes().permissions());
        }
    }

    private static DeviceException failed(String what, Path file, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason() : e.getMessage();
        return new DeviceException(DeviceCause.IO, what + " " + file + ": " + why,
                DeviceException.Facts.NONE, Optional.of(e));
    }
}
