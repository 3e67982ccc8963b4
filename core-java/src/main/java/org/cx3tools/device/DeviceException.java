// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A device failed: what happened, where, what was expected and found, and what to do. */
public final class DeviceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeviceCause reason;
    private final transient Facts facts;

    /**
     * Where it happened.
     *
     * @param register CR address in bytes
     * @param address flash address, or offset in a file, in bytes
     * @param expected value that should have been there
     * @param found value that was there
     */
    public record Facts(OptionalInt register, OptionalLong address, OptionalLong expected,
            OptionalLong found) {
        /** Nothing known. */
        public static final Facts NONE =
                new Facts(OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(),
                        OptionalLong.empty());

        /** {@return a place in the flash or in a file, in bytes} */
        public static Facts at(long address) {
            return new Facts(
                    OptionalInt.empty(), OptionalLong.of(address), OptionalLong.empty(),
                            OptionalLong.empty());
        }

        /** A place in the flash, with the value that should be there and the one that is. */
        public static Facts differs(long address, long expected, long found) {
            return new Facts(
                    OptionalInt.empty(), OptionalLong.of(address), OptionalLong.of(expected),
                            OptionalLong.of(found));
        }
    }

    /** A failure without a place. */
    public DeviceException(DeviceCause reason, String message) {
        this(reason, message, Facts.NONE, Optional.empty());
    }

    /** A failure at a place. */
    public DeviceException(DeviceCause reason, String message, Facts facts) {
        this(reason, message, facts, Optional.empty());
    }

    /** A failure at a place, with the exception below it. */
    public DeviceException(DeviceCause reason, String message, Facts facts,
            Optional<Throwable> below) {
        super(requireNonNull(message, "message"), below.orElse(null));
        this.reason = requireNonNull(reason, "reason");
        this.facts = requireNonNull(facts, "facts");
    }

    /** {@return what kind of failure; to be switched on} */
    public DeviceCause reason() {
        return reason;
    }

    /** {@return CR address in bytes, when a register was involved} */
    public OptionalInt register() {
        return facts().register();
    }

    /** {@return flash address or file offset in bytes} */
    public OptionalLong address() {
        return facts().address();
    }

    /** {@return the value that should have been there} */
    public OptionalLong expected() {
        return facts().expected();
    }

    /** {@return the value that was there} */
    public OptionalLong found() {
        return facts().found();
    }

    /** {@return what the operator can do; empty when there is nothing general to say} */
    public String advice() {
        return reason.advice();
    }

    private Facts facts() {
        return facts == null ? Facts.NONE : facts;
    }
}
