// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Main;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Streams;

/** Our own commands by name. Only the chosen one is loaded. */
public final class Commands {
    private Commands() {
    }

    /**
     * Runs one of our own commands.
     *
     * @param name the command word
     * @param args the words after it
     * @param streams where to read and print
     * @return exit code; failures are printed here
     * @throws CliException for an unknown name, with the nearest ones
     */
    public static int run(String name, String[] args, Streams streams) throws CliException {
        Command command = find(name);
        boolean verbose = false;
        try {
            Request request = Request.parse(command.spec(), args, streams);
            if (request.has(Opt.HELP)) {
                command.spec().help(streams.out());
                return ExitCode.DONE;
            }
            verbose = request.has(Opt.VERBOSE);
            if (verbose) {
                Verbose.start(name);
            }
            return command.run(request);
        } catch (Exception | OutOfMemoryError | LinkageError e) {
            return Problems.print(Problems.explain(e), streams, verbose);
        }
    }

    private static Command find(String name) throws CliException {
        return switch (name) {
            case "list" -> new ListCommand();
            case "doctor" -> new DoctorCommand();
            case "query" -> new QueryCommand();
            case "inspect" -> new InspectCommand();
            case "diff" -> new DiffCommand();
            case "read" -> new ReadCommand();
            case "dump-config" -> new DumpConfigCommand();
            case "verify" -> new VerifyCommand();
            case "disassemble" -> new DisassembleCommand();
            case "assemble" -> new AssembleCommand();
            case "set" -> new SetCommand();
            case "fields" -> new FieldsCommand();
            case "learn" -> new LearnCommand();
            case "archive" -> new ArchiveCommand();
            case "rom" -> new RomCommand();
            case "convert" -> new ConvertCommand();
            case "unlock-56g" -> new UnlockCommand();
            case "activate" -> new ActivateCommand();
            case "burn" -> new BurnCommand();
            case "update" -> new UpdateCommand();
            case "drop-rom" -> new DropRomCommand();
            case "backup" -> new BackupCommand();
            case "restore" -> new RestoreCommand();
            case "recover" -> new RecoverCommand();
            case "reset" -> new ResetCommand();
            case "config" -> new ConfigCommand();
            case "vpd" -> new VpdCommand();
            case "hw" -> new HwCommand();
            case "sim" -> new SimCommand();
            case "demo" -> new DemoCommand();
            default -> throw CliException.usage("unknown command \"" + name + "\"",
                Nearest.hint(name, Main.COMMANDS, "cx3 --help shows all commands"));
        };
    }
}
