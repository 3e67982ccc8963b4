// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * GUIDs and MACs of a card (fs2-image 5): node, port 1, port 2, system image GUID, and in images
 * with six entries the MACs of both ports.
 *
 * @param entries 1 to 32 values of 64 bits in order
 */
public record GuidBlock(List<Long> entries) {
    /** Most entries a section may have. */
    public static final int MAX_ENTRIES = 32;
    /** Value of an entry that is not set. */
    public static final long BLANK = -1L;

    private static final long LOW_48 = 0xffffffffffffL;

    /** Checks the number of entries and makes the list unchangeable. */
    public GuidBlock {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("1 to 32 GUID entries, not " + entries.size());
        }
    }

    /**
     * Makes a block of six entries.
     *
     * @param node node GUID
     * @param port1 GUID of port 1
     * @param port2 GUID of port 2
     * @param system system image GUID
     * @param mac1 MAC of port 1, 48 bits
     * @param mac2 MAC of port 2, 48 bits
     * @return the block
     */
    public static GuidBlock of(long node, long port1, long port2, long system, long mac1,
            long mac2) {
        return new GuidBlock(List.of(node, port1, port2, system, mac1, mac2));
    }

    /**
     * Makes a block from first values, as the options -guid and -mac of the stock tool do.
     *
     * @param guid node GUID; ports and system image follow
     * @param mac MAC of port 1; port 2 follows
     * @return the block
     */
    public static GuidBlock counted(long guid, long mac) {
        return of(guid, guid + 1, guid + 2, guid + 3, mac, mac + 1);
    }

    /**
     * Makes a block in which nothing is set.
     *
     * @param count number of entries, 1 to 32
     * @return the block
     */
    public static GuidBlock blank(int count) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(BLANK);
        }
        return new GuidBlock(values);
    }

    /**
     * Parses a payload.
     *
     * @param payload payload of the GUID section
     * @param start offset of the payload in the image, for the error
     * @return the block
     * @throws FormatException if there are no or more than 32 entries
     */
    public static GuidBlock parse(Bytes payload, int start) throws FormatException {
        int count = payload.length() / 8;
        if (count < 1 || count > MAX_ENTRIES) {
            throw new FormatException(start - 12, "number of GUID entries", "1 to 32",
                    Integer.toString(count));
        }
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(payload.u64(8 * i));
        }
        return new GuidBlock(values);
    }

    /** {@return the entries as they are on flash} */
    public Bytes toBytes() {
        BytesBuilder out = new BytesBuilder();
        for (long value : entries) {
            out.addU64(value);
        }
        return out.build();
    }

    /** {@return true if there are entries for the four GUIDs} */
    public boolean hasGuids() {
        return entries.size() >= 4;
    }

    /** {@return true if there are entries for both MACs} */
    public boolean hasMacs() {
        return entries.size() >= 6;
    }

    /** {@return true if nothing is set; a blank section has also a blank CRC} */
    public boolean isBlank() {
        for (long value : entries) {
            if (value != BLANK) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns an entry.
     *
     * @param index 0 node, 1 port 1, 2 port 2, 3 system image, 4 and 5 MACs
     * @return the 64 bits; {@link #BLANK} if there is no such entry
     */
    public long entry(int index) {
        return index < entries.size() ? entries.get(index) : BLANK;
    }

    /** {@return node GUID} */
    public long node() {
        return entry(0);
    }

    /**
     * Returns the GUID of a port.
     *
     * @param port 1 or 2
     * @return the GUID
     */
    public long port(int port) {
        return entry(port);
    }

    /** {@return system image GUID} */
    public long systemImage() {
        return entry(3);
    }

    /**
     * Returns the MAC of a port as stored.
     *
     * @param port 1 or 2
     * @return 64 bits, of which a good one uses 48; {@link #BLANK} if there is no such entry
     */
    public long mac(int port) {
        return entry(3 + port);
    }

    /**
     * Tells whether MACs have to be derived from the GUIDs: there are four entries, or both MACs
     * have all-ones in their low 48 bits (fs2-image 3.5).
     *
     * @return true if so
     */
    public boolean macsAreDerived() {
        return hasGuids() && (!hasMacs()
                || (mac(1) & LOW_48) == LOW_48 && (mac(2) & LOW_48) == LOW_48);
    }

    /**
     * Derives the MAC of a port from its GUID: the 16 bits in the middle are dropped.
     *
     * @param port 1 or 2
     * @return 48 bits
     */
    public long derivedMac(int port) {
        long guid = port(port);
        return guid >>> 40 << 24 | guid & 0xffffff;
    }

    /** {@return this block with six entries, MACs derived where the rule asks for it} */
    public GuidBlock withMacs() {
        boolean derive = macsAreDerived();
        return of(node(), port(1), port(2), systemImage(), derive ? derivedMac(1) : mac(1),
                derive ? derivedMac(2) : mac(2));
    }

    /**
     * Judges a MAC with the words of the stock tool.
     *
     * @param mac 64 bits as stored
     * @return what is wrong; empty for a good one
     */
    public static Optional<String> macProblem(long mac) {
        if ((mac >>> 40 & 1) != 0) {
            return Optional.of("Multicast bit (bit 40) is set");
        }
        return mac >>> 48 != 0 ? Optional.of("More than 48 bits are used") : Optional.empty();
    }

    /** {@return all entries as on the sticker of a card: GUIDs with 16 digits, MACs with 12} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("GUIDs");
        for (int i = 0; i < entries.size(); i++) {
            boolean mac = entries.size() >= 6 && i >= 4 && entries.get(i) >>> 48 == 0;
            text.append(i == 4 ? ", MACs " : " ").append(String.format(mac ? "%012x" : "%016x", entries.get(i)));
        }
        return text.toString();
    }
}
