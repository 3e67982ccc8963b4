// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

/** Told what a burn is doing; may stop it at safe points. All methods are optional. */
public interface BurnListener {
    /** Listens to nothing and never stops. */
    BurnListener NONE = new BurnListener() {};

    /** A step begins. */
    default void stepStarted(BurnStep step) {}

    /**
     * Bytes of a step are done; the number never goes back within a step. Called at safe points
     * only.
     *
     * @param step which step
     * @param doneBytes 0 to totalBytes
     * @param totalBytes bytes of the step
     * @return false to stop here
     */
    default boolean progress(BurnStep step, long doneBytes, long totalBytes) {
        return true;
    }

    /** A step is finished. */
    default void stepFinished(BurnStep step) {}

    /** Something went wrong that does not stop the burn, a sentence. */
    default void warning(String text) {}
}
