// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;

/** One run of the vendor's flint: its words, its output, its questions. All errors go to the standard output. */
final class FlintSession {
    private final FlintArguments arguments;
    private final Streams streams;

    FlintSession(FlintArguments arguments, Streams streams) {
        this.arguments = arguments;
        this.streams = streams;
    }

    FlintArguments arguments() {
        return arguments;
    }

    Streams streams() {
        return streams;
    }

    Out out() {
        return streams.out();
    }

    boolean has(FlintOption option) {
        return arguments.has(option);
    }

    String image() {
        return arguments.value(FlintOption.IMAGE);
    }

    String device() {
        return arguments.value(FlintOption.DEVICE);
    }

    boolean onDevice() {
        return has(FlintOption.DEVICE);
    }

    /** First parameter; empty when there is none. */
    String parameter() {
        List<String> all = arguments.parameters();
        return all.isEmpty() ? "" : all.get(0);
    }

    /** Prints an error line of the vendor's form. */
    int error(String text) {
        out().line("-E- " + text);
        return ExitCode.FAILED;
    }

    /**
     * Asks a question of the vendor's form (fs2-image 7.1).
     *
     * @return whether the answer was yes
     */
    boolean ask(String question) {
        Out out = out();
        out.print("\n " + question + " ? (y/n) [n] : ");
        if (has(FlintOption.YES)) {
            out.line("y");
            return true;
        }
        if (has(FlintOption.NO)) {
            out.line("n");
            return false;
        }
        out.flush();
        String answer = streams.readLine();
        if (answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes")) {
            return true;
        }
        error("Aborted by user");
        return false;
    }

    /** The usual question. */
    boolean ask() {
        return ask("Do you want to continue");
    }

    /**
     * Checks the number of parameters and what the command works on.
     *
     * @param command name in the texts
     * @param fewest least number of parameters
     * @param most greatest number of parameters
     * @param option the only word allowed as parameter, empty for any
     * @param target what the command works on
     * @return whether all is well; else the error is printed
     */
    boolean check(String command, int fewest, int most, String option, Target target) {
        String problem = count(command, fewest, most);
        if (problem.isEmpty() && !option.isEmpty() && !parameter().isEmpty() && !parameter().equals(option)) {
            problem = "Unknown option \"" + parameter() + "\" for the \"" + command + "\" command. you can use "
                + option + ".";
        }
        if (problem.isEmpty()) {
            problem = target(command, target);
        }
        if (problem.isEmpty() && onDevice() && has(FlintOption.STRIPED_IMAGE)) {
            problem = "Cannot specify \"-device\" flag with \"-striped_image\" flag.";
        }
        if (problem.isEmpty()) {
            return true;
        }
        error(problem);
        return false;
    }

    private String count(String command, int fewest, int most) {
        int given = arguments.parameters().size();
        String head = "Command \"" + command + "\" ";
        String tail = " arguments, but " + given + " arguments were given";
        if (most == 0 && given > 0) {
            return head + "does not require arguments";
        }
        if (given < fewest) {
            return head + (fewest == most && !command.equals("Hw") ? "requires " : "requires at least ")
                + fewest + tail;
        }
        if (given > most) {
            return head + (fewest == most ? "requires " : "requires at most ") + most + tail;
        }
        return "";
    }

    private String target(String command, Target target) {
        boolean image = has(FlintOption.IMAGE);
        boolean device = onDevice();
        String head = "Command \"" + command + "\" requires ";
        if (target == Target.EITHER) {
            return image == device ? "Please specify either Device or Image." : "";
        }
        if (target == Target.BOTH) {
            return image && device ? "" : head + "both image and device to be specified.";
        }
        boolean wantsDevice = target == Target.DEVICE;
        String wanted = wantsDevice ? "device" : "image file";
        if (image && device) {
            return head + wanted + ", but both an image file and a device are given.";
        }
        if (wantsDevice ? device : image) {
            return "";
        }
        if (wantsDevice) {
            return image ? head + "device, but an image file was given." : "Please specify Device.";
        }
        return device ? head + "an image file, but device was given." : "Please specify Image file.";
    }

    /** What a command works on. */
    enum Target {
        EITHER, DEVICE, IMAGE, BOTH
    }
}
