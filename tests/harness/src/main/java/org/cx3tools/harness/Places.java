// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Places outside of the modules: the root of the checkout and the folder beside it. */
public final class Places {
    private Places() {
    }

    /**
     * The root of the checkout, found from the working folder upwards.
     *
     * @return the folder that holds the top pom and the module tests
     */
    public static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("tests/harness/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException("not run inside a checkout");
    }

    /**
     * The shared folder: {@code CX3_SHARED}, or {@code shared} beside the checkout.
     *
     * @return the folder, if it is there
     */
    public static Optional<Path> shared() {
        String given = System.getenv("CX3_SHARED");
        Path folder = given == null || given.isEmpty() ? root().resolveSibling("shared")
                : Path.of(given);
        return Optional.of(folder).filter(Files::isDirectory);
    }
}
