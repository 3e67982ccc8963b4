// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;

/** Text of an image as XML 1.0 can hold it; the writer of XML escapes, but checks neither characters nor names. */
final class XmlText {
    private XmlText() {
    }

    /** The same text; control characters, halves of surrogate pairs, U+FFFE and U+FFFF as {@code \x1b}. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Printable.of(text).codePoints().forEach(c -> {
            if (c == 0xfffe || c == 0xffff || Character.getType(c) == Character.SURROGATE) {
                out.append("\\x").append(Out.hex(c, 4));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** A name of an element out of a title: {@code UEFI_Virtio_net}. */
    static String name(String title) {
        String plain = title.replaceAll("[^0-9A-Za-z_.-]", "_");
        return plain.isEmpty() || !plain.substring(0, 1).matches("[A-Za-z_]") ? "_" + plain : plain;
    }
}
