// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.backup.Backup;
import org.cx3tools.backup.Recovery;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.device.CardInfo;

/** {@code cx3 restore}. */
final class RestoreCommand implements Command {
    private static final Opt EXACT = Opt.flag("exact", "every byte of the flash, settings of the firmware included",
        "image, GUIDs and MACs");
    private static final Opt OTHER = Opt.flag("other-card",
        "although the GUIDs of the backup are not those of the card", "refuse");

    @Override
    public Spec spec() {
        return new Spec("restore", "-d DEVICE [--exact] BACKUP", List.of(
            "Puts a backup back on its card: the image with its GUIDs and MACs, vendor text and boot ROM, or every byte of",
            "the flash. An image that boots is on the card at every moment, as in a burn."),
            List.of(Opt.DEVICE, EXACT, OTHER, Burning.PLAN, Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS,
                ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES, Opt.JSON), 1, 1,
            List.of("cx3 restore -d 23:00.0 BACKUP.bin --plan", "cx3 restore -d 23:00.0 BACKUP.bin --exact"));
    }

    @Override
    public int run(Request request) throws Exception {
        FlashContent kept = Backup.open(request.streams().resolve(request.arguments().get(0))).flash();
        try (ChangeTarget target = ChangeTarget.open(request, request.has(Burning.PLAN))) {
            Burning burning = Burning.on(request, target.device());
            if (!request.has(OTHER)) {
                Recovery.requireSameCard(kept, burning.content());
            }
            CardInfo card = target.device().card();
            BurnPlan plan = request.has(EXACT) ? RecoveryPlans.restoreExactly(kept, burning.content(), card)
                : RecoveryPlans.restoreImage(kept, burning.content(), card);
            return burning.carryOut("the backup " + request.arguments().get(0), plan);
        }
    }
}
