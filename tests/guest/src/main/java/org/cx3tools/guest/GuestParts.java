// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cx3tools.harness.Places;

/**
 * What a machine is made of; {@code tests/guest/prepare} makes and keeps it.
 *
 * @param qemu folder to run QEMU in
 * @param vmlinux kernel
 * @param base first part of the initramfs: stock tools
 * @param ours second part: our distribution; empty when none was built
 */
public record GuestParts(Path qemu, Path vmlinux, Path base, Optional<Path> ours) {
    private static final int MINUTES = 20;

    /**
     * Makes what is missing.
     *
     * @throws IOException with what {@code prepare} said when it failed
     */
    public static GuestParts prepare() throws IOException, InterruptedException {
        Path script = Places.root().resolve("tests/guest/prepare");
        Process process = new ProcessBuilder(script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(script + " failed; what it said is on the error output");
        }
        Map<String, Path> parts = new HashMap<>();
        for (String line : output.lines().toList()) {
            int equals = line.indexOf('=');
            parts.put(line.substring(0, equals), Path.of(line.substring(equals + 1)));
        }
        return new GuestParts(parts.get("qemu"), parts.get("vmlinux"), parts.get("base"),
            Optional.ofNullable(parts.get("ours")));
    }
}
