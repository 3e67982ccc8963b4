// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.Field;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.BoardFileValue;

/**
 * Configuration sections of filler records, among them the words whose fields are known, with the
 * bits that the board file asks for.
 */
final class SyntheticRecords {
    /** Words of both ports as in a public listing of a ConnectX-3 Pro OEM image. */
    private static final long ETHERNET_WORD = 0x1d03b900L;
    private static final long ETHERNET_MASK = 0x7f8fff20L;
    private static final long FILLER_START = 0x10000;
    private static final long SECOND_START = 0x1f998;

    private final BoardFile boardFile;
    private final SplittableRandom random;

    SyntheticRecords(BoardFile boardFile, SplittableRandom random) {
        this.boardFile = boardFile;
        this.random = random;
    }

    /** Filler only, at addresses where no field is known. */
    Bytes first(int length) {
        List<ConfigurationRecord> records = new ArrayList<>();
        for (int i = 0; i < length / ConfigurationRecord.SIZE; i++) {
            records.add(filler(FILLER_START + 4L * i));
        }
        return ConfigurationRecord.toBytes(records);
    }

    /** Known words and filler, in ascending order of addresses. */
    Bytes second(int length) {
        Map<Long, ConfigurationRecord> records = new TreeMap<>();
        records.put(0x1f99cL, new ConfigurationRecord(0x1f99c, ETHERNET_WORD, ETHERNET_MASK));
        records.put(0x1f9acL, new ConfigurationRecord(0x1f9ac, ETHERNET_WORD, ETHERNET_MASK));
        records.put(0x1f9a0L, new ConfigurationRecord(0x1f9a0, 0x008ff002, 0x038ff017));
        records.put(0x1f9a4L, new ConfigurationRecord(0x1f9a4, 0x00400001, 0x00d301ff));
        for (Field field : FieldDictionary.synthetic().fields()) {
            ConfigurationRecord old = records.getOrDefault(field.address(),
                    new ConfigurationRecord(field.address(), 0, 0));
            records.put(field.address(), new ConfigurationRecord(field.address(), old.value(),
                    old.mask() | field.mask()));
        }
        setKeys(records);
        for (long at = SECOND_START; records.size() < length / ConfigurationRecord.SIZE; at += 4) {
            records.putIfAbsent(at, filler(at));
        }
        return ConfigurationRecord.toBytes(List.copyOf(records.values()));
    }

    private void setKeys(Map<Long, ConfigurationRecord> records) {
        for (BoardFileEntry entry : boardFile.entries()) {
            OptionalLong value = BoardFileValue.number(entry.value());
            String name = FieldDictionary.fieldName(entry.section(), entry.key());
            Field field = FieldDictionary.synthetic().byName(name)
                    .or(() -> FieldDictionary.observed().byName(name)).orElse(null);
            if (field != null && value.isPresent() && field.fits(value.getAsLong())) {
                records.computeIfPresent(field.address(),
                        (address, record) -> record.with(field, value.getAsLong()));
            }
        }
    }

    private ConfigurationRecord filler(long address) {
        long mask = random.nextInt() & 0xffffffffL;
        return new ConfigurationRecord(address, random.nextInt() & mask, mask);
    }
}
