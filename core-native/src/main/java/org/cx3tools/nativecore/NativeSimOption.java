// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is not known of real cards, or costs time there: members of {@code struct cx3_sim_options}
 * in {@code cx3/sim.h}, in its order. A switch is 0 or 1, the others are numbers.
 */
public enum NativeSimOption {
    /** Simulated time of a register read, nanoseconds, at most one second. */
    READ_NS,
    /** Simulated time of a register write, nanoseconds, at most one second. */
    WRITE_NS,
    /** Simulated time of one byte on the SPI wire, nanoseconds, at most one second. */
    SPI_BYTE_NS,
    /** Simulated time of a command beside its bytes, nanoseconds, at most one second. */
    GATEWAY_NS,
    /** How long the card is away after a chip reset, milliseconds, at most 60000. */
    RESET_MS,
    /** Size of BAR2 as a power of two of MiB, at most 20: 3 is 8 MiB. */
    BAR2_LOG2_MIB,
    /** PCIe lanes in use: 1, 2, 4 or 8. */
    LINK_WIDTH,
    /** Switch: a read with chip select held goes on with the next command. */
    HELD_READ_STREAMS,
    /** Switch: a new opcode while chip select is held first raises it. */
    OPCODE_RAISES_CS,
    /** Switch: a chip reset raises a chip select that was held. */
    RESET_RAISES_CS,
    /** Switch: SST and Atmel parts come up with all sectors protected. */
    POWER_UP_PROTECTED,
    /** Switch: the address register in config space cannot be read back. */
    WRITE_ONLY_ADDRESS,
    /** Switch: the vendor capability in config space, with all that the stock tool wants. */
    VENDOR_CAPABILITY,
    /** Switch: firmware offers the mailbox of its commands at CR 0xe0000, too. */
    CR_MAILBOX;

    static final int COUNT = values().length;

    /** {@return whether only 0 and 1 make sense} */
    public boolean isSwitch() {
        return compareTo(HELD_READ_STREAMS) >= 0;
    }

    static Map<NativeSimOption, Long> of(long[] numbers, int at) {
        Map<NativeSimOption, Long> options = new EnumMap<>(NativeSimOption.class);
        for (NativeSimOption option : values()) {
            options.put(option, numbers[at + option.ordinal()]);
        }
        return Collections.unmodifiableMap(options);
    }
}
