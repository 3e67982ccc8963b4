// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The folder of the host for backups and for journals of burns.
 *
 * @param path where; made when something is written
 */
public record StateFolder(Path path) {
    private static final String NAME = "cx3tools";

    /**
     * The usual one: {@code CX3_STATE_DIR} if set, {@code /var/lib/cx3tools} for root, else {@code
     * $XDG_STATE_HOME/cx3tools} or {@code ~/.local/state/cx3tools}.
     */
    public static StateFolder standard() {
        return of(System.getenv(), System.getProperty("user.name", ""), System.getProperty("user.home", "."));
    }

    static StateFolder of(Map<String, String> environment, String user, String home) {
        String given = environment.getOrDefault("CX3_STATE_DIR", "");
        if (!given.isEmpty()) {
            return new StateFolder(Path.of(given));
        }
        if (user.equals("root")) {
            return new StateFolder(Path.of("/var/lib", NAME));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // Relative paths are to be ignored, says the XDG base directory specification.
        Path base = state.startsWith("/") ? Path.of(state) : Path.of(home, ".local/state");
        return new StateFolder(base.resolve(NAME));
    }

    /**
     * A folder inside of it, private to its owner; made if it is not there.
     *
     * @param name its name
     * @throws IOException when it cannot be made, or somebody else could put files into it
     */
    public Path made(String name) throws IOException {
        Path folder = path.resolve(name);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        }
        check(folder);
        return folder;
    }

    /** Images out of it are burnt: it has to be a folder of our own that nobody else writes to. */
    private static void check(Path folder) throws IOException {
        PosixFileAttributes is = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!is.isDirectory()) {
            throw new IOException(folder + " is not a folder; backups and journals go to one");
        }
        boolean own = Files.getAttribute(folder, "unix:uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        boolean open = is.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || is.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        if (!own || open) {
            throw new IOException(folder + (own ? " can be written by others (" + PosixFilePermissions.toString(
                    is.permissions()) + "); chmod 700 it" : " belongs to somebody else; name another folder with"
                    + " CX3_STATE_DIR"));
        }
    }
}
