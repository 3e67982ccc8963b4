// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cx3tools.archive.MfaArchive;
import org.cx3tools.archive.MfaBoard;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.learn.AmbiguousKey;
import org.cx3tools.learn.ContradictedKey;
import org.cx3tools.learn.Learned;
import org.cx3tools.learn.LearnedField;
import org.cx3tools.learn.Learner;
import org.cx3tools.learn.NamedImage;

/** {@code cx3 learn}. */
final class LearnCommand implements Command {
    private static final Opt OUTPUT = new Opt("o", "output", "FILE", "write the dictionary there", "only report");
    private static final Opt VERSION = Opt.value("fw-version", "VERSION",
        "take only images of this firmware version, as 2.42.5700", "all must be of one");

    @Override
    public Spec spec() {
        return new Spec("learn", "FILE... [-o learned.fields] [--fw-version VERSION]", List.of(
            "Finds out which register bits the keys of board files stand for, from images of one firmware version and chip",
            "that were built with different board files: image files, folders of them (.bin, .mfa), archives with many boards.",
            "Only what the images leave no other explanation for becomes a line; everything else is reported with the reason.",
            "Each line carries its evidence. Use the dictionary with --fields of cx3 assemble, set, inspect, diff and fields."),
            List.of(OUTPUT, VERSION, Opt.FORCE, Opt.JSON), 1, 4096,
            List.of("cx3 learn boards.mfa -o learned.fields", "cx3 set -i new_firmware.bin total_vfs=4 --fields learned.fields"));
    }

    @Override
    public int run(Request request) throws Exception {
        Path output = request.streams().resolve(request.value(OUTPUT, ""));
        List<NamedImage> images = new ArrayList<>();
        List<String> files = files(request);
        if (request.has(OUTPUT)) {
            OutputFile.check(output, request.has(Opt.FORCE), files.stream().map(request.streams()::resolve).toArray(Path[]::new));
        } else {
            request.refuse("-o", List.of(Opt.FORCE));
        }
        for (String file : files) {
            add(request, file, images);
        }
        if (request.has(VERSION)) {
            images.removeIf(image -> !version(image.image()).equals(request.value(VERSION, "")));
        }
        Learned learned = Learner.learn(images);
        if (request.has(OUTPUT)) {
            OutputFile.write(output, learned.text().getBytes(StandardCharsets.US_ASCII), request.has(Opt.FORCE));
        }
        if (request.json()) {
            Json.print(request.out(), map(learned, request.value(OUTPUT, "")));
        } else {
            print(request.out(), learned);
            request.out().line(request.has(OUTPUT) ? request.value(OUTPUT, "") + ": " + learned.fields().size()
                + " fields written" : "add -o FILE to write the dictionary");
        }
        return ExitCode.DONE;
    }

    private static String version(Fs2Image image) {
        return image.info().flatMap(ImageInfo::fwVersion).map(Object::toString).orElse("");
    }

    /** The files that are named, and those of the folders that are. */
    private static List<String> files(Request request) throws CliException, IOException {
        List<String> all = new ArrayList<>();
        for (String name : request.arguments()) {
            Path path = request.streams().resolve(name);
            if (!Files.isDirectory(path)) {
                all.add(name);
                continue;
            }
            List<String> inside;
            try (Stream<Path> files = Files.list(path)) {
                inside = files.filter(Files::isRegularFile).map(file -> name + "/" + file.getFileName())
                    .filter(file -> file.endsWith(".bin") || file.endsWith(".mfa")).sorted().toList();
            }
            if (inside.isEmpty()) {
                throw CliException.failed(name + " holds no .bin and no .mfa file", "name the images themselves");
            }
            all.addAll(inside);
        }
        return all;
    }

    private static void add(Request request, String name, List<NamedImage> images) throws CliException, IOException {
        Path file = request.streams().resolve(name);
        if (!ImageContent.isArchive(file)) {
            add(name, Images.good(request, name), images);
            return;
        }
        MfaArchive archive = ImageContent.archive(file, name);
        for (MfaBoard board : archive.boards()) {
            String shown = name + " " + board.psid();
            add(shown, Images.good(shown, archive.image(board)), images);
        }
    }

    private static void add(String name, Fs2Image image, List<NamedImage> images) throws CliException {
        if (images.size() == Learner.MAX_IMAGES) {
            throw CliException.failed("more than " + Learner.MAX_IMAGES + " images", "name fewer");
        }
        images.add(new NamedImage(name, image));
    }

    private static void print(Out out, Learned learned) {
        out.line("firmware " + learned.version() + ", " + learned.images().size() + " different images");
        for (LearnedField field : learned.fields()) {
            out.line(Printable.of(field.field() + "  " + field.key() + "  (" + field.evidence()
                + (field.defaultValue().isPresent() ? ", without the key " + field.defaultValue().getAsLong() : "") + ")"));
        }
        for (AmbiguousKey key : learned.ambiguous()) {
            out.line(Printable.of("ambiguous: " + key.key() + ": " + key.why()));
        }
        for (ContradictedKey key : learned.contradicted()) {
            out.line(Printable.of("contradicted: " + key.key() + " at " + key.place() + ": " + key.contradictions().get(0)
                + (key.contradictions().size() > 1 ? " and " + (key.contradictions().size() - 1) + " more" : "")));
        }
        out.line(learned.fields().size() + " fields, " + learned.ambiguous().size() + " ambiguous keys, "
            + learned.contradicted().size() + " contradicted, " + learned.neverVaried().size() + " never varied, "
            + learned.unplaced().size() + " that no bit follows, " + learned.textKeys().size() + " texts");
    }

    private static Map<String, Object> map(Learned learned, String output) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("firmware", learned.version().toString());
        map.put("images", learned.images());
        List<Object> fields = new ArrayList<>();
        for (LearnedField field : learned.fields()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("key", field.key().toString());
            row.put("name", field.field().name());
            row.put("address", field.field().address());
            row.put("bit", field.field().bit());
            row.put("width", field.field().width());
            row.put("images", field.evidence().images());
            row.put("values", field.evidence().values());
            row.put("default", field.defaultValue().isPresent() ? field.defaultValue().getAsLong() : null);
            fields.add(row);
        }
        map.put("fields", fields);
        map.put("ambiguous", learned.ambiguous().stream().map(key -> Map.of("key", key.key().toString(), "kind",
            key.kind().toString(), "why", key.why())).toList());
        map.put("contradicted", learned.contradicted().stream().map(key -> Map.of("key", key.key().toString(), "place",
            key.place().toString(), "images", key.contradictions().stream().map(Object::toString).toList())).toList());
        map.put("neverVaried", learned.neverVaried().stream().map(Object::toString).toList());
        map.put("unplaced", learned.unplaced().stream().map(Object::toString).toList());
        map.put("texts", learned.textKeys().stream().map(Object::toString).toList());
        map.put("written", output.isEmpty() ? null : output);
        return map;
    }
}
