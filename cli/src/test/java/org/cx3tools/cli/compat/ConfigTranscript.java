// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.fixtures.FakeFirmware;
import org.cx3tools.nvconfig.Configuration;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.TlvType;

/**
 * What mstconfig says on a card, command by command: every parameter asked for, set to each of its texts or to its ends,
 * set to what it cannot be, reset. Golden copies are in tests/vectors. A block of one is
 *
 * <pre>
 *   $ mstconfig -d 04:00.0 -y set SRIOV_EN=False
 *   |each line that is printed; the last one, mostly empty, is what follows the last line end
 *   exit 0
 *   stored 0x11/0 00000008
 * </pre>
 *
 * <p>with one line for each record that is stored then, and an empty line behind.
 */
final class ConfigTranscript {
    private static final Path VECTORS = Path.of("../tests/vectors");
    private static final String DEVICE = "-d 04:00.0 ";

    /** One of the two tools. */
    interface Tool {
        /** Runs it; exit code, line end and all it prints. */
        String run(List<String> words) throws Exception;

        /** What is stored then. */
        Map<String, Bytes> stored() throws Exception;
    }

    private ConfigTranscript() {
    }

    static Path golden(String profile) {
        return VECTORS.resolve("mstconfig-" + profile + ".txt");
    }

    /** The blocks of a golden copy, by their commands. */
    static Map<String, String> read(Path file) throws Exception {
        Map<String, String> blocks = new LinkedHashMap<>();
        for (String block : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n\n(?=\\$ )")) {
            blocks.put(number(blocks, block.lines().findFirst().orElseThrow()), block.strip());
        }
        return blocks;
    }

    /** What a tool makes of all commands for a card. */
    static Map<String, String> of(FakeFirmware card, Tool tool) throws Exception {
        Map<String, String> blocks = new LinkedHashMap<>();
        for (String line : commands(card)) {
            String[] output = tool.run(List.of(line.split(" "))).split("\n", 2);
            StringBuilder block = new StringBuilder("$ mstconfig " + line);
            for (String printed : output[1].split("\n", -1)) {
                block.append("\n|").append(printed);
            }
            block.append("\nexit ").append(output[0]);
            tool.stored().forEach((tlv, data) -> block.append("\nstored ").append(tlv).append(' ').append(data.hex()));
            blocks.put(number(blocks, "$ mstconfig " + line), block.toString());
        }
        return blocks;
    }

    /** The same command comes more than once. */
    private static String number(Map<String, String> blocks, String command) {
        return blocks.size() + " " + command;
    }

    static void write(Map<String, String> blocks, Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n\n", blocks.values()) + "\n", StandardCharsets.ISO_8859_1);
    }

    private static List<String> commands(FakeFirmware card) throws Exception {
        Configuration configuration = Configuration.read(card);
        List<String> lines = new ArrayList<>(List.of(DEVICE + "q", DEVICE + "-e q"));
        for (Parameter parameter : Parameter.ALL) {
            if (!configuration.offers(parameter)) {
                lines.add(DEVICE + "q " + parameter);
                lines.add(DEVICE + "-y set " + parameter + "=1");
                continue;
            }
            lines.add(DEVICE + "-e q " + parameter);
            for (String value : good(configuration, parameter)) {
                lines.add(set(configuration, parameter, value, ""));
                if (parameter.tlv().type() == TlvType.SRIOV || parameter.tlv().type() == TlvType.BAR_SIZE) {
                    lines.add(set(configuration, parameter, value, "--force "));
                }
            }
            lines.add(DEVICE + "-e q " + parameter);
            for (String value : bad(configuration, parameter)) {
                lines.add(set(configuration, parameter, value, ""));
            }
            lines.add(DEVICE + "-y reset");
        }
        lines.add(DEVICE + "-e q");
        return lines;
    }

    /** Its texts, or its ends and something in between. */
    private static List<String> good(Configuration configuration, Parameter parameter) {
        List<String> texts = parameter.kind().form().texts();
        long most = configuration.greatest(parameter);
        return texts.isEmpty()
            ? List.of(Long.toString(parameter.kind().least()), Long.toString(most), "0x" + Long.toHexString(most / 2 + 1)) : texts;
    }

    private static List<String> bad(Configuration configuration, Parameter parameter) {
        List<String> bad = new ArrayList<>(List.of("nonsense", Long.toString(configuration.greatest(parameter) + 1)));
        if (parameter.kind().least() > 0) {
            bad.add(Long.toString(parameter.kind().least() - 1));
        }
        return bad;
    }

    /** The stock tool refuses all of a port beside a PHY type of 0, which is what some cards have; ours does not. */
    private static String set(Configuration configuration, Parameter parameter, String value, String option) throws Exception {
        String line = DEVICE + "-y " + option + "set " + parameter + "=" + value;
        Parameter phy = Parameter.named("PHY_TYPE_P" + parameter.port()).orElse(parameter);
        boolean companion = parameter.tlv().type() == TlvType.VPI && !phy.equals(parameter) && configuration.offers(phy);
        return companion ? line + " " + phy + "=XFI" : line;
    }
}
