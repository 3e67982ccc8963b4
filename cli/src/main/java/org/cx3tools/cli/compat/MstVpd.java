// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.Vpd;

/** The vendor's {@code mstvpd}: its grammar, its texts, its exit codes (nv-config 7.3). */
public final class MstVpd {
    private static final int SIZE = 4096;
    private static final int CANNOT_READ = 3;
    private static final String USAGE = """
        Usage: cx3 mstvpd [-m|-n|-r] [-t ##] <file> [-- keyword ...]
        -h\tPrint this help.
        -v\tPrint tool version.
        -m\tDump raw VPD data to stdout.
        -n\tDo not validate check sum.
        -r\tDo not check and display the VPD_W tag in the vpd data.
        -t ##\tAccepted for old scripts: the kernel answers at once or not at all.

        file\tThe card (23:00.0, mlx4_0, sim:FILE),
        \tor '-' to read VPD data from the standard input.

        keyword(s): Only display the requested information. (ID, PN, EC, SN, etc...)

        EXAMPLE
          cx3 mstvpd 23:00.0 -- PN SN

        Exit codes: 0 done, 1 wrong command line or content, 3 nothing could be read.
        """;

    private MstVpd() {
    }

    /** What a command line asks for. */
    private record Wish(boolean raw, boolean noChecksum, boolean readOnly, String file, List<String> keywords) {
    }

    /**
     * Runs one command line.
     *
     * @param args the words after {@code mstvpd}
     * @param streams where to read and print
     * @return 0, 1 or 3 as the vendor's tool
     */
    public static int run(String[] args, Streams streams) {
        if (args.length == 0 || args[0].equals("-h") || args[0].equals("--help")) {
            (args.length == 0 ? streams.err() : streams.out()).print(USAGE);
            return args.length == 0 ? ExitCode.FAILED : ExitCode.DONE;
        }
        if (args[0].equals("-v")) {
            streams.out().line("cx3 mstvpd, cx3tools " + Version.text());
            return ExitCode.DONE;
        }
        Optional<Wish> wish = parse(args, streams.err());
        if (wish.isEmpty()) {
            streams.err().print(USAGE);
            return ExitCode.FAILED;
        }
        return run(wish.get(), streams);
    }

    private static Optional<Wish> parse(String[] args, Out err) {
        boolean raw = false;
        boolean noChecksum = false;
        boolean readOnly = false;
        int at = 0;
        for (; at < args.length && args[at].startsWith("-") && args[at].length() > 1; at++) {
            switch (args[at]) {
                case "-m" -> raw = true;
                case "-n" -> noChecksum = true;
                case "-r" -> readOnly = true;
                case "-t" -> {
                    at++;
                    if (at == args.length || !args[at].matches("[0-9]{1,9}")) {
                        err.line("-E- Invalid timeout argument: " + (at < args.length ? args[at] : "") + ".");
                        return Optional.empty();
                    }
                }
                default -> {
                    err.line("mstvpd: invalid option " + args[at]);
                    return Optional.empty();
                }
            }
        }
        if (at == args.length) {
            return Optional.empty();
        }
        String file = args[at++];
        List<String> keywords = new ArrayList<>(List.of(args).subList(at, args.length));
        if (!keywords.isEmpty() && !keywords.remove(0).equals("--")) {
            err.line("-E- Bad input parameter.");
            return Optional.empty();
        }
        return Optional.of(new Wish(raw, noChecksum, readOnly, file, keywords));
    }

    private static int run(Wish wish, Streams streams) {
        byte[] data;
        try {
            Optional<byte[]> found = wish.file().equals("-") ? streams.readExactly(SIZE) : ofCard(wish.file(), streams);
            if (found.isEmpty()) {
                streams.err().line(wish.file().equals("-") ? "-E- Bad input parameter."
                    : "-E- Failed to open device " + wish.file() + "!");
                return CANNOT_READ;
            }
            data = found.get();
        } catch (IOException | DeviceException e) {
            streams.err().line("-E- Failed to open device " + wish.file() + "!");
            return CANNOT_READ;
        }
        if (wish.raw()) {
            streams.out().bytes(data);
            return ExitCode.DONE;
        }
        return show(wish, data, streams);
    }

    private static Optional<byte[]> ofCard(String name, Streams streams) throws DeviceException {
        Signals.install();
        try (Device device = Devices.openForReading(DeviceAddress.parse(streams.resolveDevice(name)),
                OpenOptions.defaults())) {
            return device.vpd().map(vpd -> vpd.raw().toArray());
        }
    }

    private static int show(Wish wish, byte[] data, Streams streams) {
        Vpd vpd;
        try {
            vpd = Vpd.parse(data);
        } catch (DeviceException e) {
            return bad(wish, streams);
        }
        if (!wish.noChecksum() && !vpd.checksumRight().orElse(false)) {
            return bad(wish, streams);
        }
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"ID", vpd.name()});
        for (Vpd.Field field : vpd.fields()) {
            if (!field.value().isEmpty() && !(wish.readOnly() && field.writable())) {
                lines.add(new String[] {field.keyword(), field.value()});
            }
        }
        if (wish.keywords().isEmpty()) {
            lines.forEach(line -> print(streams.out(), line));
        }
        for (String keyword : wish.keywords()) {
            lines.stream().filter(line -> line[0].equals(keyword)).forEach(line -> print(streams.out(), line));
        }
        return ExitCode.DONE;
    }

    private static int bad(Wish wish, Streams streams) {
        streams.err().line("-E- Failed to parse VPD from " + wish.file() + "!");
        return ExitCode.FAILED;
    }

    /** Bytes that are no text are shown as such; the vendor's tool lets some of them through. */
    private static void print(Out out, String[] line) {
        boolean text = line[1].chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (text) {
            out.line(line[0] + ":      " + line[1]);
            return;
        }
        StringBuilder hex = new StringBuilder();
        line[1].chars().forEach(c -> hex.append(Out.hex(c, 2)));
        out.line(line[0] + "(BIN): " + hex);
    }
}
