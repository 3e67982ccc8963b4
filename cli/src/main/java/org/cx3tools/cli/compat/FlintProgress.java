// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.cli.output.Out;

/**
 * The vendor's progress of a burn: a percentage that is overwritten in place on a terminal, and the finished line. The
 * whole-slot verification counts as the second part of the first line; the vendor's tool has no word for it.
 */
final class FlintProgress implements BurnListener {
    private static final int WRITE_SHARE = 60;
    private static final int ALL = 100;

    private final Out out;
    private final boolean live;
    private final String bodyText;
    private final String signatureText;
    private int shown = -1;
    private boolean bodyDone;
    private boolean signatureDone;

    /**
     * Makes it.
     *
     * @param bodyText what stands before the percentage; empty when the vendor's tool shows none
     * @param signatureText the finished line; empty when the vendor's tool shows none
     */
    FlintProgress(FlintSession session, String bodyText, String signatureText) {
        this.out = session.out();
        this.live = session.streams().terminal() && !session.has(FlintOption.SILENT);
        this.bodyText = bodyText;
        this.signatureText = signatureText;
    }

    @Override
    public boolean progress(BurnStep step, long doneBytes, long totalBytes) {
        if (live && totalBytes > 0 && !bodyText.isEmpty()) {
            int share = (int) (doneBytes * ALL / totalBytes);
            if (step instanceof BurnStep.WriteBody) {
                percent(share * WRITE_SHARE / ALL);
            } else if (step instanceof BurnStep.VerifySlot) {
                percent(WRITE_SHARE + share * (ALL - WRITE_SHARE) / ALL);
            }
        }
        return true;
    }

    @Override
    public void stepFinished(BurnStep step) {
        if (step instanceof BurnStep.VerifySlot && !bodyDone) {
            bodyDone = true;
            bodyFinished();
        } else if (step instanceof BurnStep.WriteSignature && !signatureDone) {
            // A burn by way of copies writes several; the vendor's tool knows one.
            signatureDone = true;
            signatureFinished();
        }
    }

    /** The finished lines of an image in a file, which is written at once. */
    void allFinished() {
        bodyFinished();
        signatureFinished();
    }

    private void bodyFinished() {
        if (!bodyText.isEmpty()) {
            out.print(live ? "\r" : "").print(bodyText).line("OK  ");
            out.flush();
        }
    }

    private void signatureFinished() {
        if (!signatureText.isEmpty()) {
            out.print(live ? "\r" : "").line(signatureText);
            out.flush();
        }
    }

    @Override
    public void warning(String text) {
        out.line("").line("-W- " + text + " ");
        out.flush();
    }

    private void percent(int now) {
        if (now != shown && now < ALL) {
            shown = now;
            String digits = Integer.toString(now);
            out.print("\r" + bodyText + "   ".substring(digits.length()) + digits + "%");
            out.flush();
        }
    }
}
