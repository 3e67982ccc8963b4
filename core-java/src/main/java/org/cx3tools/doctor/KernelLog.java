// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel said since it was started, one message an entry, without prio and time. Lines that a program wrote into the log are
 * left out where the format tells them: anybody can write such a line.
 *
 * @param source where it came from, for people
 * @param lines the messages, oldest first
 */
public record KernelLog(String source, List<String> lines) {
    private static final Path KMSG = Path.of("/dev/kmsg");
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_LINE = 2000;
    private static final int MAX_LINES = 400_000;
    private static final int RECORD_BYTES = 16 << 10;
    private static final long IDLE_MILLIS = 300;
    private static final long DEADLINE_MILLIS = 10_000;
    private static final int FACILITY_SHIFT = 3;
    private static final String FIRST_LINE = "Linux version ";

    /** The record of /dev/kmsg: prio,sequence,time,flags;text. */
    private static final Pattern RAW = Pattern.compile("(\\d{1,6}),\\d{1,20},\\d{1,20},[^;]{0,64};(.*)");
    /** dmesg --raw: prio in angle brackets. */
    private static final Pattern PRIO = Pattern.compile("<(\\d{1,6})>(?:\\[ *\\d+\\.\\d+\\] ?)?(.*)");
    /** dmesg, plain or with -x (facility : level : in front), -T (a date), -H (differences); journalctl puts host and kernel behind. */
    private static final Pattern DMESG = Pattern.compile(
        "(?:(\\w+) *:\\w+ *: ?)?\\[(?: *\\+?\\d+\\.\\d+|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d [\\d:]{8} \\d{4}|[A-Z][a-z]{2} ?\\d{1,2} [\\d:]{5})\\]"
        + "(?:\\[ *[TC]\\d{1,9}\\])? ?(?:\\S{1,255} kernel: )?(.*)");
    /** dmesg --time-format iso. */
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8},\\d{1,9}[+-]\\d\\d:\\d\\d (.*)");
    /** journalctl and syslog files: date, host, who said it. */
    private static final Pattern JOURNAL = Pattern.compile(
        "(?:[A-Z][a-z]{2} [ \\d]\\d [\\d:]{8}(?:\\.\\d{1,9})?|\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,+Z-]{8,24}) \\S{1,255} (\\S{1,64}): ?(?:\\[ *\\d+\\.\\d+\\] ?)?(.*)");

    /** Copies the list. */
    public KernelLog {
        lines = List.copyOf(lines);
    }

    /** {@return the same under the name that the operator knows} */
    public KernelLog named(String name) {
        return new KernelLog(name, lines);
    }

    /** {@return nothing known} */
    public static KernelLog none() {
        return new KernelLog("", List.of());
    }

    /**
     * The log of this machine: /dev/kmsg, or the journal where that is shut.
     *
     * @return empty when neither can be read
     */
    public static Optional<KernelLog> ofThisMachine() {
        if (Files.isReadable(KMSG)) {
            try {
                return Optional.of(parse(KMSG.toString(), kmsg()));
            } catch (IOException e) {
                // The journal may still tell.
            }
        }
        return journal();
    }

    /**
     * Reads a file: the output of dmesg (also -T, -x, -r), of journalctl -k, a copy of /dev/kmsg, a syslog file. Of a large one only the
     * end counts.
     *
     * @throws IOException when it cannot be read, or is no regular file
     */
    public static KernelLog of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + (Files.exists(file) ? " is no regular file" : ": no such file"));
        }
        byte[] bytes;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - MAX_BYTES);
            bytes = new byte[(int) Math.min(MAX_BYTES, in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
        }
        return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    }

    static KernelLog parse(String source, String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, Math.min(end, start + MAX_LINE));
            start = end + 1;
            String message = message(line);
            if (message.startsWith(FIRST_LINE)) {
                lines.clear(); // what was before belongs to an earlier start of the machine
            }
            if (!message.isEmpty() && lines.size() < MAX_LINES) {
                lines.add(message);
            }
        }
        return new KernelLog(source, lines);
    }

    /** The text of the kernel in one line of any format; empty when a program wrote it, or there is none. */
    private static String message(String line) {
        String stripped = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        Matcher raw = RAW.matcher(stripped);
        if (raw.matches()) {
            return Integer.parseInt(raw.group(1)) >> FACILITY_SHIFT == 0 ? raw.group(2) : "";
        }
        if (stripped.startsWith(" ")) {
            return ""; // a key of the record before it
        }
        Matcher prio = PRIO.matcher(stripped);
        if (prio.matches()) {
            return Integer.parseInt(prio.group(1)) >> FACILITY_SHIFT == 0 ? prio.group(2) : "";
        }
        Matcher dmesg = DMESG.matcher(stripped);
        if (dmesg.matches()) {
            return dmesg.group(1) == null || dmesg.group(1).equals("kern") ? dmesg.group(2) : "";
        }
        Matcher iso = ISO.matcher(stripped);
        if (iso.matches()) {
            return iso.group(1);
        }
        Matcher journal = JOURNAL.matcher(stripped);
        if (journal.matches()) {
            return journal.group(1).equals("kernel") ? journal.group(2) : "";
        }
        return stripped;
    }

    /**
     * A read of /dev/kmsg gives one record and waits for more at the end, so a thread of its own reads and is left behind there.
     */
    private static String kmsg() throws IOException {
        BlockingQueue<String> records = new LinkedBlockingQueue<>();
        InputStream in = Files.newInputStream(KMSG);
        Thread reader = new Thread(() -> {
            byte[] record = new byte[RECORD_BYTES];
            try (in) {
                for (int got = in.read(record); got > 0; got = in.read(record)) {
                    records.add(new String(record, 0, got, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                records.add(""); // a record was overwritten while it was read: the rest is enough
            }
        }, "kernel log");
        reader.setDaemon(true);
        reader.start();
        StringBuilder text = new StringBuilder();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        try {
            for (String record = records.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    record != null && text.length() < MAX_BYTES && System.nanoTime() < end;
                    record = records.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
                text.append(record);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text.toString();
    }

    private static Optional<KernelLog> journal() {
        Path output = null;
        try {
            output = Files.createTempFile("cx3-journal", ".txt");
            Process process = new ProcessBuilder("journalctl", "-k", "-b", "-q", "--no-pager", "-o", "short-iso")
                .redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            KernelLog log = of(output);
            return process.exitValue() == 0 && !log.lines().isEmpty()
                ? Optional.of(new KernelLog("the journal", log.lines())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (output != null) {
                output.toFile().delete();
            }
        }
    }
}
