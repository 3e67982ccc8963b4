// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Optional;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.Progress;

/** The command {@code image_reactivate}, which the vendor's tool has for newer cards only: the other slot boots again. */
final class FlintReactivate {
    private static final String FAILED = "Failed to execute image reactivation on device ";

    private FlintReactivate() {
    }

    static int run(FlintSession session) {
        if (!session.check("image_reactivate", 0, 0, "", FlintSession.Target.DEVICE)) {
            return ExitCode.FAILED;
        }
        Optional<Device> opened = FlintTarget.device(session);
        if (opened.isEmpty()) {
            return ExitCode.FAILED;
        }
        try (Device device = opened.get()) {
            BurnPlan plan = RecoveryPlans.activateOther(FlashContent.whole(device.flash(), Progress.NONE));
            for (BurnQuestion question : plan.questions()) {
                if (!FlintQuestions.agreed(session, question, "device")) {
                    return ExitCode.FAILED;
                }
            }
            GuardedBurn.execute(plan.dangerous() ? plan.withConsent() : plan, device, Optional.empty(), session.streams().state(),
                new FlintProgress(session, "", FlintBurn.RESTORING));
            session.out().line("-I- Firmware " + plan.newVersion().map(Object::toString).orElse("of unknown version")
                + " at 0x" + Long.toHexString(plan.start()) + " boots after a reset.");
            return ExitCode.DONE;
        } catch (BurnException e) {
            return session.error(FAILED + session.device() + ". Error: " + e.failure().message() + "; "
                + e.failure().advice());
        } catch (DeviceException e) {
            return session.error(FAILED + session.device() + ". Error: " + FlintTarget.text(e));
        }
    }
}
