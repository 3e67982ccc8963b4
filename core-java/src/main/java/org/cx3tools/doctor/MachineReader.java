// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the kernel shows of a PCI device, and who has it open. Touches no register. */
final class MachineReader {
    private static final int RESOURCE_FIELDS = 3;
    private static final int BAR0 = 0;
    private static final int BAR2 = 2;
    private static final int MAX_LINK_CHARACTERS = 4096;

    private final Path sysfs;
    private final Path proc;

    MachineReader(Path sysfs, Path proc) {
        this.sysfs = sysfs;
        this.proc = proc;
    }

    Signs.Sysfs read(String address) {
        Path device = sysfs.resolve("bus/pci/devices").resolve(address);
        List<String> bridges = bridges(device);
        int slotWidth = bridges.isEmpty() ? 0
            : number(sysfs.resolve("bus/pci/devices").resolve(bridges.get(0)).resolve("max_link_width"));
        return new Signs.Sysfs(address, bridges, bar(device, BAR0), bar(device, BAR2), slotWidth,
            text(device.resolve("max_link_speed")));
    }

    /** Folders above the real one of the device are bridges. */
    private static List<String> bridges(Path device) {
        List<String> bridges = new ArrayList<>();
        try {
            for (Path at = device.toRealPath().getParent(); at != null; at = at.getParent()) {
                String name = at.getFileName() == null ? "" : at.getFileName().toString();
                if (!name.matches("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]")) {
                    break;
                }
                bridges.add(name);
            }
        } catch (IOException e) {
            return List.of();
        }
        return bridges;
    }

    /** A line of "resource" is start, end and flags; a BAR without a place has no flags, or starts at 0. */
    private static long bar(Path device, int index) {
        String[] lines = text(device.resolve("resource")).split("\n");
        String[] fields = index < lines.length ? lines[index].trim().split("\\s+") : new String[0];
        try {
            long start = fields.length == RESOURCE_FIELDS ? Long.decode(fields[0]) : 0;
            return start == 0 ? 0 : Long.decode(fields[1]) - start + 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Who has a descriptor or a mapping of the registers or of configuration space; this process left out. */
    List<Signs.User> users(String address) {
        List<Signs.User> users = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && uses(process, address)) {
                    users.add(new Signs.User(pid, text(process.resolve("comm")).trim()));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return users; // whoever could be read counts
        }
        users.sort(Comparator.comparingLong(Signs.User::pid));
        return users;
    }

    private static boolean uses(Path process, String address) {
        String registers = "/" + address + "/resource";
        String config = "/" + address + "/config";
        try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
            if (maps.anyMatch(line -> line.contains(registers))) {
                return true;
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // it ended, or is not ours to look at
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                String target = link(descriptor);
                if (target.contains(registers) || target.endsWith(config)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static String link(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.substring(0, Math.min(target.length(), MAX_LINK_CHARACTERS));
        } catch (IOException e) {
            return "";
        }
    }

    /** Our lock file of a card, see lock_file.h of the C core; empty when no process of ours is on record. */
    static Optional<String> owner(Path lockFile) {
        String text = text(lockFile).trim();
        java.util.regex.Matcher record = java.util.regex.Pattern.compile("cx3 pid=(\\d{1,10}) since=(\\d{1,12})").matcher(text);
        return record.matches() ? Optional.of("cx3 process " + record.group(1) + " (since "
            + java.time.Instant.ofEpochSecond(Long.parseLong(record.group(2))) + ")") : Optional.empty();
    }

    private static int number(Path file) {
        try {
            return Integer.parseInt(text(file).trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
