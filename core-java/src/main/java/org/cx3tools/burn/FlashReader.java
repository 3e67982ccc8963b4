// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.io.IOException;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageReader;

/** Reads whole images and the whole flash, for backups. */
public final class FlashReader {
    private FlashReader() {}

    /**
     * An image read from flash.
     *
     * @param image contiguous, as it was burnt
     * @param start flash address of its first byte
     * @param problems what is wrong with it, one line each; empty for an intact one. A backup of a
     *     damaged image should be refused, or kept under a name that says so.
     */
    public record Reading(Fs2Image image, long start, List<String> problems) {
        /** Keeps a copy of the list. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the image that counts as the current one: the intact one, if one of two is.
     *
     * @throws BurnException {@link BurnFailure.NothingToKeep} when there is none, {@link
     *     BurnFailure.DamagedPart} when its structure is broken
     * @throws DeviceException when the flash cannot be read
     */
    public static Reading current(FlashPort flash, Progress progress)
            throws BurnException, DeviceException {
        return current(flash, FlashContent.read(flash, false, Progress.NONE), progress);
    }

    static Reading current(FlashPort flash, FlashContent content, Progress progress)
            throws BurnException, DeviceException {
        if (content.slots().isEmpty()) {
            throw new BurnException(new BurnFailure.NothingToKeep("images",
                    "no image begins at any of the possible addresses",
                    "burn an image; -nofs and the GUIDs of the card are needed"));
        }
        SlotState slot = content.current().orElse(content.slots().get(0));
        return at(flash, slot.start(), progress);
    }

    /**
     * Reads the image that begins at an address.
     *
     * @param start flash address of its signature
     * @throws BurnException {@link BurnFailure.DamagedPart} when its structure is broken
     * @throws DeviceException when the flash cannot be read
     */
    public static Reading at(FlashPort flash, long start, Progress progress)
            throws BurnException, DeviceException {
        try {
            Fs2Image image = ImageReader.read(new FlashMedium(flash, progress), start);
            return new Reading(image, start, Judge.problems(image));
        } catch (FormatException e) {
            throw new BurnException(new BurnFailure.DamagedPart("section chain", start,
                    e.getMessage(), "burn a good image over it; --whole still reads the flash"), e);
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    /** {@return the whole flash, at most 16 MiB} */
    public static Bytes dump(FlashPort flash, Progress progress) throws DeviceException {
        byte[] all = new byte[Math.toIntExact(flash.info().sizeBytes())];
        flash.read(0, all, 0, all.length, progress);
        return Bytes.of(all);
    }
}
