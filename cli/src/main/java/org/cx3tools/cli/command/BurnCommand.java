// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.cli.CliException;
import org.cx3tools.image.Fs2Image;

/** {@code cx3 burn}. */
final class BurnCommand implements Command {
    private static final Opt PSID = Opt.flag("allow-psid-change", "burn an image with another PSID", "refuse");
    static final Opt GUID = Opt.value("guid", "HEX[,HEX,HEX,HEX]",
        "node GUID (ports and system image follow), or all four", "those of the card");
    static final Opt MAC = Opt.value("mac", "HEX[,HEX]", "MAC of port 1 (port 2 follows), or both",
        "those of the card");
    private static final Opt IMAGE_GUIDS = Opt.flag("use-image-guids", "take GUIDs and MACs of the image",
        "those of the card");
    private static final Opt VSD = Opt.value("vsd", "TEXT", "vendor text, up to 208 bytes", "the one of the card");
    private static final Opt IMAGE_PS = Opt.flag("use-image-ps", "take the vendor text of the image",
        "the one of the card");
    private static final Opt IMAGE_ROM = Opt.flag("use-image-rom", "do not keep the boot ROM of the card",
        "kept when the image has none");
    private static final Opt NO_DEVID = Opt.flag("no-devid-check", "do not compare hardware ids", "compare");

    @Override
    public Spec spec() {
        return new Spec("burn", "-d DEVICE -i FILE [OPTIONS]", List.of(
            "Puts an image on a card: into the slot that does not run, verified as a whole before its signature is",
            "written; only then the old image is invalidated. GUIDs, MACs, vendor text and, if the image has none, the",
            "boot ROM of the card are kept. Shows the plan and asks before anything is changed. The whole flash is backed",
            "up first, unless that very content was before (cx3 backup --list). Interrupted: burn again, or cx3 recover.",
            "With --json one object is printed at the end; \"burnt\" tells whether the card was changed to the new image."),
            List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, Opt.YES, Burning.PLAN, Burning.REHEARSE, Burning.NO_BACKUP, PSID,
                GUID, MAC, IMAGE_GUIDS, VSD, IMAGE_PS, IMAGE_ROM, Burning.NOFS, NO_DEVID, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.JSON), 0, 0,
            List.of("cx3 burn -d 23:00.0 -i new_firmware.bin --plan",
                "cx3 burn -d 23:00.0 -i new_firmware.bin --allow-psid-change"));
    }

    @Override
    public int run(Request request) throws Exception {
        String name = request.required(Opt.IMAGE);
        BurnOptions options = options(request);
        // What is wrong with an image is told before the card is touched; an archive may have to ask it for its PSID.
        boolean forThisCard = Images.isArchive(request, name) && !request.has(Opt.PSID);
        Optional<Fs2Image> named = forThisCard ? Optional.empty() : Optional.of(Images.file(request, name));
        try (ChangeTarget target = ChangeTarget.open(request, request.has(Burning.PLAN))) {
            Burning burning = Burning.on(request, target.device());
            Fs2Image image = named.isPresent() ? named.get()
                : Images.file(request, name, burning.content().psid());
            return burning.carryOut(name,
                BurnPlan.make(image, burning.content(), options, target.device().card()));
        }
    }

    static BurnOptions options(Request request) throws CliException {
        BurnOptions options = BurnOptions.defaults().with(BurnOptions.Choice.LAYOUT_CHANGE);
        if (request.has(IMAGE_GUIDS)) {
            if (request.has(GUID) || request.has(MAC)) {
                throw CliException.usage("--use-image-guids excludes --guid and --mac", "give one of them");
            }
            options = options.with(BurnOptions.Choice.IMAGE_GUIDS);
        }
        if (request.has(GUID)) {
            options = options.withGuids(IdentityOptions.guids(request, GUID));
        }
        if (request.has(MAC)) {
            options = options.withMacs(IdentityOptions.macs(request, MAC));
        }
        if (request.has(IMAGE_PS)) {
            if (request.has(VSD)) {
                throw CliException.usage("--use-image-ps excludes --vsd", "give one of them");
            }
            options = options.with(BurnOptions.Choice.IMAGE_PS);
        }
        if (request.has(VSD)) {
            options = options.withVsd(request.value(VSD, ""));
        }
        if (request.has(IMAGE_ROM)) {
            options = options.with(BurnOptions.Choice.IMAGE_ROM);
        }
        if (request.has(Burning.NOFS)) {
            options = options.with(BurnOptions.Choice.NOFS);
        }
        if (request.has(PSID)) {
            options = options.with(BurnOptions.Choice.PSID_CHANGE);
        }
        return request.has(NO_DEVID) ? options.with(BurnOptions.Choice.NO_DEVID_CHECK) : options;
    }
}
