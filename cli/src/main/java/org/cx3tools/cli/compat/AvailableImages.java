// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;

/** The image, or the images of the archive, that cards are compared with. */
final class AvailableImages {
    private final Optional<ManagedImage> image;
    private final Optional<MfaArchive> archive;
    private final String name;

    private AvailableImages(Optional<ManagedImage> image, Optional<MfaArchive> archive, String name) {
        this.image = image;
        this.archive = archive;
        this.name = name;
    }

    /** Nothing to compare with. */
    static AvailableImages none() {
        return new AvailableImages(Optional.empty(), Optional.empty(), "");
    }

    /**
     * Reads an image or an archive.
     *
     * @throws CliException when it is neither, or damaged
     */
    static AvailableImages ofFile(Streams streams, String name) throws CliException {
        try {
            if (ImageContent.isArchive(streams.resolve(name))) {
                return new AvailableImages(Optional.empty(),
                    Optional.of(ImageContent.archive(streams.resolve(name), name)), name);
            }
            Bytes content = ImageContent.of(streams.resolve(name), name, Optional.empty());
            return new AvailableImages(Optional.of(ManagedImage.of(content, name)), Optional.empty(), name);
        } catch (IOException e) {
            throw CliException.failed(Problems.message(e), "");
        }
    }

    /**
     * The image for a card.
     *
     * @param psid its PSID
     * @return empty when there is none
     * @throws CliException when the one of an archive is damaged
     */
    Optional<ManagedImage> matching(Optional<String> psid) throws CliException {
        if (psid.isEmpty()) {
            return Optional.empty();
        }
        if (archive.isPresent() && archive.get().board(psid.get()).isPresent()) {
            return Optional.of(ManagedImage.of(archive.get().image(psid.get()), name));
        }
        return image.filter(found -> found.query().psid().equals(psid));
    }
}
