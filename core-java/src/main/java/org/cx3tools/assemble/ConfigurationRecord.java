// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * A record of a Configuration section (observed): three words.
 *
 * @param address register address
 * @param value   bits to set there
 * @param mask    which bits of the register the value covers
 */
public record ConfigurationRecord(long address, long value, long mask) {
    /** Size in bytes. */
    public static final int SIZE = 12;

    /**
     * Reads the records of a payload.
     *
     * @return the records; empty if the payload is no whole number of them
     */
    public static Optional<List<ConfigurationRecord>> parse(Bytes payload) {
        if (payload.length() % SIZE != 0) {
            return Optional.empty();
        }
        List<ConfigurationRecord> records = new ArrayList<>(payload.length() / SIZE);
        for (int at = 0; at < payload.length(); at += SIZE) {
            records.add(new ConfigurationRecord(payload.word(at), payload.word(at + 4),
                    payload.word(at + 8)));
        }
        return Optional.of(List.copyOf(records));
    }

    /** {@return the payload of a section with these records} */
    public static Bytes toBytes(List<ConfigurationRecord> records) {
        BytesBuilder out = new BytesBuilder(records.size() * SIZE);
        for (ConfigurationRecord record : records) {
            out.addWord(record.address()).addWord(record.value()).addWord(record.mask());
        }
        return out.build();
    }

    /** {@return the record with another value in a field} */
    public ConfigurationRecord with(Field field, long fieldValue) {
        return new ConfigurationRecord(address, field.set(value, fieldValue), mask);
    }

    /** {@return the line of a release source, {@code 0001f99c 1f83f900 7f8fff20}} */
    @Override
    public String toString() {
        return String.format("%08x %08x %08x", address, value, mask);
    }
}
