// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vendor's grammar (nv-config 4.5, observed): options with their values in words of their own, then the command;
 * every word behind it is an argument, whatever it looks like.
 */
final class MlxConfigArguments {
    private static final Map<String, String> COMMANDS = Map.ofEntries(Map.entry("q", "query"), Map.entry("s", "set"),
        Map.entry("r", "reset"), Map.entry("i", "show_confs"), Map.entry("t", "gen_tlvs_file"),
        Map.entry("g", "gen_xml_template"), Map.entry("x", "xml2raw"));
    private static final Set<String> NAMES = Set.of("query", "set", "reset", "show_confs", "clear_semaphore", "set_raw",
        "get_raw", "backup", "gen_tlvs_file", "gen_xml_template", "xml2raw", "raw2xml", "xml2bin", "create_conf", "apply");
    /** Options with a value, and what is missing without it. All but the first are of later generations. */
    private static final Map<String, String> WITH_VALUE = Map.ofEntries(Map.entry("-d", "device name"),
        Map.entry("-b", "database file name"), Map.entry("-f", "file name"), Map.entry("-p", "file name"),
        Map.entry("-u", "file name"), Map.entry("-eng", "OpenSSL engine"), Map.entry("-k", "OpenSSL key identifier"),
        Map.entry("-t", "device type"));
    private static final Map<String, String> LONG = Map.ofEntries(Map.entry("--dev", "-d"), Map.entry("--db", "-b"),
        Map.entry("--file", "-f"), Map.entry("--help", "-h"), Map.entry("--version", "-v"),
        Map.entry("--enable_verbosity", "-e"), Map.entry("--yes", "-y"), Map.entry("--all_attrs", "-a"),
        Map.entry("--private_key", "-p"), Map.entry("--key_uuid", "-u"), Map.entry("--openssl_engine", "-eng"),
        Map.entry("--openssl_key_id", "-k"), Map.entry("--device_type", "-t"), Map.entry("-force", "--force"));
    private static final Set<String> SWITCHES = Set.of("-e", "-y", "-a", "-h", "-v", "--force");

    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private String command = "";

    private MlxConfigArguments() {
    }

    /** A command line that was refused; the help follows the text. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    /**
     * Parses a command line.
     *
     * @param tool name of the tool in the texts
     * @param args all words
     * @throws Refused with the vendor's words
     */
    static MlxConfigArguments parse(String tool, String[] args) throws Refused {
        MlxConfigArguments parsed = new MlxConfigArguments();
        int i = 0;
        for (; i < args.length && parsed.command.isEmpty(); i++) {
            String word = LONG.getOrDefault(args[i], args[i]);
            if (WITH_VALUE.containsKey(word)) {
                if (++i == args.length) {
                    throw new Refused("missing " + WITH_VALUE.get(word));
                }
                parsed.options.put(word, args[i]);
            } else if (SWITCHES.contains(word)) {
                parsed.options.put(word, "");
                if (word.equals("-h") || word.equals("-v")) {
                    return parsed;
                }
            } else {
                parsed.command = COMMANDS.getOrDefault(word, word);
                if (!NAMES.contains(parsed.command)) {
                    throw new Refused("invalid argument: " + args[i]);
                }
            }
        }
        parsed.arguments(tool, List.of(args).subList(i, args.length));
        return parsed;
    }

    private void arguments(String tool, List<String> words) throws Refused {
        if (command.isEmpty()) {
            throw new Refused("No command found. For more information please read the help message:");
        }
        if (command.equals("query")) {
            names.addAll(words);
            return;
        }
        if (command.equals("reset") && !words.isEmpty()) {
            throw new Refused("reset command expects no argument but " + words.size() + " argument received");
        }
        if (command.equals("set") && words.isEmpty()) {
            throw new Refused("missing configuration arguments. For more information please run " + tool + " -h|--help.");
        }
        if (!command.equals("reset") && !has("-d")) {
            throw new Refused(command + " command expects device to be specified.");
        }
        if (command.endsWith("_raw") && !has("-f")) {
            throw new Refused(command + " command expects raw TLV file to be specified.");
        }
        if (command.equals("backup") && !has("-f")) {
            throw new Refused("backup command expects file to be specified.");
        }
        for (String word : words) {
            assignment(word);
        }
    }

    /** The vendor splits at every equals sign and drops what is empty in between. */
    private void assignment(String word) throws Refused {
        List<String> parts = new ArrayList<>(List.of(word.split("=")));
        parts.removeIf(String::isEmpty);
        if (parts.size() != 2 || word.startsWith("=")) {
            throw new Refused("Invalid Configuration argument " + (word.startsWith("=") || parts.isEmpty() ? word
                : parts.get(0)));
        }
        if (values.put(parts.get(0), parts.get(1)) != null) {
            throw new Refused("Duplicate parameter, " + parts.get(0) + ".");
        }
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The device as given. */
    String device() {
        return options.getOrDefault("-d", "");
    }

    /** The command by its long name. */
    String command() {
        return command;
    }

    /** Names behind {@code query}. */
    List<String> names() {
        return names;
    }

    /** Names and values behind {@code set}, in the order given. */
    Map<String, String> values() {
        return values;
    }
}
