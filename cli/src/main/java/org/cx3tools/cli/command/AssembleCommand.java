// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.AssembleNote;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.AssembleResult;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.RecordChange;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.assemble.SourceException;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileChange;

/** {@code cx3 assemble}. */
final class AssembleCommand implements Command {
    static final Opt FIELDS = Opt.value("fields", "FILE",
        "names of register fields: any text with lines NAME ADDRESS.BIT WIDTH", "those that ship with cx3");
    private static final Opt SOURCE = Opt.value("fw", "FILE", "release source (.mlx) or image (.bin)", "none");
    private static final Opt CONF = Opt.value("conf", "FILE", "board file (.ini)", "the one of the source");
    private static final Opt OUTPUT = Opt.value("wrimage", "FILE", "the image to write", "new_firmware.bin");
    static final Opt TEXT_ONLY = Opt.flag("text-only",
        "change keys without a known field in the text only, and say so", "such a key is an error");

    @Override
    public Spec spec() {
        return new Spec("assemble", "-fw SOURCE [-conf BOARD.ini] [-wrimage IMAGE] [OPTIONS]", List.of(
            "Makes an image of a release source or of a card's own image, and a board file. With an unchanged board",
            "file the result is the original, byte for byte. A changed key reaches the image as text and as the bits",
            "of its register field; a key whose field is not known is an error that names the ways out.",
            "The long options may be written with one dash, as in the vendor's mlxburn."),
            List.of(SOURCE, Opt.PSID, CONF, OUTPUT, FIELDS, TEXT_ONLY, Opt.FORCE, Opt.JSON), 0, 0,
            List.of("cx3 assemble -fw original_firmware.bin -conf new_config.ini -wrimage new_firmware.bin"));
    }

    @Override
    public int run(Request request) throws Exception {
        String source = request.required(SOURCE);
        String name = request.value(OUTPUT, "new_firmware.bin");
        Path output = request.streams().resolve(name);
        OutputFile.check(output, request.has(Opt.FORCE), request.streams().resolve(source));
        Optional<BoardFile> board = request.has(CONF) ? Optional.of(boardFile(request.streams()
            .resolve(request.value(CONF, "")))) : Optional.empty();
        AssembleOptions options = AssembleOptions.defaults().withFields(fields(request))
            .withTextOnly(request.has(TEXT_ONLY));
        AssembleResult result = assemble(request, source, board, new Assembler(options));
        OutputFile.write(output, result.image().bytes().toArray(), request.has(Opt.FORCE));
        for (AssembleNote note : result.notes()) {
            request.note(note.text());
        }
        if (request.json()) {
            Json.print(request.out(), map(name, result));
        } else {
            print(request.out(), name, result);
        }
        return ExitCode.DONE;
    }

    private static AssembleResult assemble(Request request, String source, Optional<BoardFile> board,
            Assembler assembler) throws Exception {
        Path file = request.streams().resolve(source);
        if (!Images.isArchive(request, source) && ReleaseSource.isText(file)) {
            if (request.has(Opt.PSID)) {
                throw CliException.usage("--psid chooses a board of an archive, and " + source + " is a text", "leave it out");
            }
            return assembler.assemble(ReleaseSource.read(file), board);
        }
        if (board.isEmpty()) {
            throw CliException.usage("an image as --fw needs a board file", "give it with --conf FILE; "
                + "cx3 dump-config -i " + source + " shows the one inside");
        }
        return assembler.assemble(Images.file(request, source), board.get());
    }

    static BoardFile boardFile(Path file) throws Exception {
        return BoardFile.parse(Bytes.ofFile(file, BoardFile.MAX_BYTES).toArray());
    }

    /** Fields of {@code --fields}, or none. */
    static FieldDictionary fields(Request request) throws IOException, SourceException {
        if (!request.has(FIELDS)) {
            return FieldDictionary.empty();
        }
        String name = request.value(FIELDS, "");
        String text = new String(Bytes.ofFile(request.streams().resolve(name), FieldDictionary.MAX_TEXT).toArray(),
            StandardCharsets.ISO_8859_1);
        FieldDictionary fields = FieldDictionary.parse(name, text, false);
        if (fields.size() == 0) {
            throw new SourceException(name, 0, "", "holds no line of the form NAME ADDRESS.BIT WIDTH");
        }
        request.err().line(name + ": " + fields.size() + " fields");
        for (String skipped : fields.skipped()) {
            request.note("not understood: " + skipped);
        }
        return fields;
    }

    private static void print(Out out, String name, AssembleResult result) {
        for (BoardFileChange change : result.keys()) {
            out.line("changed: " + change);
        }
        for (RecordChange change : result.records()) {
            out.line("bits:    " + change.field().name() + ": '" + change.before() + "' -> '" + change.after() + "'");
        }
        if (result.keys().isEmpty()) {
            out.line("board file unchanged");
        }
        out.line(name + ": " + result.image().bytes().length() + " bytes written");
    }

    private static Map<String, Object> map(String name, AssembleResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("image", name);
        map.put("bytes", result.image().bytes().length());
        List<String> keys = new ArrayList<>();
        for (BoardFileChange change : result.keys()) {
            keys.add(change.toString());
        }
        map.put("changedKeys", keys);
        List<String> fields = new ArrayList<>();
        for (RecordChange change : result.records()) {
            fields.add(change.field().name());
        }
        map.put("changedFields", fields);
        List<String> notes = new ArrayList<>();
        for (AssembleNote note : result.notes()) {
            notes.add(note.text());
        }
        map.put("notes", notes);
        return map;
    }
}
