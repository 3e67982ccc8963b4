// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.Optional;

/**
 * A part of the image on flash that a burn may take over.
 *
 * @param value the part, when it is there and its CRC is right
 * @param problem what is wrong with it, when it is there and damaged
 * @param <T> what the part holds
 */
public record KeptPart<T>(Optional<T> value, Optional<String> problem) {
    /** {@return a part that the image does not have} */
    public static <T> KeptPart<T> missing() {
        return new KeptPart<>(Optional.empty(), Optional.empty());
    }

    /** {@return a part that is as it should be} */
    public static <T> KeptPart<T> good(T value) {
        return new KeptPart<>(Optional.of(value), Optional.empty());
    }

    /** {@return a part that cannot be relied on} */
    public static <T> KeptPart<T> damaged(String problem) {
        return new KeptPart<>(Optional.empty(), Optional.of(problem));
    }
}
