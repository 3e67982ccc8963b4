// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.verify.StockVerdict;
import org.cx3tools.verify.Verifier;

/** The image of {@code -i} or {@code -d} after the checks that the stock tool makes before a command looks inside. */
final class FlintImage implements AutoCloseable {
    private final LogicalMedium medium;
    private final Optional<Device> device;

    private FlintImage(LogicalMedium medium, Optional<Device> device) {
        this.medium = medium;
        this.device = device;
    }

    /** The reason why an image cannot be used, in the words that follow a command's own. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String reason) {
            super(reason);
        }
    }

    /** Something that a command wants to know from an image. */
    interface Use<T> {
        T of(LogicalMedium image) throws FormatException, IOException;
    }

    /**
     * Opens it; a failure to open is printed.
     *
     * @param wholeQuery whether the header pointers are followed too, as {@code query}, {@code checksum} and
     *     {@code rrom} do
     * @return empty when it was printed why not
     * @throws Bad when there is no good image in it
     */
    static Optional<FlintImage> open(FlintSession session, boolean wholeQuery) throws Bad {
        if (session.onDevice()) {
            Optional<Device> device = FlintTarget.reading(session);
            return device.isEmpty() ? Optional.empty() : Optional.of(onDevice(device.get()));
        }
        Optional<Bytes> content = FlintTarget.image(session);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        boolean striped = session.has(FlintOption.STRIPED_IMAGE);
        judge(content.get(), striped, wholeQuery);
        Medium medium = Medium.of(content.get());
        LogicalMedium image = striped ? opened(medium) : LogicalMedium.contiguous(medium);
        return Optional.of(new FlintImage(image, Optional.empty()));
    }

    /** What the stock tool checks of a file. */
    static void judge(Bytes content, boolean striped, boolean wholeQuery) throws Bad {
        StockVerdict verdict = Verifier.stockVerdict(content, striped);
        if (!verdict.failure().isEmpty() && (wholeQuery || !verdict.text().contains("Failed to get Guids status"))) {
            throw new Bad(verdict.failure());
        }
    }

    private static FlintImage onDevice(Device device) throws Bad {
        try {
            return new FlintImage(opened(new FlashMedium(device.flash())), Optional.of(device));
        } catch (Bad e) {
            closeQuietly(device);
            throw e;
        } catch (DeviceException e) {
            closeQuietly(device);
            throw new Bad(FlintTarget.text(e));
        }
    }

    /** The failure that matters is on its way already. */
    private static void closeQuietly(Device device) {
        try {
            device.close();
        } catch (DeviceException e) {
            return;
        }
    }

    private static LogicalMedium opened(Medium medium) throws Bad {
        try {
            List<Long> starts = ImageLocator.starts(medium);
            if (starts.isEmpty()) {
                throw new Bad("No valid image found");
            }
            return ImageReader.open(medium, starts.get(0));
        } catch (FormatException e) {
            throw new Bad(e.getMessage());
        } catch (IOException e) {
            throw new Bad(text(e));
        }
    }

    /**
     * Looks inside.
     *
     * @throws Bad when the structure does not allow it
     */
    <T> T read(Use<T> use) throws Bad {
        try {
            return use.of(medium);
        } catch (FormatException e) {
            throw new Bad(e.getMessage());
        } catch (IOException e) {
            throw new Bad(text(e));
        }
    }

    private static String text(IOException failure) {
        return failure.getCause() instanceof DeviceException e ? FlintTarget.text(e) : failure.getMessage();
    }

    /** The card, when the image is on one. */
    Optional<Device> device() {
        return device;
    }

    @Override
    public void close() throws DeviceException {
        if (device.isPresent()) {
            device.get().close();
        }
    }
}
