// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.util.Arrays;
import java.util.List;
import org.cx3tools.cli.command.Commands;
import org.cx3tools.cli.compat.Flint;
import org.cx3tools.cli.compat.MlxBurn;
import org.cx3tools.cli.compat.MlxConfig;
import org.cx3tools.cli.compat.MlxFwManager;
import org.cx3tools.cli.compat.MstVpd;

/** The command {@code cx3}. The command is chosen by a switch, so that only its own classes are loaded. */
public final class Main {
    /** Names of all commands, in the order of the help. */
    public static final List<String> COMMANDS = List.of("list", "doctor", "query", "inspect", "diff", "read", "dump-config", "verify",
        "disassemble", "assemble",
        "set", "fields", "learn", "archive", "rom", "convert", "unlock-56g", "burn", "update", "drop-rom", "activate",
        "backup", "restore", "recover", "reset", "config", "vpd", "hw", "sim", "demo", "flint", "mlxburn", "mlxfwmanager",
        "mlxconfig", "mstconfig", "mstvpd");

    private Main() {
    }

    /**
     * Entry of the process.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Streams streams = Streams.ofProcess();
        int code = run(args, streams);
        Signals.finished();
        System.exit(code);
    }

    /**
     * Runs one command line in this process. Never throws: every failure becomes one line and an exit code.
     *
     * @param args command and its words
     * @param streams where to read and print
     * @return one of {@link ExitCode}
     */
    public static int run(String[] args, Streams streams) {
        int code;
        try {
            code = dispatch(args, streams);
        } catch (CliException e) {
            code = Problems.print(e, streams, false);
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            code = Problems.print(Problems.explain(e), streams, System.getenv("CX3_VERBOSE") != null);
        }
        streams.out().flush();
        String failure = streams.out().failure();
        if (!failure.isEmpty()) {
            streams.err().line("cx3: error: cannot write the output: " + failure);
            code = ExitCode.FAILED;
        }
        streams.err().flush();
        return code;
    }

    private static int dispatch(String[] args, Streams streams) throws CliException {
        if (args.length == 0) {
            Help.overview(streams.err());
            return ExitCode.USAGE;
        }
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        switch (args[0]) {
            case "flint":
                return Flint.run(rest, streams);
            case "mlxburn":
                return MlxBurn.run(rest, streams);
            case "mlxfwmanager":
                return MlxFwManager.run(rest, streams);
            case "mstvpd":
                return MstVpd.run(rest, streams);
            case "mlxconfig":
            case "mstconfig":
                return MlxConfig.run(args[0], rest, streams);
            case "--version":
            case "version":
                streams.out().line("cx3 " + Version.text());
                return ExitCode.DONE;
            case "--help":
            case "-h":
                Help.overview(streams.out());
                return ExitCode.DONE;
            case "help":
                if (rest.length == 0) {
                    Help.overview(streams.out());
                    return ExitCode.DONE;
                }
                return dispatch(new String[] {rest[0], "--help"}, streams);
            default:
                return Commands.run(args[0], rest, streams);
        }
    }
}
