// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.List;

/** {@code cx3 drop-rom}: {@code cx3 rom remove} by its plain name. */
final class DropRomCommand implements Command {
    @Override
    public Spec spec() {
        List<Opt> options = new ArrayList<>(EditTarget.OPTIONS);
        options.add(RomCommand.ALLOW);
        return new Spec("drop-rom", "-d DEVICE | -i FILE [-o FILE]  [--allow-rom-change] [--plan] [-y]", List.of(
            "Removes the boot ROM (PXE, UEFI) from an image, which makes the machine start faster. The image of a card is",
            "rebuilt without it and burnt like any other. cx3 rom extract saves the ROM before, cx3 rom remove --part takes",
            "one part out."),
            options, 0, 0, List.of("cx3 drop-rom -d 23:00.0 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        return RomCommand.remove(request);
    }
}
