// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.InspectJson;
import org.cx3tools.cli.output.InspectText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.cli.output.PlanText;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.RomPartEditor;
import org.cx3tools.image.RomParts;

/** {@code cx3 rom}. */
final class RomCommand implements Command {
    private static final Opt PART = Opt.value("part", "KIND",
        "one part alone, by its kind as list shows it: PXE, UEFI, CLP, ...; of insert: ALL keeps the other parts",
        "the whole ROM");
    static final Opt ALLOW = Opt.flag("allow-rom-change",
        "change it although the image has a product version common to firmware and ROM", "refuse");
    private static final int LARGEST_ROM = 4 << 20;

    @Override
    public Spec spec() {
        List<Opt> options = new ArrayList<>(EditTarget.OPTIONS);
        options.addAll(List.of(PART, ALLOW));
        return new Spec("rom", "list | extract OUTPUT | insert ROM | remove  -i FILE [-o FILE] | -d DEVICE", List.of(
            "The boot ROM of an image, in a file or on a card. list shows its parts (PXE, UEFI, CLP) with their versions;",
            "extract writes the ROM, or one part, to a file; insert puts a ROM file in, in place of what is there, or with",
            "--part its parts beside the others; remove takes the ROM out, or one part. -i also takes a ROM file for list."),
            options, 1, 2,
            List.of("cx3 rom list -i original_firmware.bin", "cx3 rom extract boot.rom -i original_firmware.bin",
                "cx3 rom remove -i new_firmware.bin --part UEFI --plan", "cx3 rom remove -d 23:00.0 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        String action = request.argument(0, "");
        boolean file = action.equals("extract") || action.equals("insert");
        if (file != (request.arguments().size() == 2)) {
            throw CliException.usage(file ? "cx3 rom " + action + " needs a file name" : "unexpected argument \""
                + request.argument(1, action) + "\"", "usage: cx3 rom " + spec().usage());
        }
        if (action.equals("list") || action.equals("extract")) {
            request.refuse("insert and remove", List.of(EditTarget.OUTPUT, Burning.PLAN, Burning.REHEARSE,
                Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES, ALLOW));
        }
        if (action.equals("list")) {
            request.refuse("extract, insert and remove", List.of(PART, Opt.FORCE));
        }
        return switch (action) {
            case "list" -> list(request);
            case "extract" -> extract(request);
            case "insert" -> insert(request);
            case "remove" -> remove(request);
            default -> throw CliException.usage("cx3 rom does not know \"" + action + "\"",
                "it is list, extract, insert or remove");
        };
    }

    private static int list(Request request) throws Exception {
        boolean romFile = !Targets.isDevice(request) && Images.isRom(request, request.value(Opt.IMAGE, ""));
        if (romFile) {
            request.refuse("an archive", List.of(Opt.PSID));
        }
        List<RomPart> parts = romFile
            ? RomParts.of(Bytes.ofFile(request.streams().resolve(request.value(Opt.IMAGE, "")), LARGEST_ROM))
            : Subject.image(request, FieldDictionary.empty()).rom();
        if (request.json()) {
            Json.print(request.out(), Map.of("rom", parts.stream().map(InspectJson::rom).toList()));
        } else if (parts.isEmpty()) {
            request.out().line("no boot ROM");
        } else {
            parts.forEach(part -> InspectText.rom(request.out(), part));
        }
        return ExitCode.DONE;
    }

    private static int extract(Request request) throws Exception {
        String name = request.argument(1, "");
        Path output = request.streams().resolve(name);
        OutputFile.check(output, request.has(Opt.FORCE), request.has(Opt.IMAGE)
            ? new Path[] {request.streams().resolve(request.value(Opt.IMAGE, ""))} : new Path[0]);
        List<RomPart> parts = Subject.image(request, FieldDictionary.empty()).rom();
        if (parts.isEmpty()) {
            throw CliException.failed("the image has no boot ROM", "");
        }
        Bytes rom = RomParts.whole(parts);
        if (request.has(PART)) {
            String kind = request.value(PART, "");
            List<RomPart> found = RomPartEditor.find(rom, kind);
            if (found.isEmpty()) {
                throw noSuchPart(kind, parts);
            }
            rom = RomParts.join(found);
        }
        OutputFile.write(output, rom.toArray(), request.has(Opt.FORCE));
        if (request.json()) {
            Json.print(request.out(), Map.of("written", name, "bytes", rom.length()));
        } else {
            request.out().line(name + ": " + rom.length() + " bytes written");
        }
        return ExitCode.DONE;
    }

    private static int insert(Request request) throws Exception {
        Bytes rom = Bytes.ofFile(request.streams().resolve(request.argument(1, "")), LARGEST_ROM);
        try (EditTarget target = EditTarget.open(request, FieldDictionary.empty())) {
            Fs2Image image = target.image();
            Bytes added = request.has(PART) ? chosen(rom, request.value(PART, "")) : rom;
            Bytes wanted = request.has(PART) && image.romPayload().isPresent()
                ? RomPartEditor.with(image.romPayload().get(), added) : added;
            Fs2Image changed = ImageChanges.withRom(image, wanted, request.has(ALLOW));
            Optional<BurnQuestion.RomForOtherDevice> question = ImageChanges.romQuestion(image, wanted);
            if (question.isPresent() && request.has(Burning.PLAN)) {
                request.note(PlanText.question(question.get()));
            } else if (question.isPresent() && !new Consent(request.streams(), request.has(Opt.YES))
                    .ask(PlanText.question(question.get()))) {
                request.err().line("cx3: declined; nothing was changed");
                return ExitCode.FAILED;
            }
            return target.finish(changed, "the image of the card with another ROM", List.of());
        }
    }

    private static Bytes chosen(Bytes rom, String kind) throws CliException {
        if (kind.equalsIgnoreCase("ALL")) {
            return rom;
        }
        List<RomPart> found = RomPartEditor.find(rom, kind);
        if (found.isEmpty()) {
            throw noSuchPart(kind, RomParts.of(rom));
        }
        return RomParts.join(found);
    }

    static int remove(Request request) throws Exception {
        try (EditTarget target = EditTarget.open(request, FieldDictionary.empty())) {
            return target.finish(without(request, target.image()), "the image of the card without ROM", List.of());
        }
    }

    private static Fs2Image without(Request request, Fs2Image image) throws Exception {
        if (request.has(PART) && image.romPayload().isPresent()) {
            Bytes rom = image.romPayload().get();
            String kind = request.value(PART, "");
            if (RomPartEditor.find(rom, kind).isEmpty()) {
                throw noSuchPart(kind, RomParts.of(rom));
            }
            Optional<Bytes> rest = RomPartEditor.without(rom, kind);
            if (rest.isPresent()) {
                return ImageChanges.withRom(image, rest.get(), request.has(ALLOW));
            }
        }
        return ImageChanges.withoutRom(image, request.has(ALLOW));
    }

    private static CliException noSuchPart(String kind, List<RomPart> parts) {
        return CliException.failed("the ROM has no part " + kind,
            "it has: " + String.join(", ", parts.stream().map(RomPart::kind).toList()));
    }
}
