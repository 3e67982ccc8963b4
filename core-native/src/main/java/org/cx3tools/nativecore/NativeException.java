// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A failure of the C core with all that is known about it: {@code struct cx3_error} of {@code
 * cx3/status.h}.
 */
public final class NativeException extends Exception {
    private static final long serialVersionUID = 1L;

    // CX3_ERROR_HAS_* of cx3/status.h
    private static final int HAS_REGISTER = 0x01;
    private static final int HAS_ADDRESS = 0x02;
    private static final int HAS_EXPECTED = 0x04;
    private static final int HAS_FOUND = 0x08;
    private static final int HAS_ERRNO = 0x10;

    private final NativeStatus status;
    private final int flags;
    private final int register;
    private final long address;
    private final int expected;
    private final int found;
    private final int errno;

    /** Called by the C side only; texts are UTF-8. */
    private NativeException(int result, int flags, int register, long address, int expected,
            int found, int errno, byte[] what, byte[] errnoText) {
        super(message(NativeStatus.of(result), flags, register, address, expected, found, errno,
                new String(what, StandardCharsets.UTF_8),
                new String(errnoText, StandardCharsets.UTF_8)));
        this.status = NativeStatus.of(result);
        this.flags = flags;
        this.register = register;
        this.address = address;
        this.expected = expected;
        this.found = found;
        this.errno = errno;
    }

    /**
     * Makes a failure that was noticed on the Java side.
     *
     * @param status what happened; not {@link NativeStatus#OK}
     * @param what what was being done and what to do about it, one line
     */
    NativeException(NativeStatus status, String what) {
        super(message(status, 0, 0, 0, 0, 0, 0, Objects.requireNonNull(what, "what"), ""));
        this.status = status;
        this.flags = 0;
        this.register = 0;
        this.address = 0;
        this.expected = 0;
        this.found = 0;
        this.errno = 0;
    }

    /**
     * Tells what happened, to be switched on.
     *
     * @return never {@link NativeStatus#OK}
     */
    public NativeStatus status() {
        return status;
    }

    /**
     * Returns the register that was accessed.
     *
     * @return the CR address in bytes, if one was involved
     */
    public OptionalInt register() {
        return optional(HAS_REGISTER, register);
    }

    /**
     * Returns the place in the flash.
     *
     * @return the physical address in bytes, if one was involved
     */
    public OptionalLong address() {
        return (flags & HAS_ADDRESS) != 0 ? OptionalLong.of(address) : OptionalLong.empty();
    }

    /**
     * Returns the value that should have been read.
     *
     * @return the bits of a register or of flash bytes (unsigned), if known
     */
    public OptionalInt expected() {
        return optional(HAS_EXPECTED, expected);
    }

    /**
     * Returns the value that was read.
     *
     * @return the bits of a register or of flash bytes (unsigned), if known
     */
    public OptionalInt found() {
        return optional(HAS_FOUND, found);
    }

    /**
     * Returns the error number of the system call that failed.
     *
     * @return errno, if a system call failed
     */
    public OptionalInt errno() {
        return optional(HAS_ERRNO, errno);
    }

    private OptionalInt optional(int flag, int value) {
        return (flags & flag) != 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private static String message(NativeStatus status, int flags, int register, long address,
            int expected, int found, int errno, String what, String errnoText) {
        StringBuilder text = new StringBuilder(status.text());
        if (!what.isEmpty()) {
            text.append(": ").append(what);
        }
        String separator = " (";
        if ((flags & HAS_REGISTER) != 0) {
            text.append(separator).append("register 0x").append(Integer.toHexString(register));
            separator = ", ";
        }
        if ((flags & HAS_ADDRESS) != 0) {
            text.append(separator).append("address 0x").append(Long.toHexString(address));
            separator = ", ";
        }
        if ((flags & HAS_EXPECTED) != 0) {
            text.append(separator).append("expected 0x").append(Integer.toHexString(expected));
            separator = ", ";
        }
        if ((flags & HAS_FOUND) != 0) {
            text.append(separator).append("found 0x").append(Integer.toHexString(found));
            separator = ", ";
        }
        if ((flags & HAS_ERRNO) != 0) {
            text.append(separator).append("errno ").append(errno);
            if (!what.contains(errnoText)) {
                text.append(": ").append(errnoText);
            }
            separator = ", ";
        }
        if (separator.equals(", ")) {
            text.append(')');
        }
        return text.toString();
    }
}
