// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.output.DiagnosisText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.doctor.Diagnosis;
import org.cx3tools.doctor.Doctor;
import org.cx3tools.doctor.FindingClass;
import org.cx3tools.doctor.KernelLog;
import org.cx3tools.doctor.Signs;

/** {@code cx3 doctor}. */
final class DoctorCommand implements Command {
    private static final Opt DEVICE = new Opt(Opt.DEVICE.letter(), Opt.DEVICE.name(), Opt.DEVICE.argument(),
        Opt.DEVICE.meaning(), "all cards of this machine");
    private static final Opt LOG = Opt.value("kernel-log", "FILE",
        "kernel log to read: output of dmesg or journalctl -k, also of another machine", "that of this machine");
    private static final Opt NO_CARD = Opt.flag("no-card", "do not touch registers and flash of the card", "read them if allowed");

    @Override
    public Spec spec() {
        return new Spec("doctor", "[-d DEVICE] [--kernel-log FILE] [--no-card] [--json]", List.of(
            "Finds out why a card does not work, and says what to do: reads what the kernel shows of it, the kernel log, and,",
            "if that is allowed, locks and images of the card. Changes nothing.",
            "The exit code tells the most important finding: 0 nothing found, 10 only hints (link, PSID, a burnt image that",
            "does not run yet), 11 firmware, flash or recovery mode, 12 resources of the main board (SR-IOV, BARs), 13 driver, 14 locks",
            "left behind or held, 15 no way to the card (not found, off the bus, decoding off, lockdown, registers locked);",
            "3 nothing found, but without privilege most was not looked at; 1 the examination itself failed."),
            List.of(DEVICE, LOG, NO_CARD, Opt.JSON), 0, 0,
            List.of("cx3 doctor -d 23:00.0", "cx3 doctor -d 23:00.0 --kernel-log dmesg.txt --json"));
    }

    @Override
    public int run(Request request) throws Exception {
        Signals.install();
        List<Diagnosis> diagnoses = examine(request);
        int code = exitCode(diagnoses);
        if (request.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("exitCode", code);
            List<Object> cards = new ArrayList<>();
            diagnoses.forEach(diagnosis -> cards.add(DiagnosisText.map(diagnosis)));
            map.put("cards", cards);
            Json.print(request.out(), map);
        } else if (diagnoses.isEmpty()) {
            DiagnosisText.noCard(request.out());
        } else {
            diagnoses.forEach(diagnosis -> DiagnosisText.print(request.out(), diagnosis));
        }
        return code;
    }

    /** The log of this machine says nothing about a card that is a file. */
    private static Doctor doctor(Request request, boolean ofThisMachine) throws IOException {
        String file = request.value(LOG, "");
        Optional<KernelLog> log = request.has(LOG) ? Optional.of(KernelLog.of(request.streams().resolve(file)).named(file))
            : ofThisMachine ? KernelLog.ofThisMachine() : Optional.empty();
        return new Doctor(Optional.empty(), log, !request.has(NO_CARD));
    }

    private static List<Diagnosis> examine(Request request) throws CliException, DeviceException, IOException {
        if (!request.has(Opt.DEVICE)) {
            Doctor doctor = doctor(request, true);
            List<Diagnosis> all = new ArrayList<>();
            for (CardInfo card : Devices.list()) {
                all.add(doctor.examine(card));
            }
            return all;
        }
        String name = request.value(Opt.DEVICE, "");
        DeviceAddress address = DeviceAddress.parse(request.streams().resolveDevice(name));
        Optional<String> function = function(address);
        Doctor doctor = doctor(request, function.isPresent());
        if (function.isEmpty()) {
            return List.of(doctor.examine(address, name));
        }
        for (CardInfo card : Devices.list()) {
            if (card.name().equals(function.get())) {
                return List.of(doctor.examine(card));
            }
        }
        throw CliException.failed("no ConnectX-3 card at " + function.get(), "cx3 list shows the cards of this machine");
    }

    /** Address of a card of this machine; empty for virtual cards and files. */
    private static Optional<String> function(DeviceAddress address) throws DeviceException {
        if (address instanceof DeviceAddress.Pci pci) {
            return Optional.of(pci.function().toString());
        }
        if (address instanceof DeviceAddress.PciConfig pci) {
            return Optional.of(pci.function().toString());
        }
        if (address instanceof DeviceAddress.StockName stock) {
            Path link = stock.name().startsWith("/") ? Path.of(stock.name()).getParent()
                : Path.of("/sys/class/infiniband", stock.name(), "device");
            try {
                return Optional.of(link.toRealPath().getFileName().toString());
            } catch (IOException e) {
                throw new DeviceException(DeviceCause.NOT_FOUND, stock.name() + ": no such device");
            }
        }
        return Optional.empty();
    }

    private static int exitCode(List<Diagnosis> diagnoses) {
        if (diagnoses.isEmpty()) {
            return FindingClass.ACCESS.exitCode();
        }
        int code = ExitCode.DONE;
        for (Diagnosis diagnosis : diagnoses) {
            int one = diagnosis.worst().map(finding -> finding.kind().findingClass().exitCode()).orElse(
                unprivileged(diagnosis) ? ExitCode.PREREQUISITE : ExitCode.DONE);
            code = weight(one) > weight(code) ? one : code;
        }
        return code;
    }

    private static boolean unprivileged(Diagnosis diagnosis) {
        return diagnosis.signs().refused().flatMap(Signs.Refusal::cause).filter(DeviceCause.NOT_ROOT::equals).isPresent();
    }

    /** Of several cards, real trouble counts more than a hint, and a hint more than what was not seen. */
    private static int weight(int code) {
        return code > FindingClass.HINT.exitCode() ? 3 : code == FindingClass.HINT.exitCode() ? 2 : code == ExitCode.DONE ? 0 : 1;
    }
}
