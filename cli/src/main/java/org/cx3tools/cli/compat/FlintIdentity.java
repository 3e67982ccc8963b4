// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Optional;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.Fs2Image;

/** The commands {@code sg} and {@code sv}: who the card is (fs2-image 7.10 and 7.11). */
final class FlintIdentity {
    private static final String SETTING_VSD = "Setting the VSD      - ";

    private FlintIdentity() {
    }

    static int setGuids(FlintSession session) {
        if (!session.check("sg", 0, 1, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        boolean noCrc = session.parameter().equals("nocrc");
        if (!noCrc && !session.parameter().isEmpty()) {
            return session.error("The sg parameter should be \"nocrc\", \"guids_num=<num> step_size=<size>\""
                + " or nothing");
        }
        Optional<String> uid = FlintNumbers.uidProblem(session, "sg");
        if (uid.isPresent()) {
            return session.error(uid.get());
        }
        try {
            return setGuids(session, FlintNumbers.options(session), noCrc);
        } catch (CliException e) {
            return session.error(e.getMessage() + " ");
        }
    }

    private static int setGuids(FlintSession session, BurnOptions given, boolean noCrc) {
        if (given.guids().isEmpty() && given.macs().isEmpty()) {
            return session.error("For sg command, Please specify GUIDs / MACs / UID (using command line flags"
                + " -guid(s) / -mac(s) / -uid).");
        }
        if (noCrc) {
            session.out().line("-W- The CRCs are written all the same: nocrc has no effect.");
        }
        return FlintEditable.edit(session, why -> session.error("Cannot set GUIDs: " + why),
            image -> setGuids(session, image, given));
    }

    private static int setGuids(FlintSession session, FlintEditable target, BurnOptions given)
            throws BurnException, DeviceException, FlintImage.Bad {
        Fs2Image image = target.read();
        Fs2Image changed = ImageChanges.withIdentity(image, given.guids(), given.macs());
        boolean firstOnCard = session.onDevice() && image.hasBlankGuids();
        if (session.onDevice() && !firstOnCard) {
            session.out().line("-W- GUIDs are already set, re-burning image with the new GUIDs ...");
        }
        if (!firstOnCard && !FlintQuestions.agreed(session,
                new BurnQuestion.IdentityChange(changed.guids().orElseThrow(), image.guids()),
                session.onDevice() ? "device" : "image")) {
            return ExitCode.FAILED;
        }
        boolean bodyShown = session.onDevice() && !firstOnCard;
        return target.replace(changed, new FlintProgress(session, bodyShown ? FlintBurn.BURNING : "",
            FlintBurn.RESTORING));
    }

    /** There is one set of GUIDs in an FS2 image; the vendor's engine says no more than that it refuses. */
    static int setManufactureGuids(FlintSession session) {
        if (!session.check("smg", 0, 1, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        return session.error("Cannot set manufacture GUIDs: This command is not supported for FS2 FW image. It holds one"
            + " set of GUIDs and MACs, which sg sets.");
    }

    static int setVsd(FlintSession session) {
        if (!session.check("sv", 0, 0, "", FlintSession.Target.EITHER)) {
            return ExitCode.FAILED;
        }
        if (!session.has(FlintOption.VSD)) {
            return session.error("For sv command, Please specify \"-vsd\".");
        }
        return FlintEditable.edit(session, why -> session.error("Failed to set the VSD: " + why),
            image -> image.replace(ImageChanges.withVsd(image.read(), session.arguments().value(FlintOption.VSD)),
                new FlintProgress(session, session.onDevice() ? SETTING_VSD : "", FlintRom.RESTORING)));
    }
}
