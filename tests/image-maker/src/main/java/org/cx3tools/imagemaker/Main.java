// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Command line of the image maker. */
public final class Main {
    private static final Set<String> OPTIONS = Set.of("seed", "size", "out", "flash",
            "slot", "trailing", "damage", "rom-out", "ini-out");
    private static final String USAGE = """
            usage: image-maker --out FILE [--seed N] [--size small|release]
                               [--flash BYTES --slot 0|1|both] [--trailing BYTES]
                               [--damage KIND] [--rom-out FILE] [--ini-out FILE]
            Makes a random FS2 image that is not for any card. The seed is printed.
              --flash     write a raw flash dump, failsafe images interleaved in chunks
              --trailing  append so many random bytes
              --damage    break one field: %s
            example: image-maker --out image.bin --seed 42 --flash 0x200000 --slot 1
            """;

    private Main() {
    }

    /**
     * Makes one image file.
     *
     * @param args see the usage text
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        try {
            Map<String, String> options = parse(args);
            make(options, out);
            return 0;
        } catch (IllegalArgumentException problem) {
            out.println("image-maker: " + problem.getMessage());
            out.printf(Locale.ROOT, USAGE, Arrays.stream(Damage.values()).map(Damage::label)
                    .toList());
            return 2;
        } catch (IOException problem) {
            out.println("image-maker: cannot write: " + problem);
            return 1;
        }
    }

    private static Map<String, String> parse(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].replaceFirst("^--?", "");
            if (!OPTIONS.contains(name)) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options.put(name, args[i + 1]);
        }
        if (!options.containsKey("out")) {
            throw new IllegalArgumentException("--out is missing");
        }
        return options;
    }

    private static void make(Map<String, String> options, PrintStream out) throws IOException {
        long seed = options.containsKey("seed") ? Long.decode(options.get("seed"))
                : new Random().nextInt(Integer.MAX_VALUE);
        RandomImage.Size size = RandomImage.Size.valueOf(
                options.getOrDefault("size", "small").toUpperCase(Locale.ROOT));
        RandomImage image = RandomImage.of(seed, size);
        byte[] bytes = image.layout().bytes();
        if (options.containsKey("damage")) {
            bytes = damage(options.get("damage")).of(image.layout());
        }
        if (options.containsKey("flash")) {
            bytes = flash(bytes, image.layout().plan().log2Chunk(),
                    Integer.decode(options.get("flash")), options.getOrDefault("slot", "0"));
        }
        if (options.containsKey("trailing")) {
            byte[] trailing = new byte[Integer.decode(options.get("trailing"))];
            new Random(seed).nextBytes(trailing);
            bytes = new Words().bytes(bytes).bytes(trailing).toArray();
        }
        Files.write(Path.of(options.get("out")), bytes);
        if (options.containsKey("rom-out") && image.rom().isPresent()) {
            Files.write(Path.of(options.get("rom-out")), image.rom().get());
        }
        if (options.containsKey("ini-out") && image.boardText().isPresent()) {
            Files.write(Path.of(options.get("ini-out")),
                    image.boardText().get().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        out.println(options.get("out") + ": " + bytes.length + " bytes, " + image.describe());
    }

    private static Damage damage(String label) {
        return Arrays.stream(Damage.values()).filter(kind -> kind.label().equals(label))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "unknown damage " + label));
    }

    private static byte[] flash(byte[] image, OptionalInt log2Chunk, int size, String slot) {
        byte[] flash = FlashDump.blank(size);
        List<Integer> slots = switch (slot) {
            case "0" -> List.of(0);
            case "1" -> List.of(1);
            case "both" -> List.of(0, 1);
            default -> throw new IllegalArgumentException("--slot is 0, 1 or both");
        };
        slots.forEach(index -> FlashDump.put(flash, image, log2Chunk, index));
        return flash;
    }
}
