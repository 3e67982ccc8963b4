// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.update.AvailableImages;
import org.cx3tools.update.PassedOver;

/** The files that a command line writes, {@code -o} and {@code -L}; checked before anything is read from a card or burnt. */
final class ManagerOutputs {
    private final Out out;
    private final Optional<Path> file;

    private ManagerOutputs(Out out, Optional<Path> file) {
        this.out = out;
        this.file = file;
    }

    /** Something to print. */
    interface Text {
        void to(Out out) throws CliException;
    }

    /**
     * Checks that both can be written and are none of the files that are read: images, virtual cards, dumps.
     *
     * @throws IOException when one cannot
     * @throws CliException when they are one file
     */
    static ManagerOutputs checked(ManagerOptions options, Streams streams, AvailableImages images, List<String> devices)
            throws IOException, CliException {
        List<Path> inputs = new ArrayList<>();
        images.all().forEach(image -> inputs.add(image.file()));
        images.passedOver().stream().map(PassedOver::file).forEach(inputs::add);
        for (String device : devices) {
            if (device.startsWith("sim:") || device.startsWith("file:")) {
                inputs.add(streams.resolve(device.substring(device.indexOf(':') + 1)));
            }
        }
        Optional<Path> file = path(options, "--outfile", streams);
        Optional<Path> log = path(options, "--log-file", streams);
        if (file.isPresent() && log.isPresent() && same(file.get(), log.get())) {
            throw CliException.usage("Flags --outfile and --log-file name one file: " + file.get(), "name two");
        }
        for (Optional<Path> output : List.of(file, log)) {
            if (output.isPresent()) {
                OutputFile.check(output.get(), true, inputs.toArray(Path[]::new));
            }
        }
        if (log.isPresent() && !Files.isWritable(Files.exists(log.get()) ? log.get() : log.get().toAbsolutePath().getParent())) {
            throw new AccessDeniedException(log.get().toString());
        }
        return new ManagerOutputs(streams.out(), file);
    }

    private static Optional<Path> path(ManagerOptions options, String flag, Streams streams) throws IOException {
        if (!options.has(flag)) {
            return Optional.empty();
        }
        if (options.value(flag).isEmpty()) {
            throw new IOException("the name of the file of " + flag + " is empty");
        }
        return Optional.of(streams.resolve(options.value(flag)));
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.exists(other) ? Files.isSameFile(one, other)
            : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    /** Prints to the standard output, or to the file of {@code -o}, which gets all or nothing. */
    void print(Text text) throws CliException, IOException {
        if (file.isEmpty()) {
            text.to(out);
            return;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Out target = new Out(content);
        text.to(target);
        target.flush();
        OutputFile.write(file.get(), content.toByteArray(), true);
    }
}
