// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cx3tools.cli.Streams;
import org.cx3tools.flash.FlashPhase;
import org.cx3tools.flash.Progress;

/**
 * Shows how far an operation has come, on the error output: a bar on a terminal, else a plain line every
 * few seconds. The library of the bar is loaded only on a terminal.
 */
public final class ProgressView implements Progress, AutoCloseable {
    private static final long INTERVAL_NANOS = 2_000_000_000L;
    private static final int PERCENT = 100;
    private static final int KIB = 1024;
    private static final int WORTH_SHOWING = 64 * KIB;

    private final Streams streams;
    private Bar bar;
    private String task = "";
    private long lineShown = System.nanoTime();

    /**
     * Shows progress on these streams.
     *
     * @param streams the error output is used
     */
    public ProgressView(Streams streams) {
        this.streams = streams;
    }

    @Override
    public boolean advance(FlashPhase phase, long doneBytes, long totalBytes) {
        show(name(phase), doneBytes, totalBytes);
        return true;
    }

    /**
     * Shows one step.
     *
     * @param name what is being done, such as {@code Reading}
     * @param done bytes done
     * @param total bytes to do; less than 64 KiB shows nothing
     */
    public void show(String name, long done, long total) {
        if (total < WORTH_SHOWING) {
            return;
        }
        if (!name.equals(task)) {
            close();
            task = name;
            if (streams.terminal()) {
                bar = new Bar(name, total);
            }
        }
        if (bar != null) {
            bar.show(done, total);
            return;
        }
        long now = System.nanoTime();
        if (now - lineShown > INTERVAL_NANOS) {
            lineShown = now;
            streams.err().line(name + ": " + done * PERCENT / total + " % of " + (total + KIB - 1) / KIB + " KiB");
            streams.err().flush();
        }
    }

    /** Ends the bar; further progress starts a new one. */
    @Override
    public void close() {
        if (bar != null) {
            bar.end();
            bar = null;
        }
        task = "";
    }

    private static String name(FlashPhase phase) {
        return switch (phase) {
            case READ -> "Reading";
            case ERASE -> "Erasing";
            case PROGRAM -> "Writing";
            case VERIFY -> "Verifying";
        };
    }

    /** Keeps the library out of the way until a bar is drawn. */
    private static final class Bar {
        private final ProgressBar bar;

        Bar(String name, long total) {
            bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(total).setUnit(" KiB", KIB)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).build();
        }

        void show(long done, long total) {
            bar.maxHint(total);
            bar.stepTo(done);
        }

        void end() {
            bar.close();
        }
    }
}
