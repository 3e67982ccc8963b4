// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.assemble.Field;
import org.cx3tools.image.BoardFileEntry;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.image.RomPart;
import org.cx3tools.inspect.HeaderWords;
import org.cx3tools.inspect.Identities;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.inspect.Inspection;
import org.cx3tools.inspect.PartView;
import org.cx3tools.inspect.RecordView;

/** All that is known about an image, for scripts. Offsets and sizes are numbers, register words hexadecimal text. */
public final class InspectJson {
    private static final int WORD = 8;

    private InspectJson() {
    }

    /**
     * An inspection as a map.
     *
     * @param name file or card
     * @param inspection what was found
     * @return the map
     */
    public static Map<String, Object> map(String name, Inspection inspection) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("kind", inspection.kind() == Inspection.Kind.FLASH ? "flash" : "image");
        map.put("size", inspection.size());
        map.put("trailingBytes", inspection.trailing());
        inspection.situation().ifPresent(text -> map.put("situation", text));
        List<Object> images = new ArrayList<>();
        inspection.images().forEach(image -> images.add(image(image, true)));
        inspection.unsigned().forEach(image -> images.add(image(image, false)));
        map.put("images", images);
        return map;
    }

    private static Map<String, Object> image(ImageView image, boolean signed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start", image.start());
        map.put("slot", image.slot());
        map.put("size", image.size());
        map.put("signature", signed);
        map.put("problems", image.problems());
        map.put("header", image.header().map(HeaderWords::of).orElse(Map.of()));
        map.put("sections", image.parts().stream().map(InspectJson::section).toList());
        map.put("tags", image.tags().stream().map(InspectJson::tag).toList());
        map.put("guids", image.guids().map(Identities::of).orElse(Map.of()));
        map.put("records", image.records().stream().map(InspectJson::record).toList());
        map.put("rom", image.rom().stream().map(InspectJson::rom).toList());
        List<Object> keys = new ArrayList<>();
        image.boardFile().ifPresent(board -> board.entries().forEach(entry -> keys.add(key(entry))));
        map.put("boardFile", keys);
        return map;
    }

    private static Map<String, Object> section(PartView part) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", part.name());
        map.put("type", part.part().isBoot2() ? null : part.part().typeCode());
        map.put("start", part.part().start());
        map.put("length", part.part().length());
        map.put("sizeField", part.sizeField());
        map.put(part.part().isBoot2() ? "firstWord" : "param", Out.hex(part.opaque(), WORD));
        map.put("next", Out.hex(part.next(), WORD));
        map.put("crc", Out.hex(part.storedCrc(), WORD));
        map.put("crcOk", part.crcOk());
        map.put("crcBlank", part.blankCrc());
        return map;
    }

    private static Map<String, Object> tag(InfoTag tag) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", tag.id());
        map.put("name", InfoTagValue.name(tag.id()));
        map.put("value", InfoTagValue.text(tag));
        map.put("bytes", tag.data().length());
        return map;
    }

    private static Map<String, Object> record(RecordView view) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("section", view.section());
        map.put("index", view.index());
        map.put("address", Out.hex(view.record().address(), WORD));
        map.put("value", Out.hex(view.record().value(), WORD));
        map.put("mask", Out.hex(view.record().mask(), WORD));
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : view.fields()) {
            fields.put(field.name(), field.get(view.record().value()));
        }
        map.put("fields", fields);
        return map;
    }

    /**
     * A part of a boot ROM as a map.
     *
     * @param part the part
     * @return the map
     */
    public static Map<String, Object> rom(RomPart part) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", part.kind());
        map.put("version", part.version());
        map.put("offset", part.offset());
        map.put("length", part.raw().length());
        map.put("vendorId", part.vendorId());
        map.put("deviceId", part.deviceId());
        map.put("codeType", part.codeType());
        return map;
    }

    private static Map<String, Object> key(BoardFileEntry entry) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("section", entry.section());
        map.put("key", entry.key());
        map.put("value", entry.value());
        map.put("line", entry.line());
        return map;
    }
}
