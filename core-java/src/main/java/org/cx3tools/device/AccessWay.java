// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

/** How registers of a card are reached. */
public enum AccessWay {
    /** Not at all: the card was only listed. */
    NONE,
    /** Memory window BAR0. */
    BAR,
    /** Registers 0x58 and 0x5c of the configuration space. */
    CONFIG,
    /** A virtual card. */
    SIM,
    /** No card: a raw flash dump. */
    FILE,
    /** A bus that a program brought along. */
    OTHER
}
