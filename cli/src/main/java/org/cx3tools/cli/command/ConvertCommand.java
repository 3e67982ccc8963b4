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
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.burn.SlotState;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageReader;
import org.cx3tools.inspect.Inspection;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/** {@code cx3 convert}. */
final class ConvertCommand implements Command {
    private static final Opt TO = Opt.value("to", "FORM", "image: contiguous, as a release; flash: a dump of a whole flash",
        "image");
    private static final Opt FLASH_SIZE = Opt.value("flash-size", "BYTES", "of --to flash: size of the flash", "2M");
    private static final Opt SLOT = Opt.value("slot", "N", "of --to flash: 0 or 1", "0");
    private static final Opt FROM = Opt.value("from", "ADDRESS", "of a dump: where the image begins",
        "the intact one with the lowest address");
    private static final Opt CHUNK = Opt.value("chunk", "BYTES",
        "make it failsafe, interleaved in chunks of this size, 64K to 8M", "as it is");
    private static final Opt PLAIN = Opt.flag("not-failsafe", "make it not failsafe: contiguous on flash from address 0",
        "as it is");
    private static final int LARGEST_FLASH = 64 << 20;

    @Override
    public Spec spec() {
        List<Opt> options = new ArrayList<>(EditTarget.OPTIONS);
        options.addAll(List.of(TO, FLASH_SIZE, SLOT, FROM, CHUNK, PLAIN));
        return new Spec("convert", "-i FILE -o FILE [OPTIONS] | -d DEVICE --chunk BYTES | --not-failsafe", List.of(
            "Lays an image out in another way: takes it out of a dump, makes a dump of it, cuts off what lies behind it,",
            "makes it failsafe (two slots, interleaved in chunks) or not. With -d the card changes its layout: a copy of",
            "the new image boots at every moment where there is room for one, see cx3 burn."),
            options, 0, 0,
            List.of("cx3 convert -i new_firmware.bin --to flash --slot 1 -o dump.bin",
                "cx3 convert -i new_firmware.bin --chunk 256K -o failsafe.bin"));
    }

    @Override
    public int run(Request request) throws Exception {
        if (request.has(CHUNK) && request.has(PLAIN)) {
            throw CliException.usage("--chunk excludes --not-failsafe", "give one of them");
        }
        return Targets.isDevice(request) ? onCard(request) : file(request);
    }

    private static int onCard(Request request) throws Exception {
        for (Opt option : List.of(TO, FLASH_SIZE, SLOT, FROM)) {
            if (request.has(option)) {
                throw CliException.usage("--" + option.name() + " goes with a file", "cx3 read saves the flash of a card");
            }
        }
        if (!request.has(CHUNK) && !request.has(PLAIN)) {
            throw CliException.usage("nothing to convert", "give --chunk BYTES or --not-failsafe");
        }
        try (EditTarget target = EditTarget.open(request, FieldDictionary.empty())) {
            return target.finish(laidOut(request, target.image()), "the image of the card in another layout", List.of());
        }
    }

    private static int file(Request request) throws Exception {
        String name = request.required(EditTarget.OUTPUT);
        boolean toFlash = toFlash(request);
        request.refuse("a card", List.of(Opt.YES, Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND,
            ChangeTarget.BESIDE));
        Path output = request.streams().resolve(name);
        OutputFile.check(output, request.has(Opt.FORCE), request.streams().resolve(request.value(Opt.IMAGE, "")));
        Fs2Image image = laidOut(request, image(request));
        Optional<Finding> wrong = Verifier.firstError(Verifier.findings(image));
        if (wrong.isPresent()) {
            throw CliException.failed("the image is damaged: " + wrong.get(), "cx3 inspect shows what can be read of it");
        }
        Bytes content = toFlash ? dump(request, image) : image.bytes();
        if (!request.has(Burning.PLAN)) {
            OutputFile.write(output, content.toArray(), request.has(Opt.FORCE));
        }
        String form = toFlash ? "flash" : "image";
        if (request.json()) {
            Json.print(request.out(), Map.of("written", request.has(Burning.PLAN) ? "" : name, "form", form,
                "bytes", content.length(), "failsafe", image.header().failsafe()));
        } else {
            ChunkMap map = image.header().chunkMap();
            request.out().line(name + ": " + form + " of " + content.length() + " bytes, " + (map.failsafe()
                ? "failsafe, chunk 0x" + Long.toHexString(map.chunkSize()) : "not failsafe")
                + (request.has(Burning.PLAN) ? ", not written" : " written"));
        }
        return ExitCode.DONE;
    }

    private static Bytes dump(Request request, Fs2Image image) throws CliException {
        long size = flashSize(request);
        int slot = (int) slot(request, image);
        try {
            return ImageReader.toFlash(image, (int) size, slot);
        } catch (FormatException e) {
            throw CliException.failed("the image of " + image.size() + " bytes does not fit into slot " + slot
                + " of a flash of " + size + " bytes", "take a larger --flash-size");
        }
    }

    private static Fs2Image image(Request request) throws Exception {
        String name = request.value(Opt.IMAGE, "");
        Bytes all = Images.bytes(request, name);
        Bytes content = all.slice(0, all.length() & ~3);
        Inspection inspection = Subject.file(name, content, FieldDictionary.empty());
        if (inspection.kind() == Inspection.Kind.IMAGE) {
            if (request.has(FROM)) {
                throw CliException.usage("--from goes with a dump, and " + name + " is an image", "leave it out");
            }
            return Images.parsed(name, content).trimmed();
        }
        FlashContent flash = FlashContent.of(FlashInfo.ofDump("file", content.length()), content);
        long start = request.has(FROM) ? request.number(FROM, 0)
            : flash.current().map(SlotState::start).orElse(-1L);
        Optional<Fs2Image> found = flash.image(start);
        return found.orElseThrow(() -> CliException.failed(request.has(FROM) ? "no image that can be read begins at 0x"
            + Long.toHexString(start) : "the dump holds no image that can be read", "cx3 inspect -i " + name
            + " shows what it holds"));
    }

    private static Fs2Image laidOut(Request request, Fs2Image image) throws Exception {
        if (request.has(PLAIN)) {
            return ImageChanges.withLayout(image, ChunkMap.contiguous());
        }
        if (!request.has(CHUNK)) {
            return image;
        }
        long chunk = request.number(CHUNK, 0);
        int log2 = Long.numberOfTrailingZeros(chunk);
        if (Long.bitCount(chunk) != 1 || log2 < 16 || log2 > 23) {
            throw CliException.usage("--chunk " + request.value(CHUNK, "") + " is none", "a power of two from 64K to 8M");
        }
        return ImageChanges.withLayout(image, new ChunkMap(true, log2));
    }

    private static boolean toFlash(Request request) throws CliException {
        String form = request.value(TO, "image");
        if (!form.equals("image") && !form.equals("flash")) {
            throw CliException.usage("--to " + form + " is not known", "it is image or flash");
        }
        if (form.equals("image") && (request.has(FLASH_SIZE) || request.has(SLOT))) {
            throw CliException.usage("--flash-size and --slot go with --to flash", "add it, or leave them out");
        }
        return form.equals("flash");
    }

    private static long flashSize(Request request) throws CliException {
        long size = request.number(FLASH_SIZE, 2 << 20);
        if (Long.bitCount(size) != 1 || size < FlashInfo.SECTOR || size > LARGEST_FLASH) {
            throw CliException.usage("--flash-size " + request.value(FLASH_SIZE, "") + " is none",
                "a power of two from 64K to 64M");
        }
        return size;
    }

    private static long slot(Request request, Fs2Image image) throws CliException {
        long slot = request.number(SLOT, 0);
        if (slot > 1 || slot == 1 && !image.header().failsafe()) {
            throw CliException.usage("slot " + slot + " is none of this image", image.header().failsafe()
                ? "it is 0 or 1" : "an image that is not failsafe lies at address 0");
        }
        return slot;
    }
}
