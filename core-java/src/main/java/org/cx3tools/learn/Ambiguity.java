// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

/** Why a key that varied is not used. */
public enum Ambiguity {
    /** Every place that follows the key follows other keys as well. */
    KEYS,
    /** More than one place follows this key and no other one. */
    PLACE,
    /** The place is certain, the number of bits is not. */
    WIDTH,
    /** Its place lies over the place of another key. */
    OVERLAP,
    /** A board file gives it several times with different numbers; which counts is not known. */
    REPEATED,
    /** Another key stands for a field of the same name, or the name fits no dictionary line. */
    NAME
}
