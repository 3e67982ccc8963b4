// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

/**
 * A firmware version; ordered by major, minor, subminor.
 *
 * @param major 0 to 65535
 * @param minor 0 to 65535
 * @param subminor 0 to 65535
 */
public record FirmwareVersion(int major, int minor, int subminor)
        implements Comparable<FirmwareVersion> {
    /** {@return true for 0.0.0, which stands for unknown} */
    public boolean isZero() {
        return major == 0 && minor == 0 && subminor == 0;
    }

    @Override
    public int compareTo(FirmwareVersion other) {
        int order = Integer.compare(major, other.major);
        if (order == 0) {
            order = Integer.compare(minor, other.minor);
        }
        return order != 0 ? order : Integer.compare(subminor, other.subminor);
    }

    /** {@return the text of the stock tool, as 2.36.5000; minor of 100 and up has four digits} */
    @Override
    public String toString() {
        return major + "." + (minor >= 100 ? fourDigits(minor) : Integer.toString(minor)) + "."
                + fourDigits(subminor);
    }

    private static String fourDigits(int n) {
        String digits = Integer.toString(n);
        return "0000".substring(Math.min(4, digits.length())) + digits;
    }
}
