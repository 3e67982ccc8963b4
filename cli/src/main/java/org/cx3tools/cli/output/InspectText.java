// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.Map;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.Field;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.RomRecord;
import org.cx3tools.inspect.HeaderWords;
import org.cx3tools.inspect.Identities;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.inspect.Inspection;
import org.cx3tools.inspect.PartView;
import org.cx3tools.inspect.RecordView;

/** All that is known about an image, for people. */
public final class InspectText {
    private static final int NAME_COLUMN = 46;
    private static final int WORD = 8;
    private static final int LENGTH_DIGITS = 6;
    private static final int CRC_DIGITS = 4;

    private InspectText() {
    }

    /**
     * Prints an inspection.
     *
     * @param out where to
     * @param name file or card
     * @param inspection what was found
     */
    public static void print(Out out, String name, Inspection inspection) {
        boolean flash = inspection.kind() == Inspection.Kind.FLASH;
        out.line(name + ": " + (flash ? "flash of " : "image file of ") + inspection.size() + " bytes"
            + (inspection.trailing() > 0 ? ", " + inspection.trailing() + " of them behind the image" : ""));
        inspection.situation().ifPresent(text -> out.line(Printable.of(text)));
        inspection.images().forEach(image -> image(out, image, flash ? "" : null));
        inspection.unsigned().forEach(image -> image(out, image, ", without signature"));
    }

    private static void image(Out out, ImageView image, String onFlash) {
        out.newline().print("IMAGE");
        if (onFlash != null) {
            out.print(" at 0x" + Long.toHexString(image.start()) + ", slot " + image.slot() + onFlash);
        }
        out.line(onFlash == null ? " of " + image.size() + " bytes" : ", " + image.size() + " bytes");
        if (!image.problems().isEmpty()) {
            out.line("Problems");
            image.problems().forEach(problem -> out.line("  " + Printable.of(problem)));
        }
        if (image.header().isPresent()) {
            out.line("Header");
            for (Map.Entry<String, String> word : HeaderWords.of(image.header().get()).entrySet()) {
                out.padded("  " + word.getKey(), NAME_COLUMN).line(word.getValue());
            }
        }
        out.line("Sections (first byte, length, name, size field, param or first word, next, CRC)");
        image.parts().forEach(part -> section(out, part));
        if (!image.tags().isEmpty()) {
            out.line("Image Info tags");
            for (InfoTag tag : image.tags()) {
                out.padded("  " + tag.id() + " " + InfoTagValue.name(tag.id()), NAME_COLUMN).line(InfoTagValue.text(tag));
            }
        }
        if (image.guids().isPresent()) {
            out.line("GUIDs and MACs");
            Identities.of(image.guids().get()).forEach((name, value) ->
                out.padded("  " + name, NAME_COLUMN).line(value));
        }
        records(out, image);
        if (!image.rom().isEmpty()) {
            out.line("Boot ROM");
            image.rom().forEach(part -> rom(out, part));
        }
        if (image.boardFile().isPresent()) {
            out.line("Board file");
            for (BoardFileEntry entry : image.boardFile().get().entries()) {
                out.padded("  [" + Printable.of(entry.section()) + "] " + Printable.of(entry.key()), NAME_COLUMN)
                    .line(Printable.of(entry.value()));
            }
        }
    }

    private static void section(Out out, PartView part) {
        out.print("  0x" + Out.hex(part.part().start(), WORD) + " 0x" + Out.hex(part.part().length(), LENGTH_DIGITS));
        out.print(" ").padded(part.name(), 20).print(" 0x" + Out.hex(part.sizeField(), LENGTH_DIGITS));
        out.print(" " + Out.hex(part.opaque(), WORD) + " " + Out.hex(part.next(), WORD));
        out.line(" 0x" + Out.hex(part.storedCrc(), CRC_DIGITS) + (part.blankCrc() ? " (blank)"
            : part.crcOk() ? "" : " WRONG, should be 0x" + Out.hex(part.computedCrc(), CRC_DIGITS)));
    }

    private static void records(Out out, ImageView image) {
        String section = "";
        for (RecordView view : image.records()) {
            if (!view.section().equals(section)) {
                section = view.section();
                out.line(section + " records (address value mask)");
            }
            ConfigurationRecord record = view.record();
            out.line("  " + Out.hex(record.address(), WORD) + " " + Out.hex(record.value(), WORD) + " "
                + Out.hex(record.mask(), WORD));
            for (Field field : view.fields()) {
                out.line("    " + Printable.of(field.name()) + " = " + field.get(record.value()));
            }
        }
    }

    /**
     * Prints a part of a boot ROM as one line, more if it has several version records.
     *
     * @param out where to
     * @param part the part
     */
    public static void rom(Out out, RomPart part) {
        out.print("  +0x" + Out.hex(part.offset(), LENGTH_DIGITS) + " " + part.raw().length() + " bytes " + part.kind());
        out.print(part.version().isEmpty() ? "" : " " + part.version());
        out.line(part.codeType() == RomPart.NONE ? "" : " (PCI " + Out.hex(part.vendorId(), 4) + ":"
            + Out.hex(part.deviceId(), 4) + ", code type " + part.codeType() + (part.last() ? ", last" : "") + ")");
        for (RomRecord record : part.records().subList(Math.min(1, part.records().size()), part.records().size())) {
            out.line("      also " + record.productName() + " " + record.version());
        }
    }
}
