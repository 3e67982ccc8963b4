// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.Fs2Image;

/**
 * A change of the image on flash: it is read and verified, changed in memory ({@link ImageChanges}),
 * and burnt like any other, so that the old image boots until the new one is complete. The vendor's
 * tool does the same, but for blank GUIDs, which it programs in place.
 */
public final class FlashEdit {
    private final FlashContent content;
    private final CardInfo card;
    private final Fs2Image image;

    private FlashEdit(FlashContent content, CardInfo card, Fs2Image image) {
        this.content = content;
        this.card = card;
        this.image = image;
    }

    /**
     * Reads the image that counts as the current one.
     *
     * @param flash the flash of the card
     * @param card the card
     * @param progress told about reading
     * @throws BurnException {@link BurnFailure.NothingToKeep} when there is none, {@link
     *     BurnFailure.DamagedPart} when it is not intact; a wrong checksum inside of its ROM is
     *     left to {@link ImageChanges}
     * @throws DeviceException when the flash cannot be read
     */
    public static FlashEdit read(FlashPort flash, CardInfo card, Progress progress)
            throws BurnException, DeviceException {
        FlashContent content = FlashContent.read(flash, false, progress);
        FlashReader.Reading reading = FlashReader.current(flash, content, progress);
        if (BurnRoute.needsWholeFlash(reading.image().header().chunkMap(), content)) {
            content = content.whole(flash);
        }
        return of(content, card, reading.image(), reading.start());
    }

    /**
     * Takes the current image of a flash that was read whole.
     *
     * @param content what it holds
     * @param card the card
     * @throws BurnException as {@link #read}
     */
    public static FlashEdit of(FlashContent content, CardInfo card) throws BurnException {
        SlotState slot = content.current().orElseThrow(() -> new BurnException(new BurnFailure.NothingToKeep("images",
                "no image that can be read is on the flash", "cx3 recover, or burn an image")));
        Fs2Image image = content.currentImage().orElseThrow(() -> new BurnException(new BurnFailure.DamagedPart(
                "section chain", slot.start(), String.join("; ", slot.problems()), "burn a good image over it")));
        return of(content, card, image, slot.start());
    }

    private static FlashEdit of(FlashContent content, CardInfo card, Fs2Image image, long start)
            throws BurnException {
        List<String> problems = Judge.problemsBesideRom(image);
        if (!problems.isEmpty()) {
            throw new BurnException(new BurnFailure.DamagedPart("whole", start, problems.get(0),
                    "burn a good image over it"));
        }
        return new FlashEdit(content, card, image);
    }

    /** {@return the image on flash, contiguous} */
    public Fs2Image image() {
        return image;
    }

    /**
     * Plans to burn the changed image. Only questions about dangers are in the plan: what is changed
     * was asked for.
     *
     * @param changed what comes out of {@link ImageChanges} for {@link #image}
     * @throws BurnException when it does not fit, or its GUIDs are blank
     */
    public BurnPlan plan(Fs2Image changed) throws BurnException {
        if (changed.hasBlankGuids()) {
            throw new BurnException(new BurnFailure.BlankGuids("flash"));
        }
        BurnOptions keepAll = BurnOptions.defaults().with(BurnOptions.Choice.IMAGE_GUIDS)
            .with(BurnOptions.Choice.IMAGE_PS).with(BurnOptions.Choice.IMAGE_ROM)
            .with(BurnOptions.Choice.PSID_CHANGE).with(BurnOptions.Choice.LAYOUT_CHANGE);
        BurnPlan plan = BurnPlan.make(changed, content, keepAll, card);
        return plan.withQuestions(plan.questions().stream()
                .filter(q -> q instanceof BurnQuestion.NotFailsafe
                        || q instanceof BurnQuestion.SettingsAtRisk).toList());
    }
}
