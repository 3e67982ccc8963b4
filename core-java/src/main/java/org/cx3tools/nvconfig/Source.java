// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static java.util.Objects.requireNonNull;

import org.cx3tools.binary.Bytes;

/**
 * Where firmware tells a default or a capability.
 *
 * @param answer which answer it is in
 * @param offset of its word, in bytes
 * @param bits for port 1 or the whole card
 * @param portStep how many bits further left the one of port 2 is
 */
public record Source(Answer answer, int offset, BitRange bits, int portStep) {
    private static final int CAPABILITY_WORD = 0xc0;

    /** The three kinds of answers. */
    public enum Answer {
        /** QUERY_DEV_CAP. */
        CAPABILITIES,
        /** QUERY_DEF_PARAMS of the whole card. */
        GLOBAL,
        /** QUERY_DEF_PARAMS of the port. */
        PORT
    }

    /** Checks the place. */
    public Source {
        requireNonNull(answer, "answer");
        requireNonNull(bits, "bits");
        int size = answer == Answer.CAPABILITIES ? ConfigPort.CAPABILITIES_SIZE
                : answer == Answer.GLOBAL ? ConfigPort.GLOBAL_DEFAULTS_SIZE
                : ConfigPort.PORT_DEFAULTS_SIZE;
        if (offset < 0 || offset % 4 != 0 || offset + 4 > size) {
            throw new IllegalArgumentException("no word of the answer: " + offset);
        }
    }

    static Source capability(int bit) {
        return new Source(Answer.CAPABILITIES, CAPABILITY_WORD, new BitRange(bit, bit), 0);
    }

    static Source capabilityOfPort(int bitOfPort1) {
        return new Source(Answer.CAPABILITIES, CAPABILITY_WORD,
                new BitRange(bitOfPort1, bitOfPort1), 1);
    }

    static Source limit(int offset, int high, int low) {
        return new Source(Answer.CAPABILITIES, offset, new BitRange(high, low), 0);
    }

    static Source global(int word, int high, int low) {
        return new Source(Answer.GLOBAL, 4 * word, new BitRange(high, low), 0);
    }

    static Source port(int word, int high, int low) {
        return new Source(Answer.PORT, 4 * word, new BitRange(high, low), 0);
    }

    /** The bits in the answer for a port; 0 = the whole card. */
    BitRange bits(int port) {
        int shift = port == 2 ? portStep : 0;
        return new BitRange(bits.high() + shift, bits.low() + shift);
    }

    long of(Bytes content, int port) {
        return bits(port).of(content.word(offset));
    }

    /** As the table writes it: {@code D bit 3}, {@code G dw1[31]}, {@code P2 dw0[17]}. */
    String text(int port) {
        BitRange place = bits(port);
        return switch (answer) {
            case CAPABILITIES -> offset == CAPABILITY_WORD ? "D bit " + place.low()
                    : "C 0x" + Integer.toHexString(offset) + place;
            case GLOBAL -> "G dw" + offset / 4 + place;
            case PORT -> "P" + port + " dw" + offset / 4 + place;
        };
    }
}
