// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.archive.MfaComponent;
import org.cx3tools.archive.MfaInput;
import org.cx3tools.archive.MfaProblem;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.ArchiveExtraction;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;

/** {@code cx3 archive}. */
final class ArchiveCommand implements Command {
    private static final Opt ALL = Opt.flag("all", "of extract: every board, as PSID.bin in a folder", "one board");
    private static final Opt PLAIN = Opt.flag("plain", "of create: do not compress", "compressed with xz");
    private static final Opt PART_NUMBER = Opt.value("part-number", "TEXT",
        "of create, with one image: part number (PN) of the board", "Name in the board file");
    private static final Opt DESCRIPTION = Opt.value("description", "TEXT",
        "of create, with one image: description of the board", "Description in the board file");

    @Override
    public Spec spec() {
        return new Spec("archive", "list FILE | extract FILE OUTPUT | verify FILE | create FILE IMAGE...", List.of(
            "Archives of images (.mfa), one image for each board: list shows boards and versions; extract writes the image",
            "of --psid to a file, or all (--all) to a folder; verify checks the archive and every image in it; create makes",
            "one of images. Every command that takes an image takes an archive and --psid as well."),
            List.of(Opt.PSID, ALL, PLAIN, PART_NUMBER, DESCRIPTION, Opt.FORCE, Opt.JSON), 2, 4096,
            List.of("cx3 archive create boards.mfa original_firmware.bin", "cx3 archive list boards.mfa",
                "cx3 archive verify boards.mfa", "cx3 archive extract boards.mfa --psid HP_1380110017 one.bin",
                "cx3 query -i boards.mfa --psid HP_1380110017"));
    }

    @Override
    public int run(Request request) throws Exception {
        String action = request.argument(0, "");
        int most = switch (action) {
            case "list", "verify" -> 2;
            case "extract" -> 3;
            case "create" -> spec().most();
            default -> throw CliException.usage("cx3 archive does not know \"" + action + "\"",
                "it is list, extract, verify or create");
        };
        if (request.arguments().size() > most) {
            throw CliException.usage("unexpected argument \"" + request.argument(most, "") + "\"",
                "usage: cx3 archive " + spec().usage());
        }
        if (!action.equals("extract")) {
            request.refuse("cx3 archive extract", List.of(Opt.PSID, ALL));
        }
        if (!action.equals("create")) {
            request.refuse("cx3 archive create", List.of(PLAIN, PART_NUMBER, DESCRIPTION));
        }
        if (action.equals("list") || action.equals("verify")) {
            request.refuse("an output", List.of(Opt.FORCE));
        }
        return switch (action) {
            case "list" -> list(request, archive(request));
            case "verify" -> verify(request, archive(request));
            case "extract" -> extract(request, archive(request));
            default -> create(request);
        };
    }

    private static MfaArchive archive(Request request) throws Exception {
        String name = request.argument(1, "");
        return ImageContent.archive(request.streams().resolve(name), name);
    }

    private static int list(Request request, MfaArchive archive) {
        if (request.json()) {
            Json.print(request.out(), Map.of("boards", archive.boards().stream().map(ArchiveCommand::map).toList()));
            return ExitCode.DONE;
        }
        Out out = request.out();
        for (MfaBoard board : archive.boards()) {
            out.padded(board.psid(), 17).print(" ").padded(board.partNumber(), 17).print(" ");
            out.line(String.join(", ", versions(board)));
            out.line("    " + board.description());
        }
        out.line(archive.boards().size() + (archive.boards().size() == 1 ? " board" : " boards"));
        return ExitCode.DONE;
    }

    private static List<String> versions(MfaBoard board) {
        List<String> versions = new ArrayList<>();
        for (MfaComponent component : board.components()) {
            versions.add(component.kindName() + " " + component.versionText()
                + (component.tag().isEmpty() ? "" : " (" + component.tag() + ")"));
        }
        return versions;
    }

    private static Map<String, Object> map(MfaBoard board) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("psid", board.psid());
        map.put("partNumber", board.partNumber());
        map.put("description", board.description());
        map.put("metadata", board.other());
        List<Object> components = new ArrayList<>();
        for (MfaComponent component : board.components()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kind", component.kindName());
            row.put("version", component.versionText());
            row.put("tag", component.tag());
            row.put("bytes", component.size());
            components.add(row);
        }
        map.put("components", components);
        return map;
    }

    private static int verify(Request request, MfaArchive archive) {
        List<MfaProblem> problems = archive.check();
        if (request.json()) {
            Json.print(request.out(), Map.of("good", problems.isEmpty(), "problems",
                problems.stream().map(MfaProblem::toString).toList()));
        } else {
            problems.forEach(problem -> request.out().line("error: " + problem));
            request.out().line(request.argument(1, "") + ": " + archive.boards().size() + " boards, "
                + (problems.isEmpty() ? "all good" : "NOT all good"));
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static int extract(Request request, MfaArchive archive) throws Exception {
        if (request.arguments().size() < 3) {
            throw CliException.usage("cx3 archive extract needs an output", "usage: cx3 archive extract FILE OUTPUT");
        }
        if (request.has(ALL) && request.has(Opt.PSID)) {
            throw CliException.usage("--all excludes --psid", "give one of them");
        }
        String output = request.argument(2, "");
        Map<String, Bytes> files = new LinkedHashMap<>();
        if (request.has(ALL)) {
            Files.createDirectories(request.streams().resolve(output));
            files.putAll(ArchiveExtraction.all(archive, output));
        } else {
            files.put(output, ImageContent.chosenOf(archive, request.argument(1, ""), request.psid()));
        }
        ArchiveExtraction.write(files, request.argument(1, ""), request.has(Opt.FORCE), request.streams());
        if (!request.json()) {
            files.forEach((file, content) -> request.out().line(file + ": " + content.length() + " bytes written"));
        }
        if (request.json()) {
            Json.print(request.out(), Map.of("written", List.copyOf(files.keySet())));
        }
        return ExitCode.DONE;
    }

    private static int create(Request request) throws Exception {
        List<String> names = request.arguments().subList(2, request.arguments().size());
        if (names.isEmpty()) {
            throw CliException.usage("an archive of nothing", "name the images to put in");
        }
        if (names.size() > 1 && (request.has(PART_NUMBER) || request.has(DESCRIPTION))) {
            throw CliException.usage("--part-number and --description go with one image", "of several they are taken"
                + " from their board files");
        }
        Path output = request.streams().resolve(request.argument(1, ""));
        OutputFile.check(output, request.has(Opt.FORCE), names.stream().map(request.streams()::resolve).toArray(Path[]::new));
        List<MfaInput> boards = new ArrayList<>();
        for (String name : names) {
            boards.add(new MfaInput(Images.good(request, name).trimmed(), text(request, PART_NUMBER), text(request, DESCRIPTION),
                Map.of()));
        }
        Bytes archive = MfaArchive.create(boards, !request.has(PLAIN));
        OutputFile.write(output, archive.toArray(), request.has(Opt.FORCE));
        if (request.json()) {
            Json.print(request.out(), Map.of("written", request.argument(1, ""), "bytes", archive.length(), "boards",
                boards.size()));
        } else {
            request.out().line(request.argument(1, "") + ": " + boards.size() + (boards.size() == 1 ? " board, "
                : " boards, ") + archive.length() + " bytes written");
        }
        return ExitCode.DONE;
    }

    private static Optional<String> text(Request request, Opt option) {
        return request.has(option) ? Optional.of(request.value(option, "")) : Optional.empty();
    }
}
