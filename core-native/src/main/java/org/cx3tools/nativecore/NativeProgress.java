// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/** Told how far a flash operation is, and asked whether to go on. */
public interface NativeProgress {
    /** What is being done; same order as {@code enum cx3_flash_phase}. */
    enum Phase {
        /** Reading the flash. */
        READ,
        /** Erasing units. */
        ERASE,
        /** Programming pages. */
        PROGRAM,
        /** Comparing with what should be there. */
        VERIFY;

        private static final Phase[] BY_NUMBER = values();

        static Phase of(int number) {
            return BY_NUMBER[number];
        }
    }

    /** Listens to nothing and never cancels. */
    NativeProgress NONE = new NativeProgress() {
        @Override
        public boolean advance(Phase phase, long doneBytes, long totalBytes) {
            return true;
        }
    };

    /**
     * Reports progress. Called on the thread of the operation, at points where stopping leaves no
     * half transaction on the card. An exception thrown here ends the operation as a cancel does
     * and comes out of it after the locks are given back. The device must not be used from here,
     * except for {@link NativeDevice#cancel()} and close.
     *
     * @param phase what is being done
     * @param doneBytes bytes done in this phase of this call; never goes back
     * @param totalBytes bytes of this call
     * @return false to cancel at this safe point
     */
    boolean advance(Phase phase, long doneBytes, long totalBytes);
}
