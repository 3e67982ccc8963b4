// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.device.Device;
import org.cx3tools.device.Vpd;

/** {@code cx3 vpd}. */
final class VpdCommand implements Command {
    private static final int COLUMN = 22;
    private static final Map<String, String> MEANINGS = Map.of("PN", "part number", "EC", "revision", "SN",
        "serial number", "MN", "manufacturer", "V0", "form and slot");

    @Override
    public Spec spec() {
        return new Spec("vpd", "-d DEVICE [--json]", List.of(
            "Shows the vital product data of a card: product name, part number, revision, serial number, and what its maker",
            "and its system wrote there. A wrong checksum is told and ends with code 1; what was read is shown all the same."),
            List.of(Opt.DEVICE, Opt.JSON), 0, 0, List.of("cx3 vpd -d 23:00.0"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (Device device = Targets.reading(request)) {
            Vpd vpd = device.vpd().orElseThrow(() -> CliException.failed(request.value(Opt.DEVICE, "")
                + " has no vital product data", "a card in recovery mode and a flash file have none"));
            if (request.json()) {
                Json.print(request.out(), map(vpd));
            } else {
                print(request.out(), vpd);
            }
            return vpd.checksumRight().orElse(true) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static void print(Out out, Vpd vpd) {
        out.padded("product", COLUMN).line(Printable.of(vpd.name()));
        for (Vpd.Field field : vpd.fields()) {
            String meaning = MEANINGS.getOrDefault(field.keyword(), field.writable() ? "writable" : "");
            out.padded(Printable.of(field.keyword()) + (meaning.isEmpty() ? "" : " (" + meaning + ")"), COLUMN)
                .line(Printable.of(field.value()));
        }
        out.padded("checksum", COLUMN).line(vpd.checksumRight().isEmpty() ? "none" : vpd.checksumRight().get() ? "right"
            : "WRONG");
    }

    private static Map<String, Object> map(Vpd vpd) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("product", vpd.name());
        map.put("checksumRight", vpd.checksumRight().orElse(null));
        List<Object> fields = new ArrayList<>();
        for (Vpd.Field field : vpd.fields()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("keyword", field.keyword());
            row.put("value", field.value());
            row.put("writable", field.writable());
            fields.add(row);
        }
        map.put("fields", fields);
        return map;
    }
}
