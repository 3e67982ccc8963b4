// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.ProgressView;
import org.cx3tools.device.Device;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Medium;
import org.cx3tools.inspect.Inspection;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;
import org.cx3tools.verify.VerifyReport;

/** {@code cx3 verify}. */
final class VerifyCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("verify", "-d DEVICE | -i FILE [--json]", List.of(
            "Checks structure and every checksum of an image and lists all that is wrong, each with its offset, what",
            "was expected and what was found. Stricter than the vendor's tool, whose verdict is shown too. A dump of a flash is",
            "judged as the flash."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, Opt.JSON), 0, 1,
            List.of("cx3 verify -i new_firmware.bin", "cx3 verify -d 23:00.0"));
    }

    @Override
    public int run(Request request) throws Exception {
        String name;
        VerifyReport report;
        if (!request.arguments().isEmpty() && (request.has(Opt.DEVICE) || request.has(Opt.IMAGE))) {
            throw CliException.usage("unexpected argument \"" + request.arguments().get(0) + "\"",
                "name the image once");
        }
        if (!request.arguments().isEmpty()) {
            name = request.arguments().get(0);
            report = report(Images.bytes(request, name));
        } else if (Targets.isDevice(request)) {
            name = request.value(Opt.DEVICE, "");
            report = onCard(request);
        } else {
            name = request.value(Opt.IMAGE, "");
            report = report(Images.bytes(request, name));
        }
        if (request.json()) {
            Json.print(request.out(), map(name, report));
        } else {
            print(request.out(), name, report);
        }
        return report.good() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** An image, or a dump of a flash, which is judged as the flash it was. */
    private static VerifyReport report(Bytes content) throws IOException {
        VerifyReport asImage = Verifier.verify(content);
        if (asImage.good()) {
            return asImage;
        }
        try {
            return Inspection.of(content, FieldDictionary.empty()).kind() == Inspection.Kind.FLASH
                ? Verifier.verify(Medium.of(content)) : asImage;
        } catch (FormatException e) {
            // The verdict tells why it is none.
            return asImage;
        }
    }

    private static VerifyReport onCard(Request request) throws Exception {
        try (Device device = Targets.reading(request); ProgressView view = new ProgressView(request.streams())) {
            return Verifier.verify(new FlashMedium(device.flash(), view));
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }

    private static void print(Out out, String name, VerifyReport report) {
        out.print(report.stock().text());
        for (Finding finding : report.findings()) {
            out.line(word(finding) + ": " + finding);
        }
        out.line(name + ": " + (report.good() ? "good" : "NOT good, do not burn it"));
    }

    private static String word(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    private static Map<String, Object> map(String name, VerifyReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("image", name);
        map.put("good", report.good());
        map.put("stockVerdict", report.stock().bootable());
        List<Object> rows = new ArrayList<>();
        for (Finding finding : report.findings()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("severity", word(finding));
            row.put("offset", finding.offset());
            row.put("what", finding.what());
            row.put("expected", finding.expected());
            row.put("found", finding.found());
            rows.add(row);
        }
        map.put("findings", rows);
        return map;
    }
}
