// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import java.util.Locale;

/**
 * Version of the firmware that runs on the card (registers 0x1f064 to 0x1f070).
 *
 * @param major first number
 * @param minor second number
 * @param subminor third number
 * @param year BCD, as on the card: 0x2016
 * @param month BCD
 * @param day BCD
 * @param hour BCD
 * @param minute BCD
 * @param second BCD
 */
public record RunningVersion(
        int major, int minor, int subminor, int year, int month, int day, int hour, int minute,
                int second) {

    /** As the stock tool prints it: {@code 2.36.5000}, {@code 2.142.0005} with four digits. */
    @Override
    public String toString() {
        return minor >= 100
                ? String.format(Locale.ROOT, "%d.%04d.%04d", major, minor, subminor)
                : String.format(Locale.ROOT, "%d.%d.%04d", major, minor, subminor);
    }
}
