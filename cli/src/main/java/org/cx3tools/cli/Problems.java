// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;
import org.cx3tools.archive.ArchiveException;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.SourceException;
import org.cx3tools.backup.BackupException;
import org.cx3tools.burn.BurnException;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.learn.LearnException;
import org.cx3tools.learn.LearnFailure;
import org.cx3tools.nvconfig.ConfigException;

/** Turns whatever went wrong into one line, the way out and an exit code. */
public final class Problems {
    private static final Pattern VENDOR_OPTION = Pattern.compile("(?<![\\w-])--?"
        + "(allow_psid_change|allow_rom_change|use_image_(?:ps|rom|guids)|no_devid_check|nofs|vsd|guid|mac)(?![\\w-])");

    private Problems() {
    }

    /**
     * Explains a failure.
     *
     * @param failure what was thrown
     * @return the same as an error for the operator
     */
    public static CliException explain(Throwable failure) {
        if (failure instanceof CliException e) {
            return e;
        }
        if (failure instanceof DeviceException e) {
            return new CliException(exitCode(e.reason()), message(e), hint(e), e);
        }
        if (failure instanceof BurnException e) {
            return new CliException(ExitCode.FAILED, plain(e.getMessage()), e.advice(), e);
        }
        if (failure instanceof ConfigException e) {
            return new CliException(ExitCode.FAILED, plain(e.getMessage()), e.advice(), e);
        }
        if (failure instanceof BackupException e) {
            return new CliException(ExitCode.FAILED, e.getMessage(), "cx3 backup --list shows the backups of this host", e);
        }
        if (failure instanceof AssembleException e) {
            // Lists keys and the ways out, a line each.
            return new CliException(ExitCode.FAILED, e.getMessage(), "", e);
        }
        if (failure instanceof LearnException e) {
            return new CliException(ExitCode.FAILED, e.getMessage(), e.failure() == LearnFailure.MIXED_VERSIONS
                ? "choose one with --fw-version" : "", e);
        }
        if (failure instanceof ArchiveException) {
            return new CliException(ExitCode.FAILED, "the archive cannot be made: " + failure.getMessage(), "", failure);
        }
        if (failure instanceof SourceException || failure instanceof BoardFileException) {
            return new CliException(ExitCode.FAILED, plain(failure.getMessage()), "", failure);
        }
        if (failure instanceof FormatException e) {
            return new CliException(ExitCode.FAILED, message(e),
                "the file is damaged or not an FS2 firmware image", e);
        }
        if (failure instanceof IOException e) {
            return new CliException(ExitCode.FAILED, message(e), hint(e), e);
        }
        if (failure instanceof OutOfMemoryError e) {
            return new CliException(ExitCode.FAILED, "out of memory", "give Java more with -Xmx", e);
        }
        return new CliException(ExitCode.FAILED, "internal error: " + failure,
            "report it, with what CX3_VERBOSE=1 (or --verbose) adds", failure);
    }

    /**
     * Prints an error of one of our own commands.
     *
     * @param error the error
     * @param streams where to
     * @param verbose whether to add where in the program it came from
     * @return its exit code
     */
    public static int print(CliException error, Streams streams, boolean verbose) {
        streams.out().flush();
        Out err = streams.err();
        err.line("cx3: error: " + Printable.lines(ownOptions(error.line())));
        if (verbose) {
            StringWriter trace = new StringWriter();
            (error.getCause() == null ? error : error.getCause()).printStackTrace(new PrintWriter(trace, true));
            err.print(trace.toString());
        }
        return error.exitCode();
    }

    /**
     * Adds a reason to a failure that a command of the vendor's told in the vendor's words.
     *
     * @param streams where to
     * @param reason one line; nothing is printed when it is empty
     */
    public static void note(Streams streams, String reason) {
        if (!reason.isEmpty()) {
            streams.out().flush();
            streams.err().line("cx3: note: " + ownOptions(reason));
        }
    }

    /** Advice from below names options as the vendor writes them; our own commands write them with dashes. */
    static String ownOptions(String text) {
        return VENDOR_OPTION.matcher(text).replaceAll(found -> "--" + found.group(1).replace('_', '-'));
    }

    /**
     * The text of a failed file operation.
     *
     * @param failure what was thrown
     * @return one line that names the file
     */
    public static String message(IOException failure) {
        String file = failure instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "";
        if (failure instanceof NoSuchFileException) {
            return file + ": no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " exists already";
        }
        if (failure instanceof AccessDeniedException) {
            return file + ": permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        String text = failure.getMessage();
        return text == null ? failure.toString() : text.replace('\n', ' ');
    }

    private static String hint(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("No space left")) {
            return "make room on that disk, or write to another one; nothing was replaced";
        }
        if (failure instanceof NoSuchFileException) {
            return "check the name";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "choose another name, or overwrite it with --force";
        }
        if (failure instanceof AccessDeniedException) {
            return "check the owner of the file and of its folder";
        }
        return "";
    }

    /**
     * What happened to a device, with place and values when they are known.
     *
     * @param failure the failure
     * @return one line
     */
    public static String message(DeviceException failure) {
        return plain(failure.getMessage());
    }

    private static String plain(String message) {
        return String.valueOf(message).strip().replaceAll("[:.]?\\s*\\n\\s*", "; ");
    }

    private static String hint(DeviceException failure) {
        String advice = failure.advice();
        return failure.getMessage().contains(advice) ? "" : advice;
    }

    private static String message(FormatException failure) {
        return "not a valid image: " + failure.getMessage();
    }

    private static int exitCode(DeviceCause cause) {
        return switch (cause) {
            case NOT_ROOT, KERNEL_LOCKDOWN, LIBRARY -> ExitCode.PREREQUISITE;
            case BAD_ADDRESS -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }
}
