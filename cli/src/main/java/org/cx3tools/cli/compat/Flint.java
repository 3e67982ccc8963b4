// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;

/** The vendor's {@code flint}: its grammar, its texts, its exit codes (fs2-image 7). */
public final class Flint {
    private Flint() {
    }

    /**
     * Runs one command line.
     *
     * @param args the words after {@code flint}
     * @param streams where to read and print
     * @return 0, 1 or 7 as the vendor's tool
     */
    public static int run(String[] args, Streams streams) {
        Out out = streams.out();
        if (args.length == 0) {
            out.line("No options found. ");
            return ExitCode.FAILED;
        }
        FlintArguments arguments;
        try {
            arguments = FlintArguments.parse(args);
        } catch (FlintArguments.Refused e) {
            out.print(e.getMessage());
            if (e.withUsage()) {
                FlintUsage.print(out);
            }
            return ExitCode.FAILED;
        }
        FlintSession session = new FlintSession(arguments, streams);
        if (arguments.has(FlintOption.HELP) || arguments.has(FlintOption.LONG_HELP)) {
            FlintUsage.print(out);
            return ExitCode.DONE;
        }
        if (arguments.has(FlintOption.VERSION)) {
            out.line("cx3 flint, cx3tools " + Version.text());
            return ExitCode.DONE;
        }
        return offered(session) ? command(session) : ExitCode.FAILED;
    }

    private static boolean offered(FlintSession session) {
        for (FlintOption option : session.arguments().given()) {
            if (!option.whyNot().isEmpty()) {
                session.error("Option \"-" + option.longName() + "\" is not offered: " + option.whyNot() + ".");
                return false;
            }
        }
        if (session.has(FlintOption.PSID) && !session.has(FlintOption.IMAGE)) {
            session.error("\"-psid\" flag must be specified with \"-image\" flag.");
            return false;
        }
        return exclusive(session, FlintOption.GUIDS, FlintOption.GUID)
            && exclusive(session, FlintOption.MACS, FlintOption.MAC)
            && exclusive(session, FlintOption.USE_IMAGE_PS, FlintOption.VSD)
            && exclusive(session, FlintOption.NO, FlintOption.YES)
            && identityOnce(session);
    }

    private static boolean exclusive(FlintSession session, FlintOption one, FlintOption other) {
        if (session.has(one) && session.has(other)) {
            session.error("Cannot specify \"-" + one.longName() + "\" flag with \"-" + other.longName()
                + "\" flag.");
            return false;
        }
        return true;
    }

    private static boolean identityOnce(FlintSession session) {
        boolean given = session.has(FlintOption.GUID) || session.has(FlintOption.GUIDS)
            || session.has(FlintOption.MAC) || session.has(FlintOption.MACS);
        if (given && session.has(FlintOption.USE_IMAGE_GUIDS)) {
            session.error("Cannot specify \"-use_image_guids\" flag with \"GUIDs/UIDs/MACs\" flag.");
            return false;
        }
        return true;
    }

    private static int command(FlintSession session) {
        String command = session.arguments().command();
        if (session.has(FlintOption.CLEAR_SEMAPHORE)) {
            if (!command.isEmpty()) {
                session.out().line("No command is allowed when -clear_semaphore flag is given.");
                return ExitCode.FAILED;
            }
            return FlintHardware.clearSemaphore(session);
        }
        switch (command) {
            case "":
                session.out().line("No command found.");
                return ExitCode.FAILED;
            case "verify":
            case "v":
                return FlintVerify.run(session);
            case "query":
            case "q":
                return FlintQuery.run(session);
            case "burn":
            case "b":
                return FlintBurn.run(session);
            case "ri":
                return FlintRead.image(session);
            case "dc":
                return FlintRead.configuration(session);
            case "dh":
                return FlintRead.hashFile(session);
            case "rrom":
                return FlintRead.rom(session);
            case "qrom":
                return FlintRead.queryRom(session);
            case "checksum":
            case "cs":
                return FlintRead.checksum(session);
            case "drom":
                return FlintRom.remove(session);
            case "brom":
                return FlintRom.burn(session);
            case "sg":
                return FlintIdentity.setGuids(session);
            case "smg":
                return FlintIdentity.setManufactureGuids(session);
            case "image_reactivate":
            case "ir":
                return FlintReactivate.run(session);
            case "reset_cfg":
                return FlintResetConfig.run(session);
            case "sv":
                return FlintIdentity.setVsd(session);
            case "hw":
                return FlintHardware.query(session);
            case "clear_semaphore":
                return FlintHardware.clearSemaphore(session);
            default:
                return FlintUsage.unknown(session, command);
        }
    }
}
