// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.cx3tools.binary.Bytes;

/**
 * Files beside a release source. Only plain names of the same folder are followed: no folders, no
 * {@code ..}, no absolute paths, no links; and the content must have the size and checksum that
 * the source tells.
 */
final class SideFiles {
    /** Largest side file in bytes: a BOOT2 or section can hardly be larger. */
    static final int MAX_FILE = 8 << 20;
    /** Most bytes of all side files together: no flash is larger. */
    private static final int MAX_TOTAL = 32 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private final Path folder;
    private long total;

    SideFiles(Path folder) {
        this.folder = folder;
    }

    static String sha256(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.buffer());
            return Bytes.of(digest.digest()).hex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@return the path of a side file, after a check of its name and kind} */
    Path path(SourceGroup group, SourceGroup.Item item, String name) throws SourceException {
        if (!NAME.matcher(name).matches()) {
            throw group.error(item, "a side file must lie in the folder of the source and have a"
                    + " plain name");
        }
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw group.error(item, "there is no file (links are not followed) " + path);
        }
        return path;
    }

    /** Reads a side file and checks it. */
    Bytes read(SourceGroup group, SourceGroup.Item item, String name, long size, String sha256)
            throws SourceException {
        Path path = path(group, item, name);
        total += size;
        if (size > MAX_FILE || total > MAX_TOTAL) {
            throw group.error(item, "side files are larger than " + MAX_FILE + " bytes, or "
                    + MAX_TOTAL + " together");
        }
        Bytes content = content(group, item, path, (int) size);
        if (content.length() != size) {
            throw group.error(item, path + " has not " + size + " bytes");
        }
        String found = sha256(content);
        if (!found.equals(sha256)) {
            throw group.error(item, path + " was changed: its sha256 is " + found
                    + "; put the old content back, or the new checksum into the source");
        }
        return content;
    }

    private static Bytes content(SourceGroup group, SourceGroup.Item item, Path path, int size)
            throws SourceException {
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return Bytes.of(in.readNBytes(size + 1));
        } catch (IOException e) {
            throw group.error(item, "cannot read " + path + ": " + e.getMessage());
        }
    }
}
