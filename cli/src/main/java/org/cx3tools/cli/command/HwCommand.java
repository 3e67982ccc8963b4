// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Consent;
import org.cx3tools.cli.output.FlashText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.device.Device;
import org.cx3tools.device.LockState;

/** {@code cx3 hw}. */
final class HwCommand implements Command {
    private static final Opt CLEAR = Opt.flag("clear-semaphore",
        "free both flash locks, whoever holds them; only when no other tool is at work", "leave them");

    @Override
    public Spec spec() {
        return new Spec("hw", "-d DEVICE [--json] [--clear-semaphore [-y]]", List.of(
            "Shows the chip, the flash with its write protection, and the state of the two flash locks.",
            "The locks are given back by every command of ours, also after an error or a signal; a tool that was",
            "killed may leave them behind. Clearing them while another tool writes can destroy the firmware."),
            List.of(Opt.DEVICE, CLEAR, Opt.YES, Opt.JSON), 0, 0,
            List.of("cx3 hw -d 23:00.0", "cx3 hw -d 23:00.0 --clear-semaphore -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (Device device = request.has(CLEAR) ? Targets.device(request) : Targets.reading(request)) {
            LockState locks = device.lockState();
            if (request.has(CLEAR)) {
                return clear(request, device, locks);
            }
            if (!locks.free()) {
                if (request.json()) {
                    Json.print(request.out(), FlashText.map(device.card(), Optional.empty(), locks));
                } else {
                    FlashText.locks(request.out(), locks);
                }
                throw CliException.failed("a flash lock is held, so the flash is not touched",
                    "stop other flash tools; when none is alive: cx3 hw -d " + request.value(Opt.DEVICE, "")
                    + " --clear-semaphore");
            }
            if (request.json()) {
                Json.print(request.out(), FlashText.map(device.card(), Optional.of(device.flash().info()), locks));
            } else {
                FlashText.print(request.out(), device.card(), device.flash().info(), locks);
            }
            return ExitCode.DONE;
        }
    }

    private static int clear(Request request, Device device, LockState locks) throws Exception {
        FlashText.locks(request.out(), locks);
        Consent consent = new Consent(request.streams(), request.has(Opt.YES));
        if (!consent.ask("Free the flash locks of this card, although their owner may be at work")) {
            throw CliException.failed("nothing was changed", "");
        }
        device.clearSemaphores();
        // A tool that died in the middle of a page leaves the chip selected, and the next one, stock above all, would not
        // recognise it; opening the flash ends that.
        request.out().line("Locks freed; the flash answers (" + device.flash().info().type() + ").");
        return ExitCode.DONE;
    }
}
