// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.demo.Demo;
import org.cx3tools.cli.demo.DemoFailure;

/** {@code cx3 demo}. */
final class DemoCommand implements Command {
    private static final Opt KEEP = Opt.value("keep", "DIR", "work in this new or empty folder and keep its files",
        "a temporary folder that is removed");

    @Override
    public Spec spec() {
        return new Spec("demo", "[--keep DIR]", List.of(
            "Walks the operator's job on a fresh virtual HP 764285-B21: list, query, back up, dump the board file,",
            "switch SR-IOV off, assemble, verify, burn with a PSID change, reset, query, remove the boot ROM. Each",
            "command is printed with its real output and its outcome is checked. No card is touched, no root needed."),
            List.of(KEEP), 0, 0, List.of("cx3 demo", "cx3 demo --keep /tmp/cx3-demo"));
    }

    @Override
    public int run(Request request) throws Exception {
        boolean keep = request.has(KEEP);
        Path folder = keep ? folder(request.streams().resolve(request.value(KEEP, "")))
            : Files.createTempDirectory("cx3-demo-");
        try {
            new Demo(request.streams(), folder).run();
            if (keep) {
                request.out().line("The files are in " + folder + ".");
            }
            return ExitCode.DONE;
        } catch (DemoFailure e) {
            throw CliException.failed("the demo failed: " + e.getMessage(), keep ? "the files are in " + folder
                : "run it again with --keep DIR to look at the files");
        } finally {
            if (!keep) {
                remove(folder);
            }
        }
    }

    private static Path folder(Path folder) throws IOException, CliException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw CliException.failed(folder + " is not empty", "give a new folder");
            }
        }
        return folder;
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
