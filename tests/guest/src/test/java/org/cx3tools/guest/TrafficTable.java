// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cx3tools.device.VirtualCard;

/** Register traffic of both tools for the same operation, side by side; printed, and kept in target/register-traffic-NAME.txt. */
final class TrafficTable {
    private record Line(String way, String operation, VirtualCard.Traffic stock, VirtualCard.Traffic ours) {
    }

    private static final String FORMAT = "%-8s %-20s | %8d %8d %7d %5d %6d | %8d %8d %7d %5d %6d | %4d%% %4d%%%n";
    private final List<Line> lines = new ArrayList<>();
    private final String name;

    TrafficTable(String name) {
        this.name = name;
    }

    void add(String way, String operation, VirtualCard.Traffic stock, VirtualCard.Traffic ours) {
        lines.add(new Line(way, operation, stock, ours));
    }

    void print() throws Exception {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "%-8s %-20s | %-38s | %-38s | ours of stock%n%-29s | %8s %8s %7s %5s %6s | %8s %8s %7s %5s %6s | reads writes%n",
            "way", "operation", "stock 4.21", "cx3", "", "reads", "writes", "SPI", "erase", "page",
            "reads", "writes", "SPI", "erase", "page"));
        for (Line line : lines) {
            VirtualCard.Traffic s = line.stock();
            VirtualCard.Traffic o = line.ours();
            text.append(String.format(Locale.ROOT, FORMAT, line.way(), line.operation(),
                s.reads(), s.writes(), s.spiCommands(), s.erases(), s.programs(),
                o.reads(), o.writes(), o.spiCommands(), o.erases(), o.programs(),
                percent(o.reads(), s.reads()), percent(o.writes(), s.writes())));
        }
        System.out.println("\nRegister traffic on the virtual card in the guest, " + name + ":\n" + text);
        Files.write(Path.of("target/register-traffic-" + name + ".txt"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static long percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(100.0 * part / whole);
    }
}
