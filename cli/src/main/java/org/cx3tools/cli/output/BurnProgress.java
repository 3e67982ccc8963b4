// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.cli.Streams;

/** Shows a burn step by step on the error output. */
public final class BurnProgress implements BurnListener, AutoCloseable {
    private final Streams streams;
    private final ProgressView view;

    /**
     * Shows a burn on these streams.
     *
     * @param streams the error output is used
     */
    public BurnProgress(Streams streams) {
        this.streams = streams;
        this.view = new ProgressView(streams);
    }

    @Override
    public void stepStarted(BurnStep step) {
        streams.out().flush();
        if (!shown(step) || !streams.terminal()) {
            view.close();
            streams.err().line(sentence(step));
            streams.err().flush();
        }
    }

    @Override
    public boolean progress(BurnStep step, long doneBytes, long totalBytes) {
        if (shown(step)) {
            view.show(step instanceof BurnStep.WriteBody ? "Writing" : "Verifying", doneBytes, totalBytes);
        }
        return true;
    }

    @Override
    public void warning(String text) {
        view.close();
        streams.err().line("cx3: warning: " + text);
        streams.err().flush();
    }

    @Override
    public void close() {
        view.close();
    }

    private static boolean shown(BurnStep step) {
        return step instanceof BurnStep.WriteBody || step instanceof BurnStep.VerifySlot
            || step instanceof BurnStep.VerifyAgain;
    }

    private static String sentence(BurnStep step) {
        String text = step.text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
