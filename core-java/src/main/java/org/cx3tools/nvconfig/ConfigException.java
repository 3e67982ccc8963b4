// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static java.util.Objects.requireNonNull;

/** Settings were refused or not written; {@link #failure} holds all facts. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConfigFailure failure;

    /** Wraps the facts. */
    public ConfigException(ConfigFailure failure) {
        super(requireNonNull(failure, "failure").message());
        this.failure = failure;
    }

    /** Wraps the facts and what was below them. */
    public ConfigException(ConfigFailure failure, Throwable below) {
        super(requireNonNull(failure, "failure").message(), below);
        this.failure = failure;
    }

    /** {@return what is wrong, to be switched on} */
    public ConfigFailure failure() {
        return failure;
    }

    /** {@return what the operator can do; empty when there is nothing to say} */
    public String advice() {
        return failure.advice();
    }
}
