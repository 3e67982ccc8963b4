// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cx3tools.cli.output.CardText;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.query.ImageQuery;

/** Text and XML of mlxfwmanager (nv-config 5.1 and 5.2, verified). */
final class ManagerText {
    private static final int LABEL = 18;
    private static final int ROW = 15;
    private static final int VERSION = 14;
    /** Link type of ports 1 and 2, bits 30:29, 1 = InfiniBand (nv-config 5.1). */
    private static final int[] LINK_TYPE = {0x1f148, 0x1f164};
    private static final String MISSING = "N/A";

    private final Out out;
    private final boolean xml;

    ManagerText(Out out, boolean xml) {
        this.out = out;
        this.xml = xml;
    }

    void begin() {
        if (xml) {
            out.line("<Devices>");
        } else {
            out.line("Querying Mellanox devices firmware ...").newline();
        }
    }

    void end() {
        if (xml) {
            out.line("</Devices>");
        }
    }

    void failed(int number, String name, String reason) {
        if (xml) {
            out.line("    <Device pciName=\"" + escaped(name) + "\">");
            out.line("      <Status>Failed to open device</Status>");
            out.line("    </Device>");
        } else {
            head(number);
            row("PCI Device Name:", name);
            out.newline();
            row("Status:", "Failed to open device");
            out.newline();
            out.line("-E- " + name + ": " + reason);
        }
    }

    void device(int number, String name, Device device, ManagedImage current, Optional<ManagedImage> matching,
            ManagerStatus state) throws DeviceException {
        Map<String, String[]> versions = versions(device, current, matching);
        String status = state.text();
        if (xml) {
            asXml(name, device, current, versions, status);
            return;
        }
        head(number);
        row("Device Type:", CardText.chip(device.card()));
        row("Part Number:", current.partNumber());
        row("Description:", current.description());
        row("PSID:", current.query().psid().orElse(MISSING));
        row("PCI Device Name:", name);
        for (int port = 1; port <= 2; port++) {
            identity(device, current.query(), port);
        }
        out.print("  ").padded("Versions:", LABEL).padded("Current", VERSION + 1).padded("Available", VERSION)
            .newline();
        for (Map.Entry<String, String[]> row : versions.entrySet()) {
            out.print("     ").padded(row.getKey(), ROW).padded(row.getValue()[0], VERSION + 1)
                .padded(row.getValue()[1], VERSION).newline();
        }
        out.newline();
        row("Status:", status);
        out.newline();
    }

    private void head(int number) {
        out.line("Device #" + number + ":").line("----------").newline();
    }

    /** FW first, then by name: the running version only when it differs. */
    private static Map<String, String[]> versions(Device device, ManagedImage current,
            Optional<ManagedImage> matching) throws DeviceException {
        Map<String, String> other = matching.isPresent() ? matching.get().roms() : Map.of();
        Map<String, String[]> rows = new TreeMap<>((a, b) -> a.equals(b) ? 0 : a.equals("FW") ? -1
            : b.equals("FW") ? 1 : a.compareTo(b));
        rows.put("FW", new String[] {current.firmware(), matching.isPresent() ? matching.get().firmware() : MISSING});
        Map<String, String> own = current.roms();
        TreeSet<String> names = new TreeSet<>(own.keySet());
        names.addAll(other.keySet());
        for (String rom : names) {
            rows.put(rom, new String[] {own.getOrDefault(rom, MISSING), other.getOrDefault(rom, MISSING)});
        }
        Optional<RunningVersion> running = device.runningVersion();
        if (running.isPresent() && !running.get().toString().equals(current.firmware())) {
            rows.put("FW (Running)", new String[] {running.get().toString(), MISSING});
        }
        return rows;
    }

    private void identity(Device device, ImageQuery query, int port) throws DeviceException {
        int type = linkType(device, port);
        if (type <= 1) {
            row("Port" + port + " GUID:", guid(query, port));
        }
        if (type != 1) {
            row("Port" + port + " MAC:", mac(query, port));
        }
    }

    /** 1 InfiniBand, 2 or 3 others, 0 not known: no register (a raw dump), or nothing in it. */
    private static int linkType(Device device, int port) throws DeviceException {
        try {
            int type = device.readRegister(LINK_TYPE[port - 1]) >>> 29 & 3;
            return type == 0 ? 2 : type;
        } catch (DeviceException e) {
            if (e.reason() == DeviceCause.NOT_SUPPORTED) {
                return 0;
            }
            throw e;
        }
    }

    private static String guid(ImageQuery query, int port) {
        return query.guids().isPresent() && query.guids().get().hasGuids()
            ? Out.hex(query.guids().get().port(port), 16) : MISSING;
    }

    private static String mac(ImageQuery query, int port) {
        return query.mac(port).isPresent() ? Out.hex(query.mac(port).getAsLong(), 12) : MISSING;
    }

    private void asXml(String name, Device device, ManagedImage image, Map<String, String[]> versions, String status)
            throws DeviceException {
        out.line("    <Device pciName=\"" + escaped(name) + "\" type=\"" + CardText.chip(device.card())
            + "\" psid=\"" + escaped(image.query().psid().orElse(MISSING)) + "\" partNumber=\""
            + escaped(image.partNumber()) + "\">");
        out.line("      <Versions>");
        for (Map.Entry<String, String[]> row : versions.entrySet()) {
            out.line("        <" + element(row.getKey()) + " current=\"" + row.getValue()[0] + "\" available=\""
                + row.getValue()[1] + "\"/>");
        }
        out.line("      </Versions>");
        boolean ib = linkType(device, 1) == 1;
        ImageQuery query = image.query();
        out.line("      <" + (ib ? "GUIDs" : "MACs") + " port1=\"" + (ib ? guid(query, 1) : mac(query, 1))
            + "\" port2=\"" + (ib ? guid(query, 2) : mac(query, 2)) + "\"/>");
        out.line("      <Status>" + status + "</Status>");
        out.line("      <Description>" + escaped(image.description()) + "</Description>");
        out.line("    </Device>");
    }

    private static String element(String name) {
        return name.equals("FW (Running)") ? "FW_Running" : name;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private void row(String label, String value) {
        out.print("  ").padded(label, LABEL).line(value);
    }
}
