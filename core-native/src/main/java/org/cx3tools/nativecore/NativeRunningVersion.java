// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

/**
 * Version of the firmware that runs on a card (CR 0x1f064 to 0x1f070); all zero when none runs.
 *
 * @param major first number of the version
 * @param minor second number of the version
 * @param subminor third number of the version
 * @param year year of the build in BCD, as on the card: 0x2015
 * @param month month of the build in BCD
 * @param day day of the build in BCD
 * @param hour hour of the build in BCD
 * @param minute minute of the build in BCD
 * @param second second of the build in BCD
 */
public record NativeRunningVersion(
        int major,
        int minor,
        int subminor,
        int year,
        int month,
        int day,
        int hour,
        int minute,
        int second) {

    static final int NUMBERS = 9;

    static NativeRunningVersion of(long[] n) {
        return new NativeRunningVersion(
                (int) n[0], (int) n[1], (int) n[2],
                (int) n[3], (int) n[4], (int) n[5],
                (int) n[6], (int) n[7], (int) n[8]);
    }
}
