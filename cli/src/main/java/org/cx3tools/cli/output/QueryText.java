// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageOutline;
import org.cx3tools.image.SectionType;
import org.cx3tools.query.ImageQuery;

/** What a query shows, in our own words. */
public final class QueryText {
    private static final int COLUMN = 20;
    private static final int GUID_DIGITS = 16;
    private static final int MAC_DIGITS = 12;
    private static final int[] PORTS = {1, 2};

    private QueryText() {
    }

    /**
     * Prints a query.
     *
     * @param out where to
     * @param name file or card
     * @param query what to show
     * @param running version that runs on the card
     */
    public static void print(Out out, String name, ImageQuery query, Optional<RunningVersion> running) {
        row(out, "Image", name + " (FS2, " + (query.failsafe() ? "failsafe, chunk 0x"
            + Long.toHexString(query.chunkSize()) : "not failsafe") + ", slot " + query.slot() + ", size 0x"
            + Integer.toHexString(query.size()) + ")");
        row(out, "Firmware", query.fwVersion().isPresent() ? query.fwVersion().get().toString() : "not told");
        if (running.isPresent()) {
            row(out, "Running", running.get().toString());
        }
        if (query.buildTime().isPresent()) {
            row(out, "Built", query.buildTime().get().year() + "-" + two(query.buildTime().get().month()) + "-"
                + two(query.buildTime().get().day()));
        }
        row(out, "PSID", query.psid().orElse("not told"));
        if (!query.vsd().orElse("").isEmpty()) {
            row(out, "VSD", query.vsd().get());
        }
        row(out, "PCI device id", query.deviceId().isPresent() ? query.deviceId().getAsInt() + " (0x"
            + Integer.toHexString(query.deviceId().getAsInt()) + ")" : "not told");
        if (!query.productVersion().orElse("").isEmpty()) {
            row(out, "Product version", query.productVersion().get());
        }
        String label = "Boot ROM";
        for (String line : romLines(query)) {
            row(out, label, line);
            label = "";
        }
        identities(out, query);
    }

    private static void identities(Out out, ImageQuery query) {
        if (query.guids().isEmpty()) {
            row(out, "GUIDs", "no GUID section");
            return;
        }
        if (query.blankGuids()) {
            row(out, "GUIDs", "blank: a card cannot boot with them");
            return;
        }
        GuidBlock guids = query.guids().get();
        if (guids.hasGuids()) {
            row(out, "Node GUID", Out.hex(guids.node(), GUID_DIGITS));
            for (int port : PORTS) {
                row(out, "Port " + port + " GUID", Out.hex(guids.port(port), GUID_DIGITS));
            }
            row(out, "System image GUID", Out.hex(guids.systemImage(), GUID_DIGITS));
        }
        for (int port : PORTS) {
            OptionalLong mac = query.mac(port);
            if (mac.isPresent()) {
                row(out, "Port " + port + " MAC", Out.hex(mac.getAsLong(), MAC_DIGITS)
                    + (guids.hasMacs() ? "" : " (derived from the GUID)"));
            }
        }
    }

    private static List<String> romLines(ImageQuery query) {
        return query.rom().isPresent() ? query.rom().get().lines() : List.of("none");
    }

    /**
     * A query as a map, for JSON.
     *
     * @param query what to show
     * @return fields in a fixed order; may be added to
     */
    public static Map<String, Object> map(ImageQuery query) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("imageType", "FS2");
        map.put("failsafe", query.failsafe());
        map.put("chunkSize", query.chunkSize());
        map.put("slot", query.slot());
        map.put("size", query.size());
        map.put("firmwareVersion", query.fwVersion().isPresent() ? query.fwVersion().get().toString() : "");
        map.put("psid", query.psid().orElse(""));
        map.put("vsd", query.vsd().orElse(""));
        map.put("deviceId", query.deviceId().orElse(0));
        map.put("productVersion", query.productVersion().orElse(""));
        map.put("prsName", query.prsName().orElse(""));
        map.put("configSectors", query.configArea().sectors());
        map.put("rom", query.rom().isPresent() ? query.rom().get().lines() : List.of());
        map.put("blankGuids", query.blankGuids());
        List<String> guids = new ArrayList<>();
        List<String> macs = new ArrayList<>();
        if (query.guids().isPresent() && query.guids().get().hasGuids()) {
            for (long guid : query.guids().get().entries().subList(0, 4)) {
                guids.add(Out.hex(guid, GUID_DIGITS));
            }
            for (int port : PORTS) {
                if (query.mac(port).isPresent()) {
                    macs.add(Out.hex(query.mac(port).getAsLong(), MAC_DIGITS));
                }
            }
        }
        map.put("guids", guids);
        map.put("macs", macs);
        List<Object> parts = new ArrayList<>();
        for (ImageOutline.Part part : query.sections()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", part.isBoot2() ? "BOOT2" : SectionType.nameOf(part.typeCode()));
            row.put("start", part.start());
            row.put("length", part.length());
            parts.add(row);
        }
        map.put("sections", parts);
        return map;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static void row(Out out, String label, String value) {
        out.padded(label.isEmpty() ? "" : label + ":", COLUMN).line(Printable.of(value));
    }
}
