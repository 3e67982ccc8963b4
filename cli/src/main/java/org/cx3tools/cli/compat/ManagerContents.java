// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.archive.MfaComponent;
import org.cx3tools.cli.NamedImages;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.cli.output.UpdateText;
import org.cx3tools.update.AvailableImage;

/** The table of {@code mlxfwmanager -l}: a row for each version of each board. */
final class ManagerContents {
    private static final int PN = 25;
    private static final int PSID = 18;
    private static final int VERSION = 28;
    private static final int TAG = 14;
    private static final int RULE = 110;

    private ManagerContents() {
    }

    static void print(Out out, NamedImages named, List<AvailableImage> images, boolean names) {
        Map<String, List<AvailableImage>> files = new LinkedHashMap<>();
        images.forEach(image -> files.computeIfAbsent(named.name(image), file -> new ArrayList<>()).add(image));
        for (Map.Entry<String, List<AvailableImage>> file : files.entrySet()) {
            if (names) {
                out.line("Supported Boards in File: " + Printable.of(file.getKey()));
            }
            out.padded("PN", PN).padded("PSID", PSID).padded("Version", VERSION).padded("Tag", TAG).line("Description");
            out.line("-".repeat(RULE));
            for (AvailableImage image : file.getValue()) {
                rows(out, image);
            }
            out.newline();
        }
    }

    private static void rows(Out out, AvailableImage image) {
        List<String[]> versions = new ArrayList<>();
        if (image.board().isPresent()) {
            for (MfaComponent component : image.board().get().components()) {
                versions.add(new String[] {component.kindName() + " " + component.versionText(), component.tag()});
            }
        } else {
            versions.add(new String[] {"FW " + UpdateText.firmware(image.managed()), ""});
            image.managed().roms().forEach((name, version) -> versions.add(new String[] {name + " " + version, ""}));
        }
        String pn = image.board().map(MfaBoard::partNumber).orElse(UpdateText.MISSING);
        String psid = image.psid().orElse(UpdateText.MISSING);
        String description = image.board().map(MfaBoard::description).orElse(UpdateText.MISSING);
        for (int i = 0; i < versions.size(); i++) {
            boolean first = i == 0;
            out.padded(first ? Printable.of(pn) : "", PN).padded(first ? Printable.of(psid) : "", PSID);
            out.padded(versions.get(i)[0], VERSION).padded(versions.get(i)[1], TAG)
                .line(first ? Printable.of(description) : "");
        }
    }
}
