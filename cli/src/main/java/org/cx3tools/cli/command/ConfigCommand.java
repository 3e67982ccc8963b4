// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ConfigCard;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.output.ConfigText;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.ConfigPlan;
import org.cx3tools.nvconfig.Configuration;
import org.cx3tools.nvconfig.LaterNames;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.ResetPreview;
import org.cx3tools.nvconfig.Setting;

/** {@code cx3 config}. */
final class ConfigCommand implements Command {
    private static final Opt PLAN = Opt.flag("plan", "show what would be written, change nothing", "ask, then write");
    private static final Opt FORCE = new Opt("f", "force", "",
        "set, restore: leave out the rule about memory for virtual functions; backup: replace the file", "refuse");
    private static final Opt ERASE = Opt.flag("erase", "reset: erase where the settings are, without firmware; the whole flash"
        + " is backed up first", "ask firmware to drop them");
    private static final String AFTERWARDS = "Written. It counts from the next start of the firmware: reboot the machine. For"
        + " link type and network boot a reload of the driver or cx3 reset is enough.";

    @Override
    public Spec spec() {
        return new Spec("config", "query | set | reset | show | backup | restore | diff  -d DEVICE [NAME[=VALUE] ... | FILE]",
            List.of(
            "Settings that firmware keeps in flash: SR-IOV, link type, BAR size, wake on LAN, network boot. query shows",
            "default and next boot; what the running firmware works with cannot be asked. set checks all values together",
            "before the first is written. reset gives all settings, or the named ones, their defaults. show explains what",
            "can be set, on the card of -d or at all. backup writes the stored records to a file, restore writes them back,",
            "diff shows what restore would change (exit code 1 when there is something). reset --erase is the last way out",
            "when firmware finds its settings corrupt and does not drop them."),
            List.of(Opt.DEVICE, PLAN, FORCE, ERASE, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES, Opt.JSON), 1, 100,
            List.of("cx3 config query -d 23:00.0", "cx3 config backup -d 23:00.0 settings.json --force",
                "cx3 config set -d 23:00.0 SRIOV_EN=1 NUM_OF_VFS=8 --plan",
                "cx3 config set -d 23:00.0 LINK_TYPE_P1=ETH LINK_TYPE_P2=ETH -y",
                "cx3 config reset -d 23:00.0 LINK_TYPE_P1 -y", "cx3 config restore -d 23:00.0 settings.json -y",
                "cx3 config diff -d 23:00.0 settings.json", "cx3 config reset -d 23:00.0 -y",
                "cx3 config reset -d 23:00.0 --erase --plan",
                "cx3 config show LINK_TYPE_P1"));
    }

    @Override
    public int run(Request request) throws Exception {
        String action = request.argument(0, "");
        List<String> words = request.arguments().subList(1, request.arguments().size());
        boolean file = List.of("backup", "restore", "diff").contains(action);
        if (file && words.size() != 1) {
            throw CliException.usage("cx3 config " + action + " needs one file name", "usage: cx3 config " + spec().usage());
        }
        if (request.has(PLAN) && !List.of("set", "reset", "restore").contains(action)) {
            throw CliException.usage("--plan goes with set, reset and restore", "cx3 config " + action + " changes nothing");
        }
        if (request.has(ERASE) && (!action.equals("reset") || !words.isEmpty())) {
            throw CliException.usage("--erase goes with reset, and without names", "cx3 config reset -d DEVICE --erase");
        }
        if (!request.has(ERASE)) {
            request.refuse("reset --erase", List.of(ChangeTarget.UNBIND, ChangeTarget.BESIDE));
        }
        return switch (action) {
            case "show" -> show(request, words);
            case "query" -> query(request, words);
            case "set" -> set(request, words);
            case "reset" -> request.has(ERASE) ? erase(request) : reset(request, words);
            case "backup" -> backup(request, request.streams().resolve(words.get(0)));
            case "restore", "diff" -> restore(request, request.streams().resolve(words.get(0)), action.equals("diff"));
            default -> throw CliException.usage("cx3 config does not know \"" + action + "\"", Nearest.hint(action,
                List.of("query", "set", "reset", "show", "backup", "restore", "diff"),
                "it is query, set, reset, show, backup, restore or diff"));
        };
    }

    private static ConfigCard open(Request request) throws Exception {
        String name = request.required(Opt.DEVICE);
        Signals.install();
        ConfigCard card = request.streams().configPorts().open(request.streams().resolveDevice(name));
        if (card.recoveryMode()) {
            card.close();
            throw CliException.failed("no firmware runs on " + name + ", so nobody knows its settings",
                "burn an image, then cx3 reset");
        }
        return card;
    }

    private static Parameter parameter(String name) throws CliException {
        if (LaterNames.contains(name)) {
            throw CliException.failed(name + " is of later generations; no ConnectX-3 has it",
                "cx3 config show lists what there is");
        }
        List<String> names = Parameter.ALL.stream().map(Parameter::name).toList();
        return Parameter.named(name).orElseThrow(() -> CliException.usage("no setting is called " + name,
            Nearest.hint(name, names, "cx3 config show lists them")));
    }

    private static List<Parameter> parameters(List<String> names) throws CliException {
        Set<Parameter> parameters = new LinkedHashSet<>();
        for (String name : names) {
            parameters.add(parameter(name));
        }
        return List.copyOf(parameters);
    }

    private static int show(Request request, List<String> names) throws Exception {
        List<Parameter> parameters = parameters(names);
        if (parameters.isEmpty() && request.has(Opt.DEVICE)) {
            try (ConfigCard card = open(request)) {
                parameters = read(request, card).offered();
            }
        } else if (parameters.isEmpty()) {
            parameters = Parameter.ALL;
        }
        if (request.json()) {
            Json.print(request.out(), Map.of("parameters", parameters.stream().map(ConfigText::map).toList()));
        } else {
            ConfigText.describe(request.out(), parameters);
        }
        return ExitCode.DONE;
    }

    private static int query(Request request, List<String> names) throws Exception {
        List<Parameter> wanted = parameters(names);
        try (ConfigCard card = open(request)) {
            Configuration configuration = read(request, card);
            List<Setting> settings = new ArrayList<>();
            for (Parameter parameter : wanted.isEmpty() ? configuration.offered() : wanted) {
                settings.add(configuration.query(parameter));
            }
            if (request.json()) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("device", request.value(Opt.DEVICE, ""));
                map.put("chip", card.chip());
                map.put("settings", settings.stream().map(ConfigText::map).toList());
                Json.print(request.out(), map);
            } else {
                request.out().line(request.value(Opt.DEVICE, "") + ", " + card.chip());
                ConfigText.print(request.out(), settings);
            }
            return ExitCode.DONE;
        }
    }

    private static int set(Request request, List<String> words) throws Exception {
        Map<Parameter, Long> changes = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw CliException.usage("\"" + word + "\" is not NAME=VALUE", "write it as SRIOV_EN=1 or LINK_TYPE_P1=ETH");
            }
            Parameter parameter = parameter(word.substring(0, equals));
            String value = word.substring(equals + 1);
            Long number = parameter.kind().form().parse(value).orElseThrow(() -> CliException.usage(parameter.name()
                + " cannot be \"" + value + "\"", "it takes " + parameter.kind().form().alternatives()));
            if (changes.put(parameter, number) != null) {
                throw CliException.usage(parameter.name() + " is given twice", "give each name once");
            }
        }
        if (changes.isEmpty()) {
            throw CliException.usage("nothing to set", "give NAME=VALUE, once or several times");
        }
        try (ConfigCard card = open(request)) {
            Configuration configuration = read(request, card);
            return carryOut(request, configuration, configuration.plan(changes, request.has(FORCE)));
        }
    }

    private static int reset(Request request, List<String> names) throws Exception {
        List<Parameter> wanted = parameters(names);
        try (ConfigCard card = open(request)) {
            Configuration configuration = read(request, card);
            if (!wanted.isEmpty()) {
                return carryOut(request, configuration, configuration.planReset(new LinkedHashSet<>(wanted)));
            }
            ResetPreview preview = configuration.previewReset();
            preview.unreadable().ifPresent(e -> request.note("what is stored cannot be read: " + Problems.message(e)));
            if (!request.json()) {
                ConfigText.print(request.out(), preview);
            }
            return finish(request, ConfigText.map(preview), configuration::resetAll);
        }
    }

    private static int erase(Request request) throws Exception {
        try (ChangeTarget target = ChangeTarget.open(request, request.has(PLAN))) {
            Burning burning = Burning.on(request, target.device());
            return burning.carryOut("stays as it is, the settings of its firmware go",
                RecoveryPlans.eraseSettings(burning.content()));
        }
    }

    private static Configuration read(Request request, ConfigCard card) throws DeviceException {
        Configuration configuration = Configuration.read(card.port());
        if (configuration.hasOldDefaults()) {
            request.note(ConfigText.OLD_DEFAULTS);
        }
        return configuration;
    }

    private static int restore(Request request, Path file, boolean onlyCompare) throws Exception {
        var backup = ConfigFile.read(file);
        try (ConfigCard card = open(request)) {
            Configuration configuration = read(request, card);
            ConfigPlan plan = configuration.planRestore(backup, onlyCompare || request.has(FORCE));
            if (!onlyCompare) {
                return carryOut(request, configuration, plan);
            }
            if (request.json()) {
                Json.print(request.out(), ConfigText.map(plan));
            } else if (plan.steps().isEmpty()) {
                request.out().line("The card has stored what " + file.getFileName() + " holds.");
            } else {
                ConfigText.print(request.out(), plan);
            }
            return plan.steps().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static int backup(Request request, Path file) throws Exception {
        OutputFile.check(file, request.has(FORCE));
        try (ConfigCard card = open(request)) {
            OutputFile.write(file, ConfigFile.write(request.value(Opt.DEVICE, ""), card.chip(),
                read(request, card).stored()), request.has(FORCE));
        }
        if (!request.json()) {
            request.out().line("Settings written to " + file.getFileName() + ".");
        } else {
            Json.print(request.out(), Map.of("file", file.toString()));
        }
        return ExitCode.DONE;
    }

    private static int carryOut(Request request, Configuration configuration, ConfigPlan plan) throws Exception {
        if (!request.json()) {
            ConfigText.print(request.out(), plan);
        }
        Map<String, Object> map = ConfigText.map(plan);
        return plan.steps().isEmpty() ? report(request, map, false) : finish(request, map, () -> configuration.apply(plan));
    }

    /** What writes to the card. */
    private interface Write {
        void run() throws Exception;
    }

    /** Asks and writes, unless only the plan is wanted. */
    private static int finish(Request request, Map<String, Object> map, Write write) throws Exception {
        if (request.has(PLAN)) {
            return report(request, map, false);
        }
        if (!new Consent(request.streams(), request.has(Opt.YES)).ask("Write this to "
                + request.value(Opt.DEVICE, ""))) {
            throw CliException.failed("nothing was changed", "");
        }
        write.run();
        return report(request, map, true);
    }

    private static int report(Request request, Map<String, Object> map, boolean written) {
        if (request.json()) {
            map.put("written", written);
            Json.print(request.out(), map);
        } else if (written) {
            request.out().line(AFTERWARDS);
        }
        return ExitCode.DONE;
    }
}
