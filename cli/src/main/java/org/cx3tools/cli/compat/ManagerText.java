// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Map;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.cli.output.UpdateText;

/** The query of mlxfwmanager as text (nv-config 5.1, verified). */
final class ManagerText implements ManagerReport {
    private static final int LABEL = 18;
    private static final int ROW = 15;
    private static final int VERSION = 14;

    private final Out out;

    ManagerText(Out out) {
        this.out = out;
    }

    @Override
    public void begin() {
        out.line("Querying Mellanox devices firmware ...").newline();
    }

    @Override
    public void card(int number, ManagerFacts facts) {
        head(number);
        row("Device Type:", facts.chip());
        row("Part Number:", facts.partNumber());
        row("Description:", facts.description());
        row("PSID:", facts.psid());
        row("PCI Device Name:", facts.name());
        for (int port = 1; port <= 2; port++) {
            if (facts.linkType(port) != ManagerFacts.LinkType.OTHER) {
                row("Port" + port + " GUID:", facts.guid(port));
            }
            if (facts.linkType(port) != ManagerFacts.LinkType.INFINIBAND) {
                row("Port" + port + " MAC:", facts.mac(port));
            }
        }
        out.print("  ").padded("Versions:", LABEL).padded("Current", VERSION + 1).padded("Available", VERSION)
            .newline();
        for (Map.Entry<String, ManagerFacts.Version> row : facts.versions().entrySet()) {
            // A long name keeps its distance.
            out.print("     ").padded(row.getKey() + " ", ROW).padded(row.getValue().current(), VERSION + 1)
                .padded(row.getValue().available(), VERSION).newline();
        }
        out.newline();
        row("Status:", UpdateText.status(facts.status()));
        out.newline();
    }

    @Override
    public void failed(int number, String name, String reason) {
        head(number);
        row("PCI Device Name:", name);
        out.newline();
        row("Status:", "Failed to open device");
        out.newline();
        out.line("-E- " + Printable.of(name) + ": " + Printable.of(reason));
    }

    @Override
    public void end() {
        // Nothing follows the last card.
    }

    private void head(int number) {
        out.line("Device #" + number + ":").line("----------").newline();
    }

    private void row(String label, String value) {
        out.print("  ").padded(label, LABEL).line(Printable.of(value));
    }
}
