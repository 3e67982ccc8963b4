// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cx3tools.image.FormatException;

/**
 * The images that cards are compared with and updated from: of a file, of an archive, or of a
 * folder. It never changes.
 */
public final class AvailableImages {
    /** Most entries of a folder. */
    public static final int MAX_FILES = 4096;
    /** Most bytes of all images of a folder or of an archive together, unpacked. */
    public static final long MAX_CONTENT = 512 << 20;

    private final List<AvailableImage> images;
    private final List<PassedOver> passedOver;

    private AvailableImages(List<AvailableImage> images, List<PassedOver> passedOver) {
        this.images = List.copyOf(images);
        this.passedOver = List.copyOf(passedOver);
    }

    /** {@return nothing to compare with} */
    public static AvailableImages none() {
        return new AvailableImages(List.of(), List.of());
    }

    /**
     * Reads an image, or an archive with those of many boards. A board of an archive whose image is
     * damaged is {@linkplain #passedOver passed over}, unless it is the only one.
     *
     * @param file a regular file; a link is followed
     * @return its images, at least one
     * @throws FormatException if it is neither, or damaged
     * @throws ImageLimitException if the images of an archive have more than {@link #MAX_CONTENT}
     *     bytes
     * @throws IOException if it cannot be read
     */
    public static AvailableImages ofFile(Path file)
            throws IOException, FormatException, ImageLimitException {
        ImageSources sources = new ImageSources(file, MAX_CONTENT);
        sources.addNamed(file);
        return new AvailableImages(sources.images(), sources.passedOver());
    }

    /**
     * Reads all images and archives of a folder, not those of folders inside. Symbolic links are
     * not followed. Those, damaged images, and files that cannot be read are
     * {@linkplain #passedOver passed over}; so is, without a word, what is no image.
     *
     * @param folder the folder; a link to it is followed
     * @return its images by the names of their files, perhaps none
     * @throws ImageLimitException if the folder has more than {@link #MAX_FILES} entries, or its
     *     images more than {@link #MAX_CONTENT} bytes
     * @throws IOException if the folder cannot be listed
     */
    public static AvailableImages ofFolder(Path folder) throws IOException, ImageLimitException {
        return ofFolder(folder, MAX_CONTENT);
    }

    /** The same with another limit, so that a test needs no half a gigabyte. */
    static AvailableImages ofFolder(Path folder, long maxContent)
            throws IOException, ImageLimitException {
        ImageSources sources = new ImageSources(folder, maxContent);
        for (Path file : entries(folder)) {
            if (Files.isSymbolicLink(file)) {
                sources.passOver(file, PassedOver.Reason.LINK,
                        "it is a symbolic link, which is not followed in a folder");
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                sources.addIfImage(file);
            }
        }
        return new AvailableImages(sources.images(), sources.passedOver());
    }

    private static List<Path> entries(Path folder) throws IOException, ImageLimitException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (entries.size() == MAX_FILES) {
                    throw new ImageLimitException(ImageLimitException.Limit.FILES, MAX_FILES,
                            folder);
                }
                entries.add(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(entries);
        return entries;
    }

    /** {@return all of them, by the names of their files, then as in the archive} */
    public List<AvailableImage> all() {
        return images;
    }

    /** {@return what looked like an image and is not used, by the names of the files} */
    public List<PassedOver> passedOver() {
        return passedOver;
    }

    /**
     * The images for a card.
     *
     * @param psid that of the card; for a card without one there is no image
     * @return those with the same
     */
    public List<AvailableImage> matching(Optional<String> psid) {
        return psid.isEmpty() ? List.of()
                : images.stream().filter(image -> image.psid().equals(psid)).toList();
    }
}
