// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

/** Exit codes of {@code mlxfwmanager} (nv-config 5.3). */
final class ManagerExit {
    static final int OK = 0;
    static final int QUERY_FAILED = 1;
    static final int BURN_FAILED = 2;
    static final int BAD_ARGUMENTS = 3;
    static final int EXTRACTION_FAILED = 8;
    static final int NO_IMAGE = 9;
    static final int SEVERAL_IMAGES = 11;
    static final int DAMAGED_FILE = 17;
    static final int NO_DEVICES = 20;

    private ManagerExit() {
    }
}
