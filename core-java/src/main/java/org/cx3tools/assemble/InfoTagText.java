// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;

/**
 * Image Info tags as lines of a release source. A tag is written by name only if reading it back gives the same data;
 * any other tag, known or not, is written as {@code tag[ID] = hex ...}.
 */
final class InfoTagText {
    private static final Pattern HEX = Pattern.compile("hex(( [0-9a-f]{8})*)");

    /** Longest data written in one line. */
    private static final int MAX_INLINE = 1024;

    private InfoTagText() {
    }

    /** {@return the lines of all tags; empty if a tag is too long for a line} */
    static Optional<String> write(List<InfoTag> tags) {
        StringBuilder out = new StringBuilder();
        for (InfoTag tag : tags) {
            if (tag.data().length() > MAX_INLINE) {
                return Optional.empty();
            }
            String value = InfoTagValue.text(tag);
            if (InfoTagValue.parse(tag.id(), value).equals(Optional.of(tag.data()))) {
                out.append(InfoTagValue.name(tag.id())).append(" = ").append(value).append('\n');
                continue;
            }
            out.append("tag[").append(tag.id()).append("] = hex");
            for (int at = 0; at < tag.data().length(); at += 4) {
                out.append(String.format(" %08x", tag.data().word(at)));
            }
            out.append('\n');
        }
        return Optional.of(out.toString());
    }

    /** Reads tags back into a payload with an end tag. */
    static Bytes read(SourceGroup group, List<SourceGroup.Item> items) throws SourceException {
        BytesBuilder out = new BytesBuilder(512);
        for (SourceGroup.Item item : items) {
            int id = InfoTagValue.id(item.key()).orElseThrow(() -> group.error(item,
                    "no such Image Info tag; use its name or tag[0] to tag[254]"));
            Optional<Bytes> data = InfoTagValue.parse(id, item.value());
            if (data.isEmpty()) {
                data = hex(item.value());
            }
            if (data.isEmpty()) {
                throw group.error(item, "value does not have the form of this tag");
            }
            out.addWord((long) id << 24 | data.get().length()).add(data.get());
        }
        return out.addWord((long) InfoTag.END << 24).build();
    }

    private static Optional<Bytes> hex(String value) {
        return HEX.matcher(value).matches() ? Optional.of(Bytes.ofHex(value.substring(3)))
                : Optional.empty();
    }
}
