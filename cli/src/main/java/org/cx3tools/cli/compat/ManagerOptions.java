// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Nearest;

/** A command line of {@code mlxfwmanager} (nv-config 5.3). */
final class ManagerOptions {
    private static final String NETWORK = "cx3 uses no network: fetch the archive and name it with -i";
    /** Flags with a value, the short name behind the long one. */
    private static final List<List<String>> VALUES = List.of(List.of("--dev", "-d"), List.of("--image-file", "-i"),
        List.of("--image-dir", "-D"), List.of("--query-format"), List.of("--outfile", "-o"), List.of("--log-file", "-L"),
        List.of("--psid"), List.of("--extract-file"), List.of("--extract-dir"));
    private static final List<List<String>> SWITCHES = List.of(List.of("--help", "-h"), List.of("--version", "-v"),
        List.of("--query"), List.of("--update", "-u"), List.of("--force", "-f"), List.of("--yes", "-y"), List.of("--no"),
        List.of("--list-content", "-l"), List.of("--archive-names"), List.of("--nofs"), List.of("--no-progress"),
        List.of("--query-xml"), List.of("--extract"), List.of("--extract-all"), List.of("--no_fw_ctrl"),
        List.of("--clear-semaphore"));
    /** What the vendor's tool has and this one has not, with what to use instead. */
    private static final Map<String, String> NOT_OFFERED = Map.ofEntries(
        Map.entry("--online", NETWORK), Map.entry("--online-query-psid", NETWORK), Map.entry("--download", NETWORK),
        Map.entry("--download-os", NETWORK), Map.entry("--key", NETWORK), Map.entry("--ssl-certificate", NETWORK),
        Map.entry("--log", "-L FILE keeps a record of the updates"),
        Map.entry("--exe-rel-path", "names of files start in the current folder"),
        Map.entry("--crc", "cx3 archive verify checks an archive, cx3 verify -i an image"),
        Map.entry("--lookup", "-l --psid PSID lists what there is for a board"),
        Map.entry("--ffv", "-l lists the versions of firmware in a file"),
        Map.entry("-x", "--extract takes an image out of an archive"));

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> switches = new HashSet<>();
    private ManagerMode mode = ManagerMode.QUERY;

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
                options.add(value, args[++i]);
            }
        }
        if (!options.has("--help") && !options.has("--version")) {
            options.check();
        }
        return options;
    }

    private static String name(List<List<String>> all, String word) {
        return all.stream().filter(names -> names.contains(word)).map(names -> names.get(0)).findFirst().orElse("");
    }

    /** Devices add up, as if they were joined; of anything else there is one. */
    private void add(String flag, String value) throws CliException {
        if (has(flag) && !flag.equals("--dev")) {
            throw CliException.usage("Flag " + flag + " is given twice: " + values.get(flag) + " and " + value,
                "name one of them");
        }
        values.merge(flag, value, (before, after) -> before + ";" + after);
    }

    private static CliException unknown(String word) {
        if (NOT_OFFERED.containsKey(word)) {
            return CliException.usage("Flag " + word + " of the vendor's tool is not offered by cx3 mlxfwmanager",
                NOT_OFFERED.get(word));
        }
        List<String> known = new ArrayList<>();
        VALUES.forEach(known::addAll);
        SWITCHES.forEach(known::addAll);
        return CliException.usage("Unknown flag " + word, Nearest.hint(word, known, "see --help"));
    }

    private void check() throws CliException {
        exclude("--image-file", "--image-dir");
        exclude("--yes", "--no");
        exclude("--query-format", "--query-xml");
        mode = ManagerMode.of(this);
        if (has("--dev") && devices().isEmpty()) {
            throw CliException.usage("Flag --dev names no device: \"" + value("--dev") + "\"",
                "cx3 list shows the cards of this machine");
        }
        String format = value("--query-format");
        if (has("--query-format") && !format.equalsIgnoreCase("XML") && !format.equalsIgnoreCase("Text")) {
            throw CliException.usage("Invalid query format: " + format + ", expected Text or XML", "");
        }
    }

    private void exclude(String one, String other) throws CliException {
        if (has(one) && has(other)) {
            throw CliException.usage("Flags " + one + " and " + other + " are not to be used in the same command", "");
        }
    }

    boolean has(String name) {
        return switches.contains(name) || values.containsKey(name);
    }

    /** The value of a flag; empty text without it. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    ManagerMode mode() {
        return mode;
    }

    /** The devices of -d; nothing between two semicolons is no device. */
    List<String> devices() {
        return Arrays.stream(value("--dev").split(";")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** Whether images are named. */
    boolean images() {
        return has("--image-file") || has("--image-dir");
    }

    boolean xml() {
        return has("--query-xml") || value("--query-format").equalsIgnoreCase("XML");
    }

    /** Whether the XML goes to the standard output, which then holds nothing else. */
    boolean xmlOnOutput() {
        return xml() && !has("--outfile");
    }
}
