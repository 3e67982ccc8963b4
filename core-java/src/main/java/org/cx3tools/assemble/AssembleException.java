// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.List;
import java.util.Objects;

/** An image cannot be made of what was given; the reason can be switched on. */
public final class AssembleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<KeyProblem> problems;

    /** Why it cannot be made. */
    public enum Reason {
        /** Keys changed for which no bits can be set; {@link #problems()} lists them. */
        KEYS,
        /** The PSID is missing, not printable or too long. */
        PSID,
        /** The image has no board file that could be compared and replaced. */
        NO_BOARD_FILE,
        /** A checksum, pointer or size of the image is wrong. */
        DAMAGED_IMAGE,
        /** The result would be no image. */
        RESULT
    }

    /**
     * A changed key that stands in the way.
     *
     * @param section   section of the key
     * @param key       the key
     * @param line      line in the new board file, in the old one if the key was removed; 0 if it
     *                  was named elsewhere
     * @param why       what is wrong
     * @param parameter non-volatile parameter that does the same, empty if none is known
     * @param mistake   whether the value itself is wrong, so that changing the text alone would
     *                  not help either
     */
    public record KeyProblem(String section, String key, int line, String why, String parameter,
            boolean mistake) {
        /** {@return the problem in one line} */
        @Override
        public String toString() {
            return (line == 0 ? "" : "line " + line + ": ") + (section.isEmpty() ? "" : "[" + section + "] ") + key
                    + ": " + why;
        }
    }

    AssembleException(Reason reason, String message) {
        this(reason, message, List.of());
    }

    AssembleException(Reason reason, String message, Throwable below) {
        super(message, below);
        this.reason = reason;
        problems = List.of();
    }

    AssembleException(Reason reason, String message, List<KeyProblem> problems) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.problems = List.copyOf(problems);
    }

    /** {@return why the image cannot be made} */
    public Reason reason() {
        return reason;
    }

    /** {@return all keys that stand in the way, for {@link Reason#KEYS}} */
    public List<KeyProblem> problems() {
        return problems == null ? List.of() : problems;
    }
}
