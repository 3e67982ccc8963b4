// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.burn.FlashEdit;
import org.cx3tools.burn.ImageChanges;

/** {@code cx3 drop-rom}. */
final class DropRomCommand implements Command {
    private static final Opt ALLOW = Opt.flag("allow-rom-change",
        "remove it although the image has a product version common to firmware and ROM", "refuse");

    @Override
    public Spec spec() {
        return new Spec("drop-rom", "-d DEVICE [--allow-rom-change] [--nofs] [--plan] [-y]", List.of(
            "Removes the boot ROM (PXE, UEFI) from the image of a card, which makes the machine start faster. The image",
            "is rebuilt without it and burnt like any other. Keep a backup (cx3 read) if you may want it back."),
            List.of(Opt.DEVICE, ALLOW, Burning.NOFS, Burning.PLAN,
                Burning.REHEARSE, Burning.NO_BACKUP, ChangeTarget.UNBIND, ChangeTarget.BESIDE,
                Opt.YES, Opt.JSON), 0, 0, List.of("cx3 drop-rom -d 23:00.0 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (ChangeTarget target = ChangeTarget.open(request, request.has(Burning.PLAN))) {
            Burning burning = Burning.on(request, target.device());
            FlashEdit edit = FlashEdit.of(burning.content(), target.device().card());
            return burning.carryOut("the image of the card without ROM",
                edit.plan(ImageChanges.withoutRom(edit.image(), request.has(ALLOW))));
        }
    }
}
