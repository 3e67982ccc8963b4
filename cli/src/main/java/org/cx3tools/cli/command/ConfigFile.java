// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.output.Json;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.StoredSettings;
import org.cx3tools.nvconfig.Tlv;

/**
 * A backup of settings: one JSON object with the records in hex. The names and values beside them are for people and are
 * not read back.
 */
final class ConfigFile {
    private static final String KIND = "cx3 settings of firmware";
    private static final int VERSION = 1;
    private static final int LARGEST = 1 << 16;

    private ConfigFile() {
    }

    static byte[] write(String device, String chip, StoredSettings settings) {
        List<Object> records = new ArrayList<>();
        settings.records().forEach((tlv, data) -> {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("record", tlv.toString());
            record.put("data", data.isPresent() ? data.get().hex() : "");
            Map<String, Object> values = new LinkedHashMap<>();
            if (data.isPresent()) {
                for (Parameter parameter : tlv.parameters()) {
                    values.put(parameter.name(), parameter.text(parameter.in(data.get())));
                }
            }
            record.put("values", values);
            records.add(record);
        });
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("kind", KIND);
        file.put("version", VERSION);
        file.put("device", device);
        file.put("chip", chip);
        file.put("records", records);
        return (Json.text(file) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static StoredSettings read(Path file) throws IOException, CliException {
        Map<String, Object> content = Json.object(new String(Bytes.ofFile(file, LARGEST).toArray(),
            StandardCharsets.UTF_8)).orElseThrow(() -> bad(file, "it is not JSON"));
        if (!KIND.equals(content.get("kind")) || !Integer.valueOf(VERSION).equals(content.get("version"))) {
            throw bad(file, "it does not begin as one");
        }
        if (!(content.get("records") instanceof List<?> list)) {
            throw bad(file, "it has no records");
        }
        Map<Tlv, Optional<Bytes>> records = new LinkedHashMap<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> record)) {
                throw bad(file, "a record is none");
            }
            Tlv tlv = tlv(file, String.valueOf(record.get("record")));
            if (records.put(tlv, data(file, tlv, record.get("data"))) != null) {
                throw bad(file, "record " + tlv + " is there twice");
            }
        }
        return new StoredSettings(records);
    }

    private static Tlv tlv(Path file, String name) throws CliException {
        return Tlv.all().stream().filter(tlv -> tlv.toString().equals(name)).findFirst()
            .orElseThrow(() -> bad(file, "record " + name + " is not known"));
    }

    private static Optional<Bytes> data(Path file, Tlv tlv, Object hex) throws CliException {
        if ("".equals(hex)) {
            return Optional.empty();
        }
        try {
            Bytes data = Bytes.ofHex(String.valueOf(hex));
            if (data.length() == tlv.type().size()) {
                return Optional.of(data);
            }
        } catch (IllegalArgumentException e) {
            throw bad(file, "record " + tlv + ": " + e.getMessage());
        }
        throw bad(file, "record " + tlv + " needs " + tlv.type().size() + " bytes");
    }

    private static CliException bad(Path file, String why) {
        return CliException.failed(file + " is no backup of settings: " + why, "cx3 config backup writes one");
    }
}
