// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import java.util.Objects;

/** The images are no set to learn from. */
public final class LearnException extends Exception {
    private static final long serialVersionUID = 1L;

    private final LearnFailure failure;

    LearnException(LearnFailure failure, String message) {
        super(message);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    LearnException(LearnFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** {@return the cause that can be switched on} */
    public LearnFailure failure() {
        return failure;
    }
}
