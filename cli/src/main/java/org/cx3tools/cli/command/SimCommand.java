// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.SimText;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;

/** {@code cx3 sim}. */
final class SimCommand implements Command {
    private static final List<String> ACTIONS = List.of("create", "info", "power-cycle", "reset", "fault",
        "boot-policy", "timing", "reset-counters");
    private static final Opt MODEL = Opt.value("model", "MODEL", "hp-764285-b21, mcx354a-fcbt or mcx311a-xcat",
        "hp-764285-b21");
    private static final Opt CHIP = Opt.value("chip", "NAME", "flash chip; cx3 sim info names it", "W25Q16BV");
    private static final Opt SIZE = Opt.value("size", "BYTES",
        "4M or so: takes the chip of that size in the family of --chip", "the chip's own");
    private static final Opt BANKS = Opt.value("banks", "N", "number of chips, 1 or 2", "1");
    private static final Opt BLANK = Opt.flag("blank", "leave the flash blank: the card is in recovery mode",
        "firmware with boot ROM");
    private static final Opt AT = Opt.value("at", "N",
        "when: n-th operation, access, command or program from now; lock-held: end in microseconds", "1");
    private static final Opt COUNT = Opt.value("count", "N", "how often; 0 = for ever", "0");
    private static final Opt VALUE = Opt.value("value", "N",
        "wrong-bit: bit in the page; lock-held: register; protection: status byte; unknown-chip: JEDEC id; "
        + "hcr-status, nv-status: status", "0");
    private static final Opt SEED = Opt.value("seed", "N", "makes torn content repeatable", "0");
    private static final Opt BUSY = Opt.value("busy-reads", "N", "reads that show busy after each gateway command",
        "as it is");
    private static final Opt SET = Opt.value("set", "NAME=VALUE,...", "options of the virtual card; cx3 sim info names "
        + "them; switches are on or off", "as they are");
    private static final Opt MAXIMUM = Opt.flag("max", "maximum chip times of the data sheet", "typical times");

    private static final long MAX_VALUE = 0xffff_ffffL;

    @Override
    public Spec spec() {
        return new Spec("sim", "ACTION FILE [ARGUMENT] [OPTIONS]", List.of(
            "Makes and handles virtual cards. A virtual card is one file; every command takes it as -d sim:FILE.",
            "",
            "  create FILE            make a card with firmware, VPD, GUIDs and MACs (--model --chip --size --banks)",
            "  info FILE              what it is and what state it is in",
            "  power-cycle FILE       power off and on; ends a power cut",
            "  reset FILE             chip reset",
            "  fault FILE KIND        break it on schedule (--at --count --value --seed); kinds: none, "
                + "power-cut-at-op,",
            "                         power-cut-at-access, stuck-gateway, stuck-chip, wrong-bit, lock-held, "
                + "protection,",
            "                         no-chip, unknown-chip, cr-locked, all-ones, stuck-hcr, hcr-status, nv-status,",
            "                         old-payload",
            "  boot-policy FILE lowest|highest   which of two valid images starts (not known for real cards)",
            "  timing FILE            --busy-reads N, --max, --set reset-ms=500,held-read-streams=off",
            "  reset-counters FILE    counters of accesses to 0"),
            List.of(MODEL, CHIP, SIZE, BANKS, BLANK, AT, COUNT, VALUE, SEED, BUSY, MAXIMUM, SET, Opt.JSON), 2, 3,
            List.of("cx3 sim create card.sim --model hp-764285-b21", "cx3 sim info card.sim --json",
                "cx3 sim fault card.sim power-cut-at-op --at 5 --seed 7"));
    }

    @Override
    public int run(Request request) throws Exception {
        String action = request.arguments().get(0);
        String name = request.arguments().get(1);
        Path file = request.streams().resolve(name.startsWith("sim:") ? name.substring(4) : name);
        boolean takesWord = action.equals("fault") || action.equals("boot-policy");
        if (takesWord != (request.arguments().size() == 3)) {
            throw CliException.usage("wrong number of words after cx3 sim " + action, "cx3 sim --help shows them");
        }
        switch (action) {
            case "create":
                create(request, name, file);
                break;
            case "info":
                break;
            case "power-cycle":
                VirtualCard.powerCycle(file);
                break;
            case "reset":
                VirtualCard.chipReset(file);
                break;
            case "fault":
                VirtualCard.setFault(file, fault(request));
                break;
            case "boot-policy":
                VirtualCard.setBootPolicy(file, policy(request.arguments().get(2)));
                break;
            case "timing":
                Map<VirtualCard.Option, Long> options = options(request.value(SET, ""));
                VirtualCard.setTiming(file, (int) Math.min(Integer.MAX_VALUE,
                    request.number(BUSY, VirtualCard.state(file).gatewayBusyReads())), request.has(MAXIMUM));
                VirtualCard.setOptions(file, options);
                break;
            case "reset-counters":
                VirtualCard.resetCounters(file);
                break;
            default:
                throw CliException.usage("unknown action \"" + action + "\" of cx3 sim",
                    Nearest.hint(action, ACTIONS, "one of " + String.join(", ", ACTIONS)));
        }
        show(request, name, action, VirtualCard.state(file));
        return ExitCode.DONE;
    }

    private static void show(Request request, String name, String action, VirtualCard.State state) {
        if (request.json()) {
            Json.print(request.out(), SimText.map(state));
        } else if (action.equals("info")) {
            SimText.print(request.out(), name, state);
        } else {
            SimText.line(request.out(), name, state);
        }
    }

    private static void create(Request request, String name, Path file) throws Exception {
        String wanted = request.value(MODEL, CardModel.HP_764285_B21.modelName());
        Optional<CardModel> model = CardModel.byName(wanted);
        if (model.isEmpty()) {
            throw CliException.usage("unknown model \"" + wanted + "\"",
                Nearest.hint(wanted, CardModel.names(), "one of " + String.join(", ", CardModel.names())));
        }
        VirtualCardOptions options = VirtualCardOptions.of(model.get());
        if (request.has(CHIP)) {
            options = options.withChip(chip(request.value(CHIP, "")));
        }
        options = options.withBankSize(request.number(SIZE, 0))
            .withBanks((int) Math.min(Integer.MAX_VALUE, request.number(BANKS, 1)));
        if (request.has(BLANK)) {
            options = options.withImage(Optional.empty());
        }
        try {
            VirtualCards.create(file, options);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("cannot make " + name + ": " + e.getMessage(), "cx3 sim --help");
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw CliException.failed(name + " exists already", "a virtual card is never overwritten: remove it or "
                + "choose another name");
        }
    }

    private static String chip(String wanted) throws CliException, DeviceException {
        List<String> names = VirtualCard.chipNames();
        for (String name : names) {
            if (name.equalsIgnoreCase(wanted)) {
                return name;
            }
        }
        throw CliException.usage("unknown chip \"" + wanted + "\"",
            Nearest.hint(wanted, names, "one of " + String.join(", ", names)));
    }

    private static VirtualCard.Fault fault(Request request) throws CliException {
        String word = request.arguments().get(2);
        long value = request.number(VALUE, 0);
        if (value > MAX_VALUE) {
            throw CliException.usage("--value does not fit 32 bits: 0x" + Long.toHexString(value), "up to 0xffffffff");
        }
        List<String> names = new ArrayList<>();
        for (VirtualCard.FaultKind kind : VirtualCard.FaultKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(word)) {
                return new VirtualCard.Fault(kind, request.number(AT, kind == VirtualCard.FaultKind.LOCK_HELD ? 0 : 1),
                    request.number(COUNT, 0), (int) value, request.number(SEED, 0));
            }
            names.add(name);
        }
        throw CliException.usage("unknown fault \"" + word + "\"",
            Nearest.hint(word, names, "one of " + String.join(", ", names)));
    }

    private static Map<VirtualCard.Option, Long> options(String text) throws CliException {
        Map<VirtualCard.Option, Long> options = new EnumMap<>(VirtualCard.Option.class);
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int sign = pair.indexOf('=');
            String name = sign < 0 ? pair : pair.substring(0, sign);
            List<String> names = SimText.optionNames();
            if (sign < 0 || !names.contains(name)) {
                throw CliException.usage("--set does not know \"" + pair + "\"",
                    Nearest.hint(name, names, "NAME=VALUE with one of " + String.join(", ", names)));
            }
            VirtualCard.Option option = VirtualCard.Option.values()[names.indexOf(name)];
            options.put(option, optionValue(option, name, pair.substring(sign + 1)));
        }
        return options;
    }

    private static long optionValue(VirtualCard.Option option, String name, String word) throws CliException {
        if (!option.isSwitch()) {
            return Math.min(Integer.MAX_VALUE, Request.number(word, "--set " + name));
        }
        if (!word.equals("on") && !word.equals("off")) {
            throw CliException.usage("--set " + name + " is a switch, not \"" + word + "\"", "on or off");
        }
        return word.equals("on") ? 1 : 0;
    }

    private static VirtualCard.BootPolicy policy(String word) throws CliException {
        return switch (word) {
            case "lowest" -> VirtualCard.BootPolicy.LOWEST;
            case "highest" -> VirtualCard.BootPolicy.HIGHEST;
            default -> throw CliException.usage("unknown boot policy \"" + word + "\"", "lowest or highest");
        };
    }
}
