// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * One record that firmware stores.
 *
 * @param type its kind
 * @param modifier 0 = the whole card, 1 and 2 = a port
 */
public record Tlv(TlvType type, int modifier) implements Comparable<Tlv> {
    /** Checks that there is such a record. */
    public Tlv {
        requireNonNull(type, "type");
        if (type.perPort() ? modifier < 1 || modifier > 2 : modifier != 0) {
            throw new IllegalArgumentException(type + " has no modifier " + modifier);
        }
    }

    /** {@return all there are, in the order in which they are written} */
    public static List<Tlv> all() {
        List<Tlv> all = new ArrayList<>();
        for (TlvType type : TlvType.values()) {
            for (int modifier = type.perPort() ? 1 : 0; modifier <= (type.perPort() ? 2 : 0);
                    modifier++) {
                all.add(new Tlv(type, modifier));
            }
        }
        return all;
    }

    /** {@return the parameters in it, in the order of the table} */
    public List<Parameter> parameters() {
        return Parameter.ALL.stream().filter(p -> p.tlv().equals(this)).toList();
    }

    @Override
    public int compareTo(Tlv other) {
        int byType = type.compareTo(other.type);
        return byType == 0 ? Integer.compare(modifier, other.modifier) : byType;
    }

    /** As documents write it: {@code 0x2021/1}. */
    @Override
    public String toString() {
        return "0x" + Integer.toHexString(type.id()) + "/" + modifier;
    }
}
