// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.util.List;

/**
 * Both judgements of an image.
 *
 * @param stock what the stock tool says
 * @param findings what is wrong by our rules (fs2-image 9), in order of offset
 */
public record VerifyReport(StockVerdict stock, List<Finding> findings) {
    /** Makes the list unchangeable. */
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /** {@return true if there is no finding of severity error} */
    public boolean good() {
        return Verifier.good(findings);
    }
}
