// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * One of the 31 parameters.
 *
 * @param kind its row in the table
 * @param port 0 = the whole card, 1 and 2 = a port
 */
public record Parameter(ParameterKind kind, int port) {
    /** All of them, in the order in which they are shown. */
    public static final List<Parameter> ALL = inOrder();

    /** Checks that there is such a parameter. */
    public Parameter {
        requireNonNull(kind, "kind");
        if (kind.tlv().perPort() ? port < 1 || port > 2 : port != 0) {
            throw new IllegalArgumentException(kind + " has no port " + port);
        }
    }

    /** Port 1, then port 2, of what is stored together; the P_Keys and so on the same way. */
    private static List<Parameter> inOrder() {
        List<Parameter> all = new ArrayList<>();
        ParameterKind[] kinds = ParameterKind.values();
        for (int i = 0; i < kinds.length; i++) {
            if (i > 0 && kinds[i].tlv() == kinds[i - 1].tlv()) {
                continue;
            }
            boolean perPort = kinds[i].tlv().perPort();
            for (int port = perPort ? 1 : 0; port <= (perPort ? 2 : 0); port++) {
                for (ParameterKind kind : kinds) {
                    if (kind.tlv() == kinds[i].tlv()) {
                        all.add(new Parameter(kind, port));
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /** {@return the parameter of this name, which is case-sensitive} */
    public static Optional<Parameter> named(String name) {
        return ALL.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** {@return a parameter of the whole card} */
    public static Parameter of(ParameterKind kind) {
        return new Parameter(kind, 0);
    }

    /** {@return its name: {@code SRIOV_EN}, {@code LINK_TYPE_P1}} */
    public String name() {
        return port == 0 ? kind.name() : kind.name() + "_P" + port;
    }

    /** {@return what it is stored in} */
    public Tlv tlv() {
        return new Tlv(kind.tlv(), port);
    }

    /** {@return its value in the data of its TLV; empty when it stands for nothing} */
    public OptionalLong in(Bytes data) {
        return known(kind.bits().of(data.word(4 * kind.word())));
    }

    /** {@return the data with another value; all other bits stay} */
    public Bytes into(Bytes data, long value) {
        BytesBuilder changed = BytesBuilder.copyOf(data);
        return changed.setWord(4 * kind.word(),
                kind.bits().in(changed.word(4 * kind.word()), value)).build();
    }

    OptionalLong known(long value) {
        return value == 0 && kind.zeroIsNone() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return a value as text; {@code N/A} when it is not known} */
    public String text(OptionalLong value) {
        return value.isPresent() ? kind.form().text(value.getAsLong()) : "N/A";
    }

    @Override
    public String toString() {
        return name();
    }
}
