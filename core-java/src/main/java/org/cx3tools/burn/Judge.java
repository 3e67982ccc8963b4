// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** Whether an image may be burnt, and whether one on flash is intact. */
final class Judge {
    private Judge() {}

    /** What is wrong with an image by our rules, one line each; empty for an intact one. */
    static List<String> problems(Fs2Image image) {
        return errors(image).map(Finding::toString).toList();
    }

    /** The same, but for what the boot ROM says of itself: another ROM, or none, cures that. */
    static List<String> problemsBesideRom(Fs2Image image) {
        long rom = image.section(SectionType.ROM).map(Section::payloadStart).orElse(-1);
        return errors(image).filter(f -> f.offset() != rom).map(Finding::toString).toList();
    }

    private static Stream<Finding> errors(Fs2Image image) {
        return Verifier.findings(image).stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR);
    }
}
