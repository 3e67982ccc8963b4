// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.archive.MfaComponent;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.cli.update.AvailableImages;
import org.cx3tools.cli.update.ManagedImage;

/** The table of {@code mlxfwmanager -l}: a row for each version of each board. */
final class ManagerContents {
    private static final int PN = 25;
    private static final int PSID = 18;
    private static final int VERSION = 28;
    private static final int TAG = 14;
    private static final int RULE = 110;

    private ManagerContents() {
    }

    static void print(Out out, List<AvailableImages.Source> images, boolean names) throws CliException {
        Map<String, List<AvailableImages.Source>> files = new LinkedHashMap<>();
        images.forEach(source -> files.computeIfAbsent(source.file(), file -> new ArrayList<>()).add(source));
        for (Map.Entry<String, List<AvailableImages.Source>> file : files.entrySet()) {
            if (names) {
                out.line("Supported Boards in File: " + Printable.of(file.getKey()));
            }
            out.padded("PN", PN).padded("PSID", PSID).padded("Version", VERSION).padded("Tag", TAG).line("Description");
            out.line("-".repeat(RULE));
            for (AvailableImages.Source source : file.getValue()) {
                rows(out, source);
            }
            out.newline();
        }
    }

    private static void rows(Out out, AvailableImages.Source source) throws CliException {
        List<String[]> versions = new ArrayList<>();
        if (source.board().isPresent()) {
            for (MfaComponent component : source.board().get().components()) {
                versions.add(new String[] {component.kindName() + " " + component.versionText(), component.tag()});
            }
        } else {
            ManagedImage image = source.managed();
            versions.add(new String[] {"FW " + image.firmware(), ""});
            image.roms().forEach((name, version) -> versions.add(new String[] {name + " " + version, ""}));
        }
        String pn = source.board().map(board -> board.partNumber()).orElse("N/A");
        String description = source.board().isPresent() ? source.board().get().description() : "N/A";
        for (int i = 0; i < versions.size(); i++) {
            boolean first = i == 0;
            out.padded(first ? Printable.of(pn) : "", PN).padded(first ? Printable.of(source.psid()) : "", PSID);
            out.padded(versions.get(i)[0], VERSION).padded(versions.get(i)[1], TAG)
                .line(first ? Printable.of(description) : "");
        }
    }
}
