// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.archive.MfaComponent;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** Collects images out of files, and keeps count of their bytes. */
final class ImageSources {
    /** Larger than any flash of these cards. */
    private static final int MAX_IMAGE = 64 << 20;

    private final Path where;
    private final long maxContent;
    private final List<AvailableImage> images = new ArrayList<>();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private long content;

    /**
     * Nothing yet.
     *
     * @param where the file or folder that an error names
     * @param maxContent most bytes of all images
     */
    ImageSources(Path where, long maxContent) {
        this.where = where;
        this.maxContent = maxContent;
    }

    List<AvailableImage> images() {
        return images;
    }

    List<PassedOver> passedOver() {
        return passedOver;
    }

    /** Adds a file that was asked for by name: it must be good. */
    void addNamed(Path file) throws IOException, FormatException, ImageLimitException {
        Bytes all = Bytes.ofFile(file, MfaArchive.MAX_SIZE);
        if (MfaArchive.isArchive(all)) {
            addArchive(file, all);
        } else {
            addImage(file, all);
        }
    }

    /** Adds a file of a folder if it is an image or an archive; a damaged one is passed over. */
    void addIfImage(Path file) throws ImageLimitException {
        try {
            Optional<Bytes> all = read(file);
            if (all.isEmpty()) {
                return;
            }
            if (MfaArchive.isArchive(all.get())) {
                addArchive(file, all.get());
            } else {
                addImage(file, all.get());
            }
        } catch (FormatException e) {
            passOver(file, PassedOver.Reason.DAMAGED, e.getMessage());
        } catch (AccessDeniedException e) {
            passOver(file, PassedOver.Reason.UNREADABLE, "permission denied");
        } catch (IOException e) {
            passOver(file, PassedOver.Reason.UNREADABLE, "it cannot be read: " + e.getMessage());
        }
    }

    void passOver(Path file, PassedOver.Reason reason, String detail) {
        passedOver.add(new PassedOver(file, Optional.empty(), reason, detail));
    }

    /**
     * Reads a file by one open, so that what was judged by its head is what is read: nobody can
     * put a link there in between.
     */
    private static Optional<Bytes> read(Path file) throws IOException, FormatException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] head = in.readNBytes(ImageLocator.MAGIC.length());
            boolean archive = MfaArchive.isArchive(Bytes.of(head));
            if (!archive && !Bytes.of(head).equals(ImageLocator.MAGIC)) {
                return Optional.empty();
            }
            int most = archive ? MfaArchive.MAX_SIZE : MAX_IMAGE;
            byte[] rest = in.readNBytes(most - head.length + 1);
            if (head.length + rest.length > most) {
                throw tooLong(most);
            }
            byte[] all = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, all, head.length, rest.length);
            return Optional.of(Bytes.of(all));
        }
    }

    private static FormatException tooLong(int most) {
        return new FormatException(most, "file", "its end, as no flash is larger", "more");
    }

    private void addImage(Path file, Bytes all) throws FormatException, ImageLimitException {
        if (all.length() > MAX_IMAGE) {
            throw tooLong(MAX_IMAGE);
        }
        count(all.length());
        ManagedImage managed = ManagedImage.ofImage(all);
        judge(all);
        images.add(new AvailableImage(file, Optional.empty(), managed, all));
    }

    /** An archive has a checksum over everything; a file has those of its sections. */
    private static void judge(Bytes image) throws FormatException {
        for (Finding finding : Verifier.findings(Fs2Image.parse(image))) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw new FormatException(finding.offset(), finding.what(), finding.expected(),
                        finding.found());
            }
        }
    }

    private void addArchive(Path file, Bytes all) throws FormatException, ImageLimitException {
        MfaArchive archive = MfaArchive.parse(all);
        // Boards may share bytes, and boards may use few of them: the larger number is what it
        // costs to keep and to look at the images.
        count(Math.max(archive.dataSize(),
                archive.boards().stream().mapToLong(ImageSources::size).sum()));
        int before = images.size();
        Optional<FormatException> first = Optional.empty();
        for (MfaBoard board : archive.boards()) {
            try {
                images.add(image(file, board, archive.image(board)));
            } catch (FormatException e) {
                first = first.or(() -> Optional.of(e));
                passedOver.add(new PassedOver(file, Optional.of(board.psid()),
                        PassedOver.Reason.DAMAGED, e.getMessage()));
            }
        }
        if (first.isPresent() && images.size() == before) {
            passedOver.removeIf(passed -> passed.file().equals(file));
            throw first.get();
        }
    }

    /** Bytes of the image with the first tag, at least. */
    private static long size(MfaBoard board) {
        String tag = board.tags().get(0);
        return board.components().stream()
                .filter(c -> c.type() == MfaComponent.FIRMWARE && c.tag().equals(tag))
                .mapToLong(MfaComponent::size).sum();
    }

    /** An archive must not give a card the image of another board. */
    private static AvailableImage image(Path file, MfaBoard board, Bytes content)
            throws FormatException {
        ManagedImage managed = ManagedImage.ofImage(content);
        String psid = managed.query().psid().orElse("none");
        if (!psid.equals(board.psid())) {
            throw new FormatException(0, "PSID of the image",
                    board.psid() + " as the archive says", psid);
        }
        return new AvailableImage(file, Optional.of(board), managed, content);
    }

    private void count(long bytes) throws ImageLimitException {
        content += bytes;
        if (content > maxContent) {
            throw new ImageLimitException(ImageLimitException.Limit.CONTENT, maxContent, where);
        }
    }
}
