// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of the log that is about a card and still stands.
 *
 * @param kind what it tells
 * @param line the whole line
 * @param arguments what the message names, in its order
 */
record KernelEvent(FindingKind kind, String line, List<String> arguments) {
    private static final Pattern DEVICE = Pattern.compile("(\\S{1,64}) ([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]): (.*)");
    private static final String DRIVER = "mlx4_core";
    /** What the PCI core says of a card when it finds it. */
    private static final Pattern OUR_ID = Pattern.compile("^\\[15b3:(?:1003|1007|01f6|01f8)\\]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String BAR2 = "BAR 2";
    private static final Pattern SIZE = Pattern.compile("\\[mem size 0x([0-9a-f]{1,16})\\b.*");
    private static final long USUAL_BAR2_BYTES = 8 << 20;
    private static final Pattern VIRTUAL_FUNCTIONS = Pattern.compile("VF BAR.*|BAR (?:[7-9]|1[0-2])");

    KernelEvent {
        arguments = List.copyOf(arguments);
    }

    /** A line that was recognised. */
    private record Seen(KernelMessage message, String line, List<String> arguments) {
        /** What has no place: "BAR 2", "VF BAR 0", "ROM". The words of 5.10 give the number alone. */
        String place() {
            String first = arguments.get(0);
            return NUMBER.matcher(first).matches() ? "BAR " + first : first;
        }
    }

    /**
     * The events of a card.
     *
     * @param address as the kernel writes it, {@code 0000:23:00.0}
     * @param bridges addresses of the bridges above it
     */
    static List<KernelEvent> of(KernelLog log, String address, List<String> bridges) {
        // Keyed by what a later line can take back: a resource by its place, the driver as a whole.
        Map<String, KernelEvent> resources = new HashMap<>();
        List<KernelEvent> driver = new ArrayList<>();
        List<KernelEvent> others = new ArrayList<>();
        for (String line : log.lines()) {
            Optional<Seen> found = see(line, address, bridges);
            if (found.isEmpty()) {
                continue;
            }
            Seen seen = found.get();
            switch (seen.message().kind()) {
                case KernelMessage.START, KernelMessage.GOOD -> driver.clear();
                case KernelMessage.ASSIGNED -> resources.remove(seen.place());
                case KernelMessage.RESOURCE -> resource(seen).ifPresent(event ->
                    resources.put(seen.place(), event));
                default -> {
                    FindingKind kind = FindingKind.valueOf(seen.message().kind());
                    KernelEvent event = new KernelEvent(kind, seen.line(), seen.arguments());
                    (kind == FindingKind.LOCKDOWN || kind == FindingKind.NARROW_LINK ? others : driver).add(event);
                }
            }
        }
        List<KernelEvent> all = new ArrayList<>(resources.values());
        all.addAll(driver);
        all.addAll(others);
        return all;
    }

    /** The one card that a log speaks of: its driver names it. Empty when there are several, or none. */
    static Optional<String> onlyCard(KernelLog log) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : log.lines()) {
            Matcher device = DEVICE.matcher(line);
            if (device.matches() && (device.group(1).equals(DRIVER) || OUR_ID.matcher(device.group(3)).find())) {
                found.add(device.group(2));
            }
        }
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** The message of the table that a line is, when it is about this card. */
    static Optional<KernelMessage> message(String line, String address, List<String> bridges) {
        return see(line, address, bridges).map(Seen::message);
    }

    private static Optional<Seen> see(String line, String address, List<String> bridges) {
        Matcher device = DEVICE.matcher(line);
        boolean named = device.matches();
        boolean ours = named && (device.group(2).equals(address) || bridges.contains(device.group(2)));
        if (named && !ours) {
            return Optional.empty();
        }
        String text = named ? device.group(3) : line;
        for (KernelMessage message : KernelMessage.all()) {
            boolean fits = switch (message.who()) {
                case "driver" -> named && device.group(1).equals(DRIVER) && device.group(2).equals(address);
                case "pci" -> named;
                default -> !named;
            };
            Optional<Matcher> match = fits ? message.match(text) : Optional.empty();
            if (match.isPresent()) {
                List<String> arguments = arguments(match.get());
                // The driver's name may stand in for any device: the address among the arguments decides.
                boolean other = !named && !message.kind().equals(FindingKind.LOCKDOWN.name())
                    && !arguments.contains(address);
                return other ? Optional.empty() : Optional.of(new Seen(message, line, arguments));
            }
        }
        return Optional.empty();
    }

    /** Above what firmware asks for by itself, 8 MiB; a board that has no room for that has other troubles. */
    private static boolean large(Seen seen) {
        for (String argument : seen.arguments()) {
            Matcher size = SIZE.matcher(argument);
            if (size.matches()) {
                return Long.parseUnsignedLong(size.group(1), 16) > USUAL_BAR2_BYTES;
            }
        }
        return false;
    }

    private static List<String> arguments(Matcher match) {
        List<String> arguments = new ArrayList<>();
        for (int i = 1; i <= match.groupCount(); i++) {
            arguments.add(match.group(i));
        }
        return arguments;
    }

    /** A boot ROM without a place hurts nobody, and the window of a bridge only through the BARs behind it. */
    private static Optional<KernelEvent> resource(Seen seen) {
        String name = seen.place();
        if (name.startsWith("ROM") || name.equals("BAR 6") || name.startsWith("bridge window")) {
            return Optional.empty();
        }
        FindingKind kind = VIRTUAL_FUNCTIONS.matcher(name).matches() ? FindingKind.SRIOV_RESOURCES
            : name.equals(BAR2) && large(seen) ? FindingKind.BAR2_TOO_LARGE : FindingKind.BAR_RESOURCES;
        return Optional.of(new KernelEvent(kind, seen.line(), seen.arguments()));
    }
}
