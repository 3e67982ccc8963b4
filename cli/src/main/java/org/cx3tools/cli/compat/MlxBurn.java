// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.AssembleNote;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.AssembleResult;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.assemble.SourceException;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;

/** The vendor's {@code mlxburn}, as far as building an image of a release source goes (source-form 1, observed). */
public final class MlxBurn {
    private static final List<String> KNOWN = List.of("-fw", "-psid", "-conf", "-wrimage", "-h", "-help", "-v", "-version");
    private static final List<String> NOT_OFFERED = List.of("-d", "-dev", "-img", "-image", "-burn", "-query",
        "-format", "-nofs", "-nofs_img", "-wrimage_only", "-exp_rom", "-exp_rom_dir", "-byte_mode", "-vsd", "-vsd1",
        "-vsd2", "-auto_update", "-force", "-dev_type", "-conf_dir", "-conf_dir_list", "-fwver", "-fw_dir",
        "-base_guid", "-base_mac", "-guid", "-guids", "-mac", "-macs", "-bsn", "-uid", "-flash_no", "-striped_image",
        "-prof", "-ocr", "-log", "-V", "-vpd", "-vpd_rw", "-vpd_r_file", "-no");
    private static final String[] USAGE = {
        "Usage: cx3 mlxburn -fw SOURCE [-conf BOARD.ini] -wrimage IMAGE.bin",
        "",
        "  -fw FILE        release source, or the card's own image (then -conf is needed)",
        "  -psid PSID      the board of an archive (.mfa) that is given as -fw",
        "  -conf FILE      board file; without it the one of the source",
        "  -wrimage FILE   the image to write; an older one is replaced when the new one is complete",
        "",
        "EXAMPLE",
        "  cx3 mlxburn -fw fw-ConnectX3Pro-rel.mlx -conf new_config.ini -wrimage new_firmware.bin",
        "",
        "Exit codes: 0 done, 1 failed. cx3 assemble tells more about what it changes; cx3 flint burns.",
    };

    private MlxBurn() {
    }

    /**
     * Runs one command line.
     *
     * @param args the words after {@code mlxburn}
     * @param streams where to print
     * @return 0 or 1 as the vendor's tool
     */
    public static int run(String[] args, Streams streams) {
        Out out = streams.out();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String word = args[i].startsWith("--") ? args[i].substring(1) : args[i];
            if (word.equals("-h") || word.equals("-help")) {
                usage(out);
                return ExitCode.DONE;
            }
            if (word.equals("-v") || word.equals("-version")) {
                out.line("cx3 mlxburn, cx3tools " + Version.text());
                return ExitCode.DONE;
            }
            if (NOT_OFFERED.contains(word)) {
                return error(out, "Flag " + word + " of the vendor's tool is not offered by cx3 mlxburn; "
                    + "cx3 flint and cx3 burn work on cards");
            }
            if (!KNOWN.contains(word)) {
                return error(out, "Unknown flag " + args[i] + "; " + Nearest.hint(word, KNOWN, "see -help"));
            }
            if (i + 1 == args.length) {
                return error(out, "Flag " + word + " requires a value");
            }
            values.put(word, args[++i]);
        }
        if (!values.containsKey("-fw") || !values.containsKey("-wrimage")) {
            return error(out, "Both -fw and -wrimage must be given; cx3 mlxburn -help shows an example");
        }
        return build(streams, values);
    }

    private static int build(Streams streams, Map<String, String> values) {
        Out out = streams.out();
        Path output = streams.resolve(values.get("-wrimage"));
        try {
            OutputFile.check(output, true);
            Optional<BoardFile> board = Optional.empty();
            if (values.containsKey("-conf")) {
                board = Optional.of(BoardFile.parse(Bytes.ofFile(streams.resolve(values.get("-conf")),
                    BoardFile.MAX_BYTES).toArray()));
            }
            AssembleResult result = assemble(streams, values, board);
            for (AssembleNote note : result.notes()) {
                out.line("-W- " + note.text());
            }
            out.line("-I- Generating image ...");
            OutputFile.write(output, result.image().bytes().toArray(), true);
            out.line("-I- Image generation completed successfully.");
            return ExitCode.DONE;
        } catch (FormatException e) {
            return error(out, values.get("-fw") + " is damaged or cut short: " + e.getMessage());
        } catch (AssembleException | SourceException | BoardFileException e) {
            return error(out, e.getMessage());
        } catch (CliException e) {
            return error(out, e.line().replace("--psid", "-psid"));
        } catch (IOException e) {
            return error(out, Problems.message(e));
        }
    }

    /** The vendor's tool wants a release source; ours takes the card's own image as well. */
    private static AssembleResult assemble(Streams streams, Map<String, String> values, Optional<BoardFile> board)
            throws IOException, SourceException, AssembleException, FormatException, BoardFileException, CliException {
        Path source = streams.resolve(values.get("-fw"));
        Optional<String> psid = Optional.ofNullable(values.get("-psid"));
        Assembler assembler = new Assembler(AssembleOptions.defaults());
        if (!ImageContent.isArchive(source) && ReleaseSource.isText(source)) {
            if (psid.isPresent()) {
                throw CliException.usage("-psid chooses a board of an archive, and " + values.get("-fw") + " is a text", "");
            }
            return assembler.assemble(ReleaseSource.read(source), board);
        }
        Fs2Image image = Fs2Image.parse(ImageContent.of(source, values.get("-fw"), psid));
        if (board.isEmpty()) {
            throw new IOException("an image as -fw needs a board file: give it with -conf");
        }
        return assembler.assemble(image, board.get());
    }

    private static void usage(Out out) {
        for (String line : USAGE) {
            out.line(line);
        }
    }

    private static int error(Out out, String text) {
        // A line of a file that is no text must not reach the terminal as it is.
        out.line("-E- " + text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?"));
        return ExitCode.FAILED;
    }
}
