// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cx3tools.cli.output.CardText;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.UpdateText;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.RunningVersion;
import org.cx3tools.query.ImageQuery;
import org.cx3tools.update.ManagedImage;
import org.cx3tools.update.UpdateStatus;

/**
 * What mlxfwmanager tells of a card (nv-config 5.1).
 *
 * @param name the device, as given
 * @param chip its type
 * @param image what is on it
 * @param versions FW first, the running one if it differs, then boot ROMs by name
 * @param linkTypes of ports 1 and 2
 * @param status beside the images given
 */
record ManagerFacts(String name, String chip, ManagedImage image, Map<String, Version> versions, LinkType[] linkTypes,
        UpdateStatus status) {
    static final String RUNNING = "FW (Running)";
    /** Link type of ports 1 and 2, bits 30:29, 1 = InfiniBand (nv-config 5.1, verified). */
    private static final int[] LINK_TYPE = {0x1f148, 0x1f164};

    /** What is there, and what could be. */
    record Version(String current, String available) {
    }

    /** Protocol of a port. */
    enum LinkType {
        /** No register (a raw dump), so that both identities are told. */
        UNKNOWN, INFINIBAND, OTHER
    }

    static ManagerFacts of(String name, Device device, ManagedImage image, Optional<ManagedImage> matching,
            UpdateStatus status) throws DeviceException {
        LinkType[] types = {linkType(device, LINK_TYPE[0]), linkType(device, LINK_TYPE[1])};
        return new ManagerFacts(name, CardText.chip(device.card()), image, versions(device, image, matching), types, status);
    }

    private static Map<String, Version> versions(Device device, ManagedImage current, Optional<ManagedImage> matching)
            throws DeviceException {
        Map<String, Version> rows = new LinkedHashMap<>();
        rows.put("FW", new Version(UpdateText.firmware(current), matching.map(UpdateText::firmware).orElse(UpdateText.MISSING)));
        Map<String, String> own = current.roms();
        Map<String, String> other = matching.map(ManagedImage::roms).orElse(Map.of());
        TreeSet<String> names = new TreeSet<>(own.keySet());
        names.addAll(other.keySet());
        Optional<RunningVersion> running = device.runningVersion();
        boolean differs = running.isPresent() && !running.get().toString().equals(UpdateText.firmware(current));
        if (differs) {
            names.add(RUNNING);
        }
        for (String row : names) {
            rows.put(row, row.equals(RUNNING) ? new Version(running.get().toString(), UpdateText.MISSING)
                : new Version(own.getOrDefault(row, UpdateText.MISSING), other.getOrDefault(row, UpdateText.MISSING)));
        }
        return rows;
    }

    private static LinkType linkType(Device device, int register) throws DeviceException {
        try {
            return (device.readRegister(register) >>> 29 & 3) == 1 ? LinkType.INFINIBAND : LinkType.OTHER;
        } catch (DeviceException e) {
            if (e.reason() == DeviceCause.NOT_SUPPORTED) {
                return LinkType.UNKNOWN;
            }
            throw e;
        }
    }

    LinkType linkType(int port) {
        return linkTypes[port - 1];
    }

    String partNumber() {
        return image.partNumber().orElse(UpdateText.MISSING);
    }

    String description() {
        return image.description().orElse(UpdateText.MISSING);
    }

    String psid() {
        return image.query().psid().orElse(UpdateText.MISSING);
    }

    String guid(int port) {
        ImageQuery query = image.query();
        return query.guids().isPresent() && query.guids().get().hasGuids()
            ? Out.hex(query.guids().get().port(port), 16) : UpdateText.MISSING;
    }

    String mac(int port) {
        return image.query().mac(port).isPresent() ? Out.hex(image.query().mac(port).getAsLong(), 12) : UpdateText.MISSING;
    }
}
