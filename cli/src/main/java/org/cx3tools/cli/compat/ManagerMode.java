// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.cx3tools.cli.CliException;

/** What a command line of {@code mlxfwmanager} is for, and which flags go with that: no flag is read and then ignored. */
enum ManagerMode {
    /** Cards beside images; the default. */
    QUERY("--query"),
    /** Burns what is newer. */
    UPDATE("--update"),
    /** The table of what files hold. */
    LIST("--list-content"),
    /** One image of an archive to a file. */
    EXTRACT("--extract"),
    /** All images of an archive to a folder. */
    EXTRACT_ALL("--extract-all"),
    /** Frees the locks of the flash. */
    CLEAR("--clear-semaphore");

    private static final Map<String, Set<ManagerMode>> GOES_WITH = new LinkedHashMap<>();

    static {
        for (String flag : new String[] {"--force", "--yes", "--no", "--nofs", "--log-file", "--no-progress", "--no_fw_ctrl"}) {
            GOES_WITH.put(flag, EnumSet.of(UPDATE));
        }
        GOES_WITH.put("--dev", EnumSet.of(QUERY, UPDATE, CLEAR));
        GOES_WITH.put("--image-file", EnumSet.of(QUERY, UPDATE, LIST, EXTRACT, EXTRACT_ALL));
        GOES_WITH.put("--image-dir", EnumSet.of(QUERY, UPDATE, LIST));
        GOES_WITH.put("--query-format", EnumSet.of(QUERY, UPDATE));
        GOES_WITH.put("--query-xml", EnumSet.of(QUERY, UPDATE));
        GOES_WITH.put("--outfile", EnumSet.of(QUERY, UPDATE, LIST));
        GOES_WITH.put("--archive-names", EnumSet.of(LIST));
        GOES_WITH.put("--psid", EnumSet.of(LIST, EXTRACT));
        GOES_WITH.put("--extract-file", EnumSet.of(EXTRACT));
        GOES_WITH.put("--extract-dir", EnumSet.of(EXTRACT_ALL));
    }

    private final String flag;

    ManagerMode(String flag) {
        this.flag = flag;
    }

    /**
     * The one that a command line asks for.
     *
     * @throws CliException when it asks for two, when a flag does not go with it, and when one is missing
     */
    static ManagerMode of(ManagerOptions options) throws CliException {
        ManagerMode asked = QUERY;
        boolean any = false;
        for (ManagerMode mode : values()) {
            if (options.has(mode.flag)) {
                if (any) {
                    throw both(asked.flag, mode.flag);
                }
                asked = mode;
                any = true;
            }
        }
        for (Map.Entry<String, Set<ManagerMode>> flag : GOES_WITH.entrySet()) {
            if (options.has(flag.getKey()) && !flag.getValue().contains(asked)) {
                throw any ? both(asked.flag, flag.getKey())
                    : CliException.usage("Flag " + flag.getKey() + " goes with " + names(flag.getValue()), "");
            }
        }
        asked.checkComplete(options);
        return asked;
    }

    private static CliException both(String one, String other) {
        return CliException.usage("Flags " + one + " and " + other + " are not to be used in the same command", "");
    }

    private static String names(Set<ManagerMode> modes) {
        return String.join(" or ", modes.stream().map(mode -> mode.flag).toList());
    }

    private void checkComplete(ManagerOptions options) throws CliException {
        switch (this) {
            case QUERY -> {
                // Without -d all cards, without images nothing to compare with.
            }
            case UPDATE, LIST -> require(options.images(), "images", "name them with -i FILE or -D FOLDER");
            case EXTRACT -> {
                require(options.has("--image-file"), "an archive", "name it with -i FILE");
                require(options.has("--extract-file"), "an output", "name it with --extract-file FILE");
            }
            case EXTRACT_ALL -> {
                require(options.has("--image-file"), "an archive", "name it with -i FILE");
                require(options.has("--extract-dir"), "an output", "name it with --extract-dir FOLDER");
            }
            case CLEAR -> require(options.has("--dev"), "a device", "name it with -d DEVICE");
        }
    }

    private void require(boolean there, String what, String hint) throws CliException {
        if (!there) {
            throw CliException.usage("Flag " + flag + " needs " + what, hint);
        }
    }
}
