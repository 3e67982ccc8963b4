// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.ConfigException;
import org.cx3tools.nvconfig.ConfigFailure;
import org.cx3tools.nvconfig.Configuration;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.Setting;

/**
 * The vendor's {@code mlxconfig}, also called {@code mstconfig} (nv-config 4). The standard output has the vendor's
 * words; what we add to them goes to the error output.
 */
public final class MlxConfig {
    private static final int DONE = 0;
    private static final int ABORTED = 2;
    private static final int ERROR = 3;
    private static final String REBOOT = "-I- Please reboot machine to load new configurations.";
    private static final String FORCED = "-W- Force flag specified, the validity of the Parameters will not be checked !";
    private static final String NOT_RECOMMENDED =
        "-W- Incorrect configuration might yield unexpected results. running in this mode is not recommended.";

    private final String tool;
    private final MlxConfigArguments arguments;
    private final Streams streams;
    private final Out out;
    private final MlxConfigText text;
    private final MlxConfigCards cards;

    private MlxConfig(String tool, MlxConfigArguments arguments, Streams streams) {
        this.tool = tool;
        this.arguments = arguments;
        this.streams = streams;
        this.out = streams.out();
        this.text = new MlxConfigText(out);
        this.cards = new MlxConfigCards(streams);
    }

    /**
     * Runs one command line.
     *
     * @param tool {@code mlxconfig} or {@code mstconfig}
     * @param args the words after it
     * @param streams where to read and print
     * @return exit code of the vendor's tool
     */
    public static int run(String tool, String[] args, Streams streams) {
        MlxConfigArguments arguments;
        try {
            arguments = MlxConfigArguments.parse(tool, args);
        } catch (MlxConfigArguments.Refused e) {
            streams.out().line("-E- " + e.getMessage());
            MlxConfigUsage.print(streams.out(), tool);
            return ERROR;
        }
        if (arguments.has("-h")) {
            MlxConfigUsage.print(streams.out(), tool);
            return DONE;
        }
        if (arguments.has("-v")) {
            streams.out().line("cx3 " + tool + ", cx3tools " + Version.text());
            return DONE;
        }
        Signals.install();
        try {
            return new MlxConfig(tool, arguments, streams).command();
        } catch (MlxConfigError e) {
            return e.print(streams);
        }
    }

    private int command() throws MlxConfigError {
        switch (arguments.command()) {
            case "query":
                return query();
            case "set":
                return set();
            case "reset":
                return reset();
            case "show_confs":
                cards.with(arguments.device(), (card, configuration) -> text.list(arguments.device()));
                return DONE;
            case "clear_semaphore":
                return clearSemaphore();
            case "set_raw":
            case "get_raw":
                throw refused("Failed to run " + arguments.command() + " command: ");
            case "backup":
                MlxConfigError refused = refused("Failed to backup the configurations: ");
                out.line(" Failed!");
                throw refused;
            default:
                throw new MlxConfigError(arguments.command() + " of the vendor's tool is not offered by cx3 " + tool
                    + ": it is for later generations of cards");
        }
    }

    private int query() throws MlxConfigError {
        int code = DONE;
        int number = 0;
        for (String name : cards.named(arguments)) {
            number++;
            int device = number;
            try {
                cards.with(name, (card, configuration) -> {
                    text.head(device, card.chip(), name);
                    text.columns(arguments.has("-e"), false);
                    text.rows(arguments.names().isEmpty() ? configuration.query() : some(configuration), Map.of(),
                        arguments.has("-e"));
                });
            } catch (MlxConfigError e) {
                code = e.print(streams);
            }
        }
        return code;
    }

    /** The named ones, each once, in the order given. */
    private List<Setting> some(Configuration configuration) throws MlxConfigError, ConfigException, DeviceException {
        List<Setting> settings = new ArrayList<>();
        for (String name : new LinkedHashSet<>(arguments.names())) {
            settings.add(configuration.query(MlxConfigError.parameter(name)));
        }
        return settings;
    }

    private int set() throws MlxConfigError {
        cards.with(arguments.device(), (card, configuration) -> {
            text.head(1, card.chip(), arguments.device());
            text.columns(arguments.has("-e"), true);
            Map<Parameter, Long> values = values();
            List<Setting> settings = new ArrayList<>();
            for (Parameter parameter : values.keySet()) {
                settings.add(configuration.query(parameter));
            }
            text.rows(settings, values, arguments.has("-e"));
            out.newline();
            if (arguments.has("--force")) {
                out.line(FORCED).line(NOT_RECOMMENDED);
            }
            ask("Apply new Configuration?");
            out.print("Applying... ").flush();
            apply(configuration, values);
        });
        return done();
    }

    private Map<Parameter, Long> values() throws MlxConfigError {
        Map<Parameter, Long> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> given : arguments.values().entrySet()) {
            Parameter parameter = MlxConfigError.parameter(given.getKey());
            OptionalLong value = parameter.kind().form().parse(given.getValue());
            values.put(parameter, value.orElseThrow(() -> new MlxConfigError("Failed to parse " + given.getKey() + "="
                + given.getValue())));
        }
        return values;
    }

    private void apply(Configuration configuration, Map<Parameter, Long> values) throws MlxConfigError {
        try {
            configuration.apply(configuration.plan(values, arguments.has("--force")));
        } catch (ConfigException e) {
            out.line("Failed!");
            if (e.failure() instanceof ConfigFailure.NotWritten f && e.getCause() instanceof DeviceException below) {
                throw new MlxConfigError("Failed to set configuration: " + MlxConfigWords.group(f.failed())
                    + MlxConfigWords.writing(below), below).with(f.written().isEmpty() ? "" : f.progress());
            }
            throw new MlxConfigError("Failed to set configuration: " + e.getMessage());
        } catch (DeviceException e) {
            out.line("Failed!");
            throw new MlxConfigError(MlxConfigCards.QUERY_FAILED, e);
        }
    }

    private int reset() throws MlxConfigError {
        List<String> devices = cards.named(arguments);
        out.newline();
        ask("Reset configuration for " + (arguments.has("-d") ? "device " + arguments.device() : "all devices") + "?");
        out.print("Applying... ").flush();
        for (String name : devices) {
            try {
                cards.with(name, (card, configuration) -> resetOne(configuration));
            } catch (MlxConfigError e) {
                out.line("Failed!");
                throw e;
            }
        }
        return done();
    }

    private static void resetOne(Configuration configuration) throws MlxConfigError {
        try {
            configuration.resetAll();
        } catch (DeviceException e) {
            throw new MlxConfigError("Failed to invalidate configurations: " + MlxConfigWords.writing(e), e);
        }
    }

    private int done() {
        out.line("Done!").line(REBOOT);
        return DONE;
    }

    private void ask(String question) throws MlxConfigError {
        out.print(" " + question + " (y/n) [n] : ");
        if (arguments.has("-y")) {
            out.line("y");
            return;
        }
        out.flush();
        String answer = streams.readLine();
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw new MlxConfigError("Aborted by user.", ABORTED);
        }
    }

    private int clearSemaphore() throws MlxConfigError {
        out.line("-W- Forcefully clearing device Semaphore...");
        try {
            streams.configPorts().clearSemaphore(streams.resolveDevice(arguments.device()));
        } catch (DeviceException e) {
            int code = new MlxConfigError("Failed to open the device", e).print(streams);
            out.line(" Failed!");
            return code;
        }
        out.line(" Done!");
        return DONE;
    }

    /** Opens the card as the vendor's tool does, then says no. */
    private MlxConfigError refused(String begin) {
        try {
            cards.with(arguments.device(), (card, configuration) -> {
                if (arguments.command().equals("backup")) {
                    out.line("Collecting...");
                }
            });
            return new MlxConfigError(begin + arguments.command() + " command is not supported for this device");
        } catch (MlxConfigError e) {
            return e.after(begin);
        }
    }
}
