// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.FieldMeanings;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.image.BoardFile;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.inspect.RecordView;

/** {@code cx3 fields}. */
final class FieldsCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("fields", "[WORD ...] [-i FILE | -d DEVICE] [--fields FILE] [--json]", List.of(
            "Lists the register fields that are known by name: place (address, lowest bit, width), the key of the board",
            "file that stands for it, what it means, and the non-volatile parameter that does the same. Words narrow the",
            "list: each must occur in name, key, meaning or address. With an image or a card its values are shown, and",
            "only fields that a record of it covers; the fields of our synthetic firmware are known in its images only. Exit",
            "code 1 when there is none."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, AssembleCommand.FIELDS, Opt.JSON), 0, 20,
            List.of("cx3 fields 56kr4", "cx3 fields port2 enable -i original_firmware.bin"));
    }

    @Override
    public int run(Request request) throws Exception {
        FieldDictionary given = AssembleCommand.fields(request);
        if (!request.has(Opt.IMAGE)) {
            request.refuse("an archive as -i", List.of(Opt.PSID));
        }
        List<Row> rows = request.has(Opt.DEVICE) || request.has(Opt.IMAGE) ? ofImage(request, given)
            : rows(FieldDictionary.observed().preferring(given), Optional.empty());
        List<Row> found = rows.stream().filter(row -> row.matches(request.arguments())).toList();
        if (request.json()) {
            Json.print(request.out(), Map.of("fields", found.stream().map(Row::map).toList()));
        } else {
            found.forEach(row -> row.print(request.out()));
            request.out().line(found.isEmpty() ? "no field has all of these words in its name, key or meaning"
                : found.size() + (found.size() == rows.size() ? "" : " of " + rows.size()) + " fields");
        }
        return found.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static List<Row> rows(FieldDictionary fields, Optional<BoardFile> board) {
        List<Row> rows = new ArrayList<>();
        for (Field field : fields.fields()) {
            rows.add(Row.of(field, board, ""));
        }
        return rows;
    }

    /** Fields that a record covers, with the value of the first record that does. */
    private static List<Row> ofImage(Request request, FieldDictionary given) throws Exception {
        ImageView image = Subject.image(request, given);
        Map<Field, String> values = new LinkedHashMap<>();
        for (RecordView view : image.records()) {
            for (Field field : view.fields()) {
                values.putIfAbsent(field, Long.toString(field.get(view.record().value())));
            }
        }
        List<Row> rows = new ArrayList<>();
        values.forEach((field, value) -> rows.add(Row.of(field, image.boardFile(), value)));
        return rows;
    }

    /** One field, with all that is known about it. */
    private record Row(Field field, String key, String value, String meaning, String parameter) {
        static Row of(Field field, Optional<BoardFile> board, String value) {
            Optional<BoardKey> key = BoardKey.of(field, board);
            return new Row(field, key.map(BoardKey::toString).orElse(""), value,
                FieldMeanings.of(field).orElse(""), key.flatMap(FieldMeanings::parameterOf).orElse(""));
        }

        boolean matches(List<String> words) {
            String all = (field + " " + key + " " + meaning + " " + parameter).toLowerCase(Locale.ROOT);
            return words.stream().allMatch(word -> all.contains(word.toLowerCase(Locale.ROOT)));
        }

        void print(Out out) {
            out.line(Printable.of(field.toString()) + (value.isEmpty() ? "" : " = " + value));
            line(out, "key", key);
            line(out, "meaning", meaning);
            line(out, "parameter", parameter);
        }

        private static void line(Out out, String label, String text) {
            if (!text.isEmpty()) {
                out.line("    " + label + ": " + Printable.of(text));
            }
        }

        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", field.name());
            map.put("address", field.address());
            map.put("bit", field.bit());
            map.put("width", field.width());
            map.put("key", key);
            map.put("value", value.isEmpty() ? null : Long.valueOf(value));
            map.put("meaning", meaning);
            map.put("parameter", parameter);
            return map;
        }
    }
}
