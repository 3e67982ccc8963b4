// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.LaterNames;
import org.cx3tools.nvconfig.Parameter;

/** An error in the vendor's words, with the reason in ours beside it. */
final class MlxConfigError extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int ERROR = 3;

    private final int exitCode;
    private String why = "";
    private String more = "";

    MlxConfigError(String text) {
        this(text, ERROR);
    }

    MlxConfigError(String text, int exitCode) {
        super(text);
        this.exitCode = exitCode;
    }

    MlxConfigError(String text, DeviceException below) {
        super(text, below);
        exitCode = ERROR;
        why = Problems.explain(below).line();
    }

    /** Adds a line of ours, which is not shown when it is empty. */
    MlxConfigError with(String line) {
        more = line;
        return this;
    }

    private MlxConfigError because(String reason) {
        why = reason;
        return this;
    }

    /** The same error with words in front. */
    MlxConfigError after(String begin) {
        return new MlxConfigError(begin + getMessage(), exitCode).because(why);
    }

    /**
     * A parameter by its name.
     *
     * @throws MlxConfigError with the vendor's words for names of later generations and unknown ones
     */
    static Parameter parameter(String name) throws MlxConfigError {
        if (LaterNames.contains(name)) {
            throw new MlxConfigError("Device doesn't support " + name + " configuration");
        }
        List<String> names = Parameter.ALL.stream().map(Parameter::name).toList();
        return Parameter.named(name).orElseThrow(() -> new MlxConfigError("Unknown Parameter: " + name)
            .because(Nearest.hint(name, names, "")));
    }

    /** Prints it, and tells the exit code. */
    int print(Streams streams) {
        streams.out().line("-E- " + getMessage());
        if (!more.isEmpty()) {
            streams.out().line("-E- " + Character.toUpperCase(more.charAt(0)) + more.substring(1));
        }
        Problems.note(streams, why);
        return exitCode;
    }
}
