// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Nearest;

/** A command line of {@code mlxfwmanager} (nv-config 5.3). */
final class ManagerOptions {
    /** Flags with a value, the short name behind the long one. */
    private static final List<List<String>> VALUES = List.of(List.of("--dev", "-d"), List.of("--image-file", "-i"),
        List.of("--image-dir", "-D"), List.of("--query-format"), List.of("--outfile", "-o"), List.of("--log-file", "-L"));
    private static final List<List<String>> SWITCHES = List.of(List.of("--help", "-h"), List.of("--version", "-v"),
        List.of("--query"), List.of("--update", "-u"), List.of("--force", "-f"), List.of("--yes", "-y"), List.of("--no"),
        List.of("--list-content", "-l"), List.of("--archive-names"), List.of("--nofs"), List.of("--no-progress"));
    private static final List<String> NOT_OFFERED = List.of("--no_fw_ctrl", "--clear-semaphore", "--exe-rel-path",
        "--online", "--online-query-psid", "--download", "--download-os", "--key", "--ssl-certificate", "--log");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> switches = new HashSet<>();

    private ManagerOptions() {
    }

    /**
     * Parses a command line.
     *
     * @throws CliException with the reason, for exit code 3
     */
    static ManagerOptions parse(String[] args) throws CliException {
        ManagerOptions options = new ManagerOptions();
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            String value = name(VALUES, word);
            String flag = name(SWITCHES, word);
            if (!flag.isEmpty()) {
                options.switches.add(flag);
            } else if (value.isEmpty()) {
                throw unknown(word);
            } else if (i + 1 == args.length) {
                throw CliException.usage("Flag " + word + " requires a value", "");
            } else {
                options.values.put(value, args[++i]);
            }
        }
        options.check();
        return options;
    }

    private static String name(List<List<String>> all, String word) {
        return all.stream().filter(names -> names.contains(word)).map(names -> names.get(0)).findFirst().orElse("");
    }

    private static CliException unknown(String word) {
        if (NOT_OFFERED.contains(word)) {
            return CliException.usage("Flag " + word + " of the vendor's tool is not offered by cx3 mlxfwmanager", "");
        }
        List<String> known = new ArrayList<>();
        VALUES.forEach(known::addAll);
        SWITCHES.forEach(known::addAll);
        return CliException.usage("Unknown flag " + word, Nearest.hint(word, known, "see --help"));
    }

    private void check() throws CliException {
        if (has("--image-file") && has("--image-dir")) {
            throw CliException.usage("Flags --image-file and --image-dir are not to be used in the same command", "");
        }
        if (has("--yes") && has("--no")) {
            throw CliException.usage("Flags --yes and --no are not to be used in the same command", "");
        }
        if (has("--update") && has("--query")) {
            throw CliException.usage("Flags --update and --query are not to be used in the same command", "");
        }
        for (String flag : List.of("--force", "--yes", "--no", "--nofs", "--log-file", "--no-progress")) {
            if (has(flag) && !has("--update")) {
                throw CliException.usage("Flag " + flag + " goes with --update", "");
            }
        }
        boolean images = has("--image-file") || has("--image-dir");
        for (String flag : List.of("--update", "--list-content")) {
            if (has(flag) && !images) {
                throw CliException.usage("Flag " + flag + " needs images", "name them with -i FILE or -D FOLDER");
            }
        }
        if (has("--archive-names") && !has("--list-content")) {
            throw CliException.usage("Flag --archive-names goes with --list-content", "");
        }
        String format = value("--query-format");
        if (has("--query-format") && !format.equalsIgnoreCase("XML") && !format.equalsIgnoreCase("Text")) {
            throw CliException.usage("Invalid query format: " + format + ", expected Text or XML", "");
        }
    }

    boolean has(String name) {
        return switches.contains(name) || values.containsKey(name);
    }

    /** The value of a flag; empty text without it. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    boolean xml() {
        return value("--query-format").equalsIgnoreCase("XML");
    }
}
