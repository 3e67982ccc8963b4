// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.image.FormatException;
import org.cx3tools.update.AvailableImage;
import org.cx3tools.update.AvailableImages;
import org.cx3tools.update.ImageLimitException;
import org.cx3tools.update.PassedOver;

/** The images that cards are compared with, under the names that the operator gave them. */
public final class NamedImages {
    private final AvailableImages images;
    private final String given;
    private final boolean folder;

    private NamedImages(AvailableImages images, String given, boolean folder) {
        this.images = images;
        this.given = given;
        this.folder = folder;
    }

    /** {@return nothing to compare with} */
    public static NamedImages none() {
        return new NamedImages(AvailableImages.none(), "", false);
    }

    /**
     * An image, or an archive with those of many boards. Boards whose image is damaged are told on the error output.
     *
     * @param name the file as the operator names it
     * @param streams where names start from
     * @return its images
     * @throws CliException when it cannot be read; with a {@link FormatException} as its cause when it is neither, or
     *     damaged
     */
    public static NamedImages ofFile(String name, Streams streams) throws CliException {
        try {
            return new NamedImages(AvailableImages.ofFile(streams.resolve(name)), name, false).told(streams);
        } catch (FormatException e) {
            throw new CliException(ExitCode.FAILED, name + " is damaged, or no firmware image: " + e.getMessage(),
                "get a good copy of it", e);
        } catch (ImageLimitException e) {
            throw tooMuch(e);
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
    }

    /**
     * All images and archives of a folder. What looks like one and is not used is told on the error output.
     *
     * @param name the folder as the operator names it
     * @param streams where names start from
     * @return its images, by the names of their files
     * @throws CliException when the folder cannot be read, or holds too much
     */
    public static NamedImages ofFolder(String name, Streams streams) throws CliException {
        try {
            return new NamedImages(AvailableImages.ofFolder(streams.resolve(name)), name, true).told(streams);
        } catch (ImageLimitException e) {
            throw tooMuch(e);
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
    }

    private static CliException tooMuch(ImageLimitException e) {
        return new CliException(ExitCode.FAILED, e.getMessage(), "put the images that are meant into a folder of their own", e);
    }

    private NamedImages told(Streams streams) {
        for (PassedOver passed : images.passedOver()) {
            streams.err().line("cx3: warning: " + Printable.of(name(passed.file()))
                + passed.psid().map(psid -> ", board " + Printable.of(psid)).orElse("") + " is passed over: "
                + Printable.of(passed.detail()));
        }
        // They come before what an update asks.
        streams.err().flush();
        return this;
    }

    /** {@return the images} */
    public AvailableImages images() {
        return images;
    }

    /**
     * The name of the file of an image.
     *
     * @param image one of these
     * @return as the operator gave it, below the folder that was given
     */
    public String name(AvailableImage image) {
        return name(image.file());
    }

    private String name(Path file) {
        return folder ? given + "/" + file.getFileName() : given;
    }

    /**
     * The files of several images.
     *
     * @param some some of these
     * @return their names, each once, in order
     */
    public List<String> names(List<AvailableImage> some) {
        return some.stream().map(this::name).distinct().toList();
    }
}
