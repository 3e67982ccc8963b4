// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import java.util.Optional;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnFailure;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.Progress;

/** The hidden command {@code reset_cfg}: erases what firmware has stored (fs2-image 7.15, nv-config 3.5). */
final class FlintResetConfig {
    private static final List<String> WARNINGS = List.of(
        "-W- Resetting device configuration using Flint should be done as a last resort.",
        "-W- Please attempt to reset configuration via mlxconfig tool if possible.",
        "-W- Only proceed if you know what you are doing.");
    private static final String OLD = "Firmware was generated with old MFT, please use MFT-3.6.0 or above";

    private FlintResetConfig() {
    }

    static int run(FlintSession session) {
        if (!session.check("reset_cfg", 0, 0, "", FlintSession.Target.DEVICE)) {
            return ExitCode.FAILED;
        }
        Optional<Device> opened = FlintTarget.device(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        Out out = session.out();
        try (Device device = opened.get()) {
            WARNINGS.forEach(out::line);
            if (!session.ask("reset non-volatile configuration")) {
                return ExitCode.FAILED;
            }
            out.print("Resetting... ").flush();
            BurnPlan plan = RecoveryPlans.eraseSettings(FlashContent.whole(device.flash(), Progress.NONE));
            if (plan.dangerous() && !session.has(FlintOption.NOFS)) {
                return failed(session, plan.danger().or(plan::settingsRisk).orElse("") + "; add -nofs to agree");
            }
            GuardedBurn.execute(plan.dangerous() ? plan.withConsent() : plan, device, Optional.empty(),
                session.streams().state(), new FlintProgress(session, "", ""));
            out.line("SUCCESS!").newline().line("-I- Configuration were successfully reset. reboot or restart the driver is required.");
            return ExitCode.DONE;
        } catch (BurnException e) {
            return failed(session, e.failure() instanceof BurnFailure.NoSettings f && f.imageThere() ? OLD : FlintFailures.sentence(e.failure()));
        } catch (DeviceException e) {
            return failed(session, FlintTarget.text(e));
        }
    }

    private static int failed(FlintSession session, String why) {
        session.out().line("FAILED!");
        return session.error("Failed to reset Configuration. " + why);
    }
}
