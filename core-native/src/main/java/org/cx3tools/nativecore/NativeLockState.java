// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/**
 * State of the two flash semaphores: {@code struct cx3_lock_state} of {@code cx3/device.h}.
 *
 * @param programming value of CR 0xf03a0, 0 = free
 * @param gateway value of CR 0xf03fc, 0 = free
 */
public record NativeLockState(int programming, int gateway) {
    static final int NUMBERS = 2;

    static NativeLockState of(long[] n) {
        return new NativeLockState((int) n[0], (int) n[1]);
    }
}
