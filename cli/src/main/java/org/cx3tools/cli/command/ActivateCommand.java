// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.burn.RecoveryPlans;

/** {@code cx3 activate}. */
final class ActivateCommand implements Command {
    private static final Opt AT = Opt.value("at", "ADDRESS", "flash address of the image that is to boot",
        "the only other one");

    @Override
    public Spec spec() {
        return new Spec("activate", "-d DEVICE [--at ADDRESS] [--plan] [-y]", List.of(
            "Brings the image of the other slot back, the one that was there before the last burn: verifies it as a whole,",
            "gives it its signature, and takes it from the one that boots now. Works as long as nothing was written over",
            "it; cx3 inspect -d DEVICE shows both slots."),
            List.of(Opt.DEVICE, AT, Burning.PLAN, Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS,
                ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES, Opt.JSON), 0, 0,
            List.of("cx3 activate -d 23:00.0 --at 0x0 --plan"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (ChangeTarget target = ChangeTarget.open(request, request.has(Burning.PLAN))) {
            Burning burning = Burning.on(request, target.device());
            return burning.carryOut(request.has(AT) ? "the image at " + request.value(AT, "") : "the image of the other slot",
                request.has(AT)
                ? RecoveryPlans.keep(burning.content(), request.number(AT, 0))
                : RecoveryPlans.activateOther(burning.content()));
        }
    }
}
