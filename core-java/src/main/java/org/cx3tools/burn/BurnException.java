// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static java.util.Objects.requireNonNull;

/** A burn was refused or failed; {@link #failure} holds all facts. */
public final class BurnException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BurnFailure failure;

    /** Wraps the facts. */
    public BurnException(BurnFailure failure) {
        super(requireNonNull(failure, "failure").message());
        this.failure = failure;
    }

    /** Wraps the facts and what was below them. */
    public BurnException(BurnFailure failure, Throwable below) {
        super(requireNonNull(failure, "failure").message(), below);
        this.failure = failure;
    }

    /** {@return what is wrong, to be switched on} */
    public BurnFailure failure() {
        return failure;
    }

    /** {@return what the operator can do; empty when there is nothing to say} */
    public String advice() {
        return failure.advice();
    }
}
