// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimInfo;
import org.cx3tools.nativecore.NativeSimModel;

/** Makes virtual cards: a file with the card's state, its VPD, and an image in slot 0. */
public final class VirtualCards {
    /** Bytes that firmware keeps for its settings at the end of each half (fs2-image 3.2). */
    private static final long SETTINGS_RESERVE = 0x10000;

    /** Link types of CR 0x1f148 and 0x1f164. The operator's card shows MACs, so Ethernet it is. */
    private static final int NO_PORT = 0;
    private static final int ETHERNET = 2;

    private VirtualCards() {
    }

    /**
     * Makes a virtual card and switches it on. It is prepared beside its place and renamed when it
     * is complete, so the file is there as a whole or not at all.
     *
     * @param file    where; must not exist
     * @param options what kind of card
     * @throws IOException     if the file exists, or its folder cannot be written
     * @throws DeviceException if the chip is not known, or the image does not fit or does not boot
     */
    public static void create(Path file, VirtualCardOptions options)
            throws IOException, DeviceException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString(), null,
                    "a virtual card is never overwritten; remove it or choose another name");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
        }
        Path scratch = Files.createTempDirectory(folder, ".cx3-card-");
        Path draft = scratch.resolve("card");
        try {
            NativeSim.create(draft, model(options));
            if (options.image().isPresent()) {
                install(draft, options.image().get());
            }
            NativeSim.powerCycle(draft);
            if (options.image().isPresent() && !NativeSim.info(draft).booted()) {
                throw new DeviceException(DeviceCause.VERIFY_FAILED,
                        "the virtual card does not boot the image: verify the image first");
            }
            NativeSim.resetCounters(draft);
            Files.move(draft, file);
        } catch (NativeException e) {
            throw new DeviceException(DeviceCause.valueOf(e.status().name()),
                    file + ": " + e.getMessage(), DeviceException.Facts.NONE, Optional.of(e));
        } finally {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(scratch);
        }
    }

    private static NativeSimModel model(VirtualCardOptions options) {
        CardFacts facts = options.model().facts();
        return new NativeSimModel(CardFacts.VENDOR_ID, facts.deviceId(),
                facts.subsystemVendorId(), facts.subsystemId(), facts.hwId(), facts.hwRevision(),
                options.chip(), options.bankSize(), options.banks(), ETHERNET,
                facts.ports() > 1 ? ETHERNET : NO_PORT, facts.modelName(),
                options.model().vpd().toArray());
    }

    private static void install(Path card, Fs2Image image) throws NativeException,
            DeviceException {
        NativeSimInfo info = NativeSim.info(card);
        ChunkMap map = image.header().chunkMap();
        long half = map.failsafe() ? info.flashSizeBytes() / 2 : info.flashSizeBytes();
        long room = half - (map.failsafe() ? SETTINGS_RESERVE : 2 * SETTINGS_RESERVE);
        if (image.size() > room || map.chunkSize() > half) {
            throw new DeviceException(DeviceCause.OUT_OF_RANGE, String.format(
                    "the image (0x%x bytes, chunk size 0x%x) does not fit the flash of 0x%x bytes;"
                    + " choose a larger chip or a smaller image", image.size(), map.chunkSize(),
                    info.flashSizeBytes()));
        }
        Bytes bytes = image.trimmed().bytes();
        for (ChunkMap.Piece piece : map.split(0, bytes.length(), 0)) {
            NativeSim.poke(card, piece.physical(),
                    bytes.slice((int) piece.logical(), piece.length()).toArray());
        }
    }
}
