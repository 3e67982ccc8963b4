// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import org.cx3tools.assemble.AssembleNote;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.AssembleResult;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.KeySetter;
import org.cx3tools.assemble.Unlock56g;

/** {@code cx3 unlock-56g}. */
final class UnlockCommand implements Command {
    @Override
    public Spec spec() {
        return new Spec("unlock-56g", "-i FILE [-o FILE] | -d DEVICE  [--plan] [-y]", List.of(
            "Lets both ports offer 56 Gbit/s Ethernet: sets ability and enable of 56GBASE-KR4 and 40GBASE-KR4 in the board",
            "file and in the registers that firmware loads, where they are not set yet. Shows what changes before it",
            "writes. Known from public listings of ConnectX-3 and ConnectX-3 Pro images; whether a cable and the other",
            "side do 56 Gbit/s is another matter. cx3 diff and cx3 inspect show what an image has."),
            EditTarget.OPTIONS, 0, 0,
            List.of("cx3 unlock-56g -i new_firmware.bin --plan", "cx3 unlock-56g -d 23:00.0 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        try (EditTarget target = EditTarget.open(request, FieldDictionary.empty())) {
            AssembleResult result = KeySetter.set(target.image(), Unlock56g.wishes(target.image()),
                AssembleOptions.defaults());
            return target.finish(result.image(), "the image of the card, unlocked",
                result.notes().stream().map(AssembleNote::text).toList());
        }
    }
}
