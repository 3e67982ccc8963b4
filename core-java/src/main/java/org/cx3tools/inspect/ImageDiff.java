// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileChange;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.SectionType;
import org.cx3tools.inspect.Difference.Kind;

/**
 * In what two images differ, by name where there is one: header words, sections, tags, GUIDs, board
 * file keys, record bits, ROM parts. Two images with no difference are equal byte for byte, but for
 * what lies behind their ends and between their sections.
 */
public final class ImageDiff {
    private static final Set<Long> TOLD_INSIDE = Set.of(code(SectionType.CONFIGURATION),
            code(SectionType.GUID), code(SectionType.IMAGE_INFO), code(SectionType.FW_CONFIGURATION),
            code(SectionType.ROM));

    private final ImageView a;
    private final ImageView b;
    private final List<Difference> out = new ArrayList<>();

    private ImageDiff(ImageView a, ImageView b) {
        this.a = a;
        this.b = b;
    }

    /**
     * Compares two images.
     *
     * @param before the first one
     * @param after  the second one
     * @return what differs, sorted by kind; empty if nothing does
     */
    public static List<Difference> of(ImageView before, ImageView after) {
        return new ImageDiff(before, after).run();
    }

    private List<Difference> run() {
        maps(Kind.HEADER, a.header().map(HeaderWords::of).orElse(Map.of()),
                b.header().map(HeaderWords::of).orElse(Map.of()));
        sections();
        maps(Kind.TAG, tags(a), tags(b));
        maps(Kind.IDENTITY, a.guids().map(Identities::of).orElse(Map.of()),
                b.guids().map(Identities::of).orElse(Map.of()));
        boardFiles();
        out.addAll(RecordDiff.of(a.records(), b.records()));
        roms();
        opaque();
        out.sort(Comparator.comparing(Difference::kind));
        return List.copyOf(out);
    }

    private void maps(Kind kind, Map<String, String> before, Map<String, String> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(before.get(name));
            Optional<String> now = Optional.ofNullable(after.get(name));
            if (!old.equals(now)) {
                out.add(new Difference(kind, name, old, now));
            }
        }
    }

    private void sections() {
        maps(Kind.SECTION, sections(a), sections(b));
        List<String> before = a.parts().stream().map(PartView::name).toList();
        List<String> after = b.parts().stream().map(PartView::name).toList();
        if (Set.copyOf(before).equals(Set.copyOf(after)) && !before.equals(after)) {
            out.add(Difference.of(Kind.SECTION, "order of sections", String.join(", ", before),
                    String.join(", ", after)));
        }
    }

    private static Map<String, String> sections(ImageView image) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (PartView part : image.parts()) {
            sections.put(part.name(), String.format("%d bytes", part.payload().length())
                    + (part.opaque() == 0 || part.part().isBoot2() ? ""
                            : String.format(", param 0x%x", part.opaque()))
                    + (part.crcOk() ? "" : String.format(", wrong CRC 0x%x", part.storedCrc())));
        }
        return sections;
    }

    private static Map<String, String> tags(ImageView image) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (InfoTag tag : image.tags()) {
            String name = InfoTagValue.name(tag.id());
            String free = name;
            for (int i = 2; tags.containsKey(free); i++) {
                free = name + " " + i;
            }
            tags.put(free, InfoTagValue.text(tag));
        }
        return tags;
    }

    private void boardFiles() {
        if (a.boardFile().isEmpty() || b.boardFile().isEmpty()) {
            return;
        }
        BoardFile before = a.boardFile().get();
        BoardFile after = b.boardFile().get();
        List<BoardFileChange> changes = BoardFile.diff(before, after);
        for (BoardFileChange change : changes) {
            out.add(new Difference(Kind.BOARD_FILE, "[" + change.section() + "] " + change.key(),
                    change.oldValue(), change.newValue()));
        }
        if (changes.isEmpty() && !before.text().equals(after.text())) {
            out.add(Difference.of(Kind.BOARD_FILE, "text", before.text().length() + " characters",
                    after.text().length() + " characters, no key differs"));
        }
    }

    private void roms() {
        maps(Kind.ROM, roms(a), roms(b));
    }

    private static Map<String, String> roms(ImageView image) {
        Map<String, String> parts = new LinkedHashMap<>();
        int number = 1;
        for (RomPart part : image.rom()) {
            parts.put("ROM part " + number++, part.kind() + " " + part.version() + ", " + part.raw().length()
                    + " bytes");
        }
        return parts;
    }

    /** Content that has no names, and content whose names are all equal while its bytes are not. */
    private void opaque() {
        for (PartView part : a.parts()) {
            Optional<PartView> other = b.parts().stream().filter(p -> p.name().equals(part.name()))
                    .findFirst();
            if (other.isEmpty() || part.payload().equals(other.get().payload())) {
                continue;
            }
            boolean told = TOLD_INSIDE.contains(part.part().typeCode())
                    && out.stream().anyMatch(d -> d.kind() == insideOf(part) && (d.kind() != Kind.RECORD
                            || d.where().startsWith(part.name() + " ")));
            if (!told) {
                out.add(bytes(part, other.get()));
            }
        }
    }

    private static Kind insideOf(PartView part) {
        return switch (SectionType.ofCode(part.part().typeCode()).orElseThrow()) {
            case CONFIGURATION -> Kind.RECORD;
            case GUID -> Kind.IDENTITY;
            case IMAGE_INFO -> Kind.TAG;
            case FW_CONFIGURATION -> Kind.BOARD_FILE;
            default -> Kind.ROM;
        };
    }

    private static Difference bytes(PartView before, PartView after) {
        Bytes x = before.payload();
        Bytes y = after.payload();
        int common = Math.min(x.length(), y.length());
        int first = -1;
        int count = 0;
        for (int i = 0; i < common; i++) {
            if (x.u8(i) != y.u8(i)) {
                first = first < 0 ? i : first;
                count++;
            }
        }
        if (first < 0) {
            return Difference.of(Kind.SECTION, before.name() + " content", x.length() + " bytes",
                    y.length() + " bytes, the first " + common + " the same");
        }
        int shown = Math.min(16, common - first);
        return Difference.of(Kind.SECTION, String.format("%s content, %d bytes differ, the first at +0x%x",
                before.name(), count, first), x.slice(first, shown).hex(), y.slice(first, shown).hex());
    }

    private static long code(SectionType type) {
        return type.code();
    }
}
