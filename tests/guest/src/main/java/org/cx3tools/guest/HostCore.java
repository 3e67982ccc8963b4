// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The core of this computer that a machine shares with its cards. At an access to a register QEMU and {@code cx3-card} wait for each
 * other, so a second core gains nothing, and waking the other up on one costs more than a change of process on the same.
 *
 * <p>The system property {@code cx3.guest.fork}, {@code fork-1} and so on, tells processes apart that start machines at the same time: they take turns
 * among the cores. Nothing is pinned without it, with one core only, and where {@code taskset} or {@code /proc} is missing.
 */
final class HostCore {
    private static final String FORK = "cx3.guest.fork";
    private static final Pattern NUMBERED = Pattern.compile("fork-([1-9][0-9]{0,3})");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final List<String> PREFIX = prefix();

    private HostCore() {
    }

    /** {@return the command, put on the core of this process} */
    static List<String> pinned(List<String> command) {
        List<String> words = new ArrayList<>(PREFIX);
        words.addAll(command);
        return words;
    }

    private static List<String> prefix() {
        try {
            Matcher fork = NUMBERED.matcher(System.getProperty(FORK, ""));
            if (!fork.matches() || !hasTaskset()) {
                return List.of();
            }
            return prefix(Integer.parseInt(fork.group(1)), allowed(Files.readString(STATUS)));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<String> prefix(int fork, List<Integer> cores) {
        return cores.size() < 2 ? List.of()
            : List.of("taskset", "-c", cores.get((fork - 1) % cores.size()).toString());
    }

    /** {@return the cores that a process may use, out of its status file: {@code 0-2,5} there is 0, 1, 2, 5} */
    static List<Integer> allowed(String status) {
        List<Integer> cores = new ArrayList<>();
        status.lines().filter(line -> line.startsWith(ALLOWED)).map(line -> line.substring(ALLOWED.length()).strip())
            .filter(list -> list.matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*"))
            .forEach(list -> {
                for (String range : list.split(",")) {
                    String[] ends = range.split("-");
                    for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                        cores.add(core);
                    }
                }
            });
        return cores;
    }

    private static boolean hasTaskset() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "taskset"))) {
                return true;
            }
        }
        return false;
    }
}
