// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.Medium;

/**
 * A flash as something images are read from. Failures of the device come out as an {@link
 * IOException} with the {@link DeviceException} as cause; {@link #unwrap} gets it back.
 *
 * @param port the flash
 * @param progress told about each read; may stop it
 */
public record FlashMedium(FlashPort port, Progress progress) implements Medium {
    /** Checks that nothing is missing. */
    public FlashMedium {
        requireNonNull(port, "port");
        requireNonNull(progress, "progress");
    }

    /** Without progress. */
    public FlashMedium(FlashPort port) {
        this(port, Progress.NONE);
    }

    @Override
    public long size() {
        return port.info().sizeBytes();
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) throws IOException {
        try {
            port.read(address, target, offset, length, progress);
        } catch (DeviceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The device failure inside of an exception of a medium; others become input errors. */
    public static DeviceException unwrap(IOException e) {
        if (e.getCause() instanceof DeviceException device) {
            return device;
        }
        return new DeviceException(DeviceCause.IO, e.getMessage(),
                DeviceException.Facts.NONE, Optional.of(e));
    }
}
