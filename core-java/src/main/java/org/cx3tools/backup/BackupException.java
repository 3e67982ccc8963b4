// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

/** A backup that is not what it should be; the message is a sentence for the operator. */
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public BackupException(String message) {
        super(message);
    }
}
