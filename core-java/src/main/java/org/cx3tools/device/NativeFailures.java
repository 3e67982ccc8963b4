// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Optional;
import java.util.OptionalLong;
import org.cx3tools.nativecore.NativeException;

/** Failures of the C core in the words of this package. */
final class NativeFailures {
    private NativeFailures() {}

    static DeviceException of(String device, NativeException e) {
        return new DeviceException(DeviceCause.valueOf(e.status().name()),
                device + ": " + e.getMessage(),
                new DeviceException.Facts(e.register(), e.address(),
                        e.expected().isPresent() ? unsigned(e.expected().getAsInt())
                                : OptionalLong.empty(),
                        e.found().isPresent() ? unsigned(e.found().getAsInt())
                                : OptionalLong.empty()),
                Optional.of(e));
    }

    private static OptionalLong unsigned(int value) {
        return OptionalLong.of(value & 0xffffffffL);
    }
}
