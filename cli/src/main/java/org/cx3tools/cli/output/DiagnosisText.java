// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cx3tools.device.CardInfo;
import org.cx3tools.doctor.Diagnosis;
import org.cx3tools.doctor.Finding;

/** A diagnosis as text and as JSON. */
public final class DiagnosisText {
    private DiagnosisText() {
    }

    /** Prints what was found on one card. */
    public static void print(Out out, Diagnosis diagnosis) {
        CardInfo card = diagnosis.signs().card();
        out.line(diagnosis.name() + String.format(Locale.ROOT, ": %04x:%04x, board %04x:%04x, driver %s", card.vendorId(),
            card.deviceId(), card.subsystemVendorId(), card.subsystemId(), card.driver().orElse("none")));
        if (diagnosis.findings().isEmpty()) {
            out.line("  Nothing found.");
        }
        int number = 1;
        for (Finding finding : diagnosis.findings()) {
            out.newline().line("  " + number++ + ". " + sentence(finding.what()));
            for (String line : finding.evidence()) {
                out.line("     seen:  " + line);
            }
            out.line("     means: " + finding.meaning());
            out.line("     to do:");
            for (String remedy : finding.remedies()) {
                boolean command = remedy.startsWith(Finding.COMMAND);
                out.line(command ? "         " + remedy.substring(Finding.COMMAND.length()) : "       - " + remedy);
            }
        }
        out.newline();
        out.line("  Looked at: " + (diagnosis.looked().isEmpty() ? "nothing" : String.join(", ", diagnosis.looked())));
        for (String line : diagnosis.notLooked()) {
            out.line("  Not looked at: " + line);
        }
        out.newline();
    }

    /** Says that there is no card, and where one might hide. */
    public static void noCard(Out out) {
        out.line("No ConnectX-3 card found: the kernel shows no device 15b3:1003 or 15b3:1007, nor 15b3:01f6 or 15b3:01f8 (recovery).");
        out.line("  to do:");
        out.line("    - see what the kernel shows:");
        out.line("      lspci -nn");
        out.line("    - let it look again:");
        out.line("      echo 1 > /sys/bus/pci/rescan");
        out.line("    - power the machine off and on, seat the card again, try another slot");
    }

    /** {@return the same for JSON} */
    public static Map<String, Object> map(Diagnosis diagnosis) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("device", diagnosis.name());
        List<Object> findings = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", finding.kind().name());
            one.put("class", finding.kind().findingClass().name());
            one.put("exitCode", finding.kind().findingClass().exitCode());
            one.put("what", finding.what());
            one.put("evidence", finding.evidence());
            one.put("meaning", finding.meaning());
            one.put("remedies", finding.remedies());
            findings.add(one);
        }
        map.put("findings", findings);
        map.put("looked", diagnosis.looked());
        map.put("notLooked", diagnosis.notLooked());
        return map;
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
