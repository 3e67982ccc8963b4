// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.Optional;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;

/**
 * A burn, decided but not done: a value that can be shown, compared and rehearsed.
 *
 * @param image the image as it will be on flash, GUIDs and all
 * @param slot 0 or 1
 * @param start flash address of its first byte
 * @param failsafe whether an intact image is on the flash at every moment
 * @param danger between which steps nothing can boot; empty when failsafe
 * @param settingsRisk when the settings of the firmware could be lost; empty when they cannot
 * @param consent whether the operator agreed to the danger
 * @param steps what is done, in order
 * @param carried what is kept and where it comes from
 * @param limit bytes an image may have in this slot
 * @param currentVersion firmware on flash, when it can be read
 * @param newVersion firmware of the image
 * @param currentPsid PSID on flash, when it can be read
 * @param newPsid PSID of the image
 * @param signatures addresses of all signatures that were on the flash when this was planned
 * @param notes what the operator should know, a sentence each
 * @param questions what the operator has to agree to, in order
 */
public record BurnPlan(
        Fs2Image image,
        int slot,
        long start,
        boolean failsafe,
        Optional<String> danger,
        Optional<String> settingsRisk,
        boolean consent,
        List<BurnStep> steps,
        CarryOver carried,
        long limit,
        Optional<FirmwareVersion> currentVersion,
        Optional<FirmwareVersion> newVersion,
        Optional<String> currentPsid,
        Optional<String> newPsid,
        List<Long> signatures,
        List<String> notes,
        List<BurnQuestion> questions) {

    /** Keeps copies of the lists. */
    public BurnPlan {
        steps = List.copyOf(steps);
        signatures = List.copyOf(signatures);
        notes = List.copyOf(notes);
        questions = List.copyOf(questions);
    }

    /**
     * Decides how to burn an image.
     *
     * @param image the image as given; bytes behind its end are left out
     * @param flash what the flash holds, read with its ROM if the image has none, and read whole if
     *     the image lies on flash in another way than the one that is there, or is not failsafe
     * @param options what the operator asked for
     * @param card the card, for hardware ids
     * @throws BurnException when a check fails; nothing was changed
     */
    public static BurnPlan make(Fs2Image image, FlashContent flash, BurnOptions options,
            CardInfo card) throws BurnException {
        return new Planner(image.trimmed(), flash, options, card).plan();
    }

    /**
     * Reads what has to be known from a device and decides how to burn an image onto it.
     *
     * @param device the card
     * @param image the image as given
     * @param options what the operator asked for
     * @throws BurnException when a check fails; nothing was changed
     * @throws DeviceException when the flash cannot be read
     */
    public static BurnPlan make(Device device, Fs2Image image,
            BurnOptions options)
            throws BurnException, DeviceException {
        return make(device.flash(), image, options, device.card());
    }

    /** The same for a flash. */
    static BurnPlan make(FlashPort port, Fs2Image image, BurnOptions options, CardInfo card)
            throws BurnException, DeviceException {
        boolean romOfFlash = !options.has(BurnOptions.Choice.IMAGE_ROM) && image.romPayload().isEmpty();
        FlashContent flash = FlashContent.read(port, romOfFlash, Progress.NONE);
        if (BurnRoute.needsWholeFlash(image.header().chunkMap(), flash)) {
            flash = flash.whole(port);
        }
        return make(image, flash, options, card);
    }

    /** {@return whether something may be lost when the power fails, so that consent is needed} */
    public boolean dangerous() {
        return danger.isPresent() || settingsRisk.isPresent();
    }

    /** {@return whether no image is written or invalidated, so that an interruption leaves none to be finished} */
    public boolean leavesImagesAlone() {
        return failsafe && writesNoImage();
    }

    /** {@return whether only settings are written; the chip may have to erase a part of an image with them} */
    public boolean writesNoImage() {
        return steps.stream().noneMatch(step -> step instanceof BurnStep.WriteBody
                || step instanceof BurnStep.WriteSignature || step instanceof BurnStep.Invalidate);
    }

    /** {@return whether the image goes straight to its place, without copies on the way} */
    boolean onlyPlace() {
        return steps.stream().filter(BurnStep.WriteSignature.class::isInstance).count() == 1;
    }

    /** {@return the same plan, with the danger agreed to} */
    public BurnPlan withConsent() {
        return new BurnPlan(image, slot, start, failsafe, danger, settingsRisk, true, steps, carried, limit,
                currentVersion, newVersion, currentPsid, newPsid, signatures, notes, questions);
    }

    BurnPlan withSteps(List<BurnStep> others) {
        return new BurnPlan(image, slot, start, failsafe, danger, settingsRisk, consent, others, carried, limit,
                currentVersion, newVersion, currentPsid, newPsid, signatures, notes, questions);
    }

    BurnPlan withQuestions(List<BurnQuestion> others) {
        return new BurnPlan(image, slot, start, failsafe, danger, settingsRisk, consent, steps, carried, limit,
                currentVersion, newVersion, currentPsid, newPsid, signatures, notes, others);
    }
}
