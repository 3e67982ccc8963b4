// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

/** What a flash operation is doing. */
public enum FlashPhase {
    /** Reading. */
    READ,
    /** Erasing. */
    ERASE,
    /** Programming. */
    PROGRAM,
    /** Comparing. */
    VERIFY
}
