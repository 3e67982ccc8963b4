// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.flash;

/** Told how far an operation has come; may stop it at a safe point. */
@FunctionalInterface
public interface Progress {
    /** Listens to nothing and never stops. */
    Progress NONE = (phase, done, total) -> true;

    /**
     * Some bytes are done. Within one phase of one call the number never goes back.
     *
     * @param phase what is being done
     * @param doneBytes bytes done, 0 to totalBytes
     * @param totalBytes bytes to do in this call
     * @return false to stop here; the call then ends with {@link
     *     org.cx3tools.device.DeviceCause#CANCELLED}
     */
    boolean advance(FlashPhase phase, long doneBytes, long totalBytes);
}
