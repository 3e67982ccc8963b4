// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** Whether an image may be burnt, and whether one on flash is intact. */
final class Judge {
    private Judge() {}

    /** What is wrong with an image by our rules, one line each; empty for an intact one. */
    static List<String> problems(Fs2Image image) {
        return Verifier.findings(image).stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR).map(Finding::toString)
                .toList();
    }
}
