// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** What the tests of this module share: the parts of the machine, made once, and small files. */
final class Machines {
    private static final String WANTED = "yes";
    private static GuestParts parts;

    private Machines() {
    }

    /** Starts a machine, or skips the test where none was asked for. */
    static Guest start(GuestSetup setup) throws IOException, InterruptedException {
        String asked = System.getProperty("cx3.guest", "");
        assumeTrue(asked.equals(WANTED), "no guest machine: " + (asked.isEmpty() || asked.equals("no")
            ? "started without ./test" : asked));
        return Guest.start(parts(), setup);
    }

    private static synchronized GuestParts parts() throws IOException, InterruptedException {
        if (parts == null) {
            parts = GuestParts.prepare();
        }
        return parts;
    }

    /** A file of the guest's shared folder, by its name there. */
    static Path host(Guest guest, String name) {
        return guest.shared().resolve(name);
    }
}
