// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.flash.FlashPhase;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageLocator;

/** One burn on its way. */
final class BurnRun {
    private static final int SIGNATURE = 16;
    private static final int MAX_ROUNDS = 3;

    /** How far the burn has come, for the word about what boots. */
    private enum Stage { UNTOUCHED, BODY, SIGNED, DONE }

    private final BurnPlan plan;
    private final FlashPort flash;
    private final Burner.BootAddress boot;
    private final BurnListener listener;
    private Fs2Image image;
    private byte[] body;
    private Stage stage = Stage.UNTOUCHED;
    private int signed;

    BurnRun(BurnPlan plan, FlashPort flash, Burner.BootAddress boot, BurnListener listener) {
        this.plan = plan;
        this.flash = flash;
        this.boot = boot;
        this.listener = listener;
    }

    /** The bytes to write for an image; kept for the next step of the same one. */
    private byte[] body(Fs2Image of) {
        if (image != of) {
            image = of;
            body = of.bytes().toArray();
            // The place of the signature has to be blank, or the signature could not be programmed.
            Arrays.fill(body, 0, SIGNATURE, (byte) 0xff);
        }
        return body;
    }

    void run() throws BurnException {
        for (BurnStep step : plan.steps()) {
            listener.stepStarted(step);
            try {
                if (!listener.progress(step, 0, total(step))) {
                    throw new DeviceException(DeviceCause.CANCELLED, "stopped on request");
                }
                perform(step);
            } catch (DeviceException e) {
                throw failed(step, e);
            }
            listener.stepFinished(step);
        }
        stage = Stage.DONE;
    }

    private static long total(BurnStep step) {
        if (step instanceof BurnStep.WriteBody write) {
            return write.length();
        }
        if (step instanceof BurnStep.VerifySlot verify) {
            return verify.ranges().stream().mapToLong(BurnStep.Range::length).sum();
        }
        if (step instanceof BurnStep.VerifyHead head) {
            return head.head().length();
        }
        if (step instanceof BurnStep.VerifyAgain again) {
            return again.image().size();
        }
        if (step instanceof BurnStep.WriteAreas settings) {
            return settings.areas().stream().mapToLong(area -> area.content().length()).sum();
        }
        return step instanceof BurnStep.WriteSignature ? SIGNATURE : 4;
    }

    private void perform(BurnStep step) throws BurnException, DeviceException {
        if (step instanceof BurnStep.Invalidate invalidate) {
            invalidate(invalidate.start());
        } else if (step instanceof BurnStep.WriteBody write) {
            stage = stage == Stage.UNTOUCHED ? Stage.BODY : stage;
            body(write.image());
            write(write);
        } else if (step instanceof BurnStep.VerifySlot verify) {
            body(verify.image());
            verify(verify);
        } else if (step instanceof BurnStep.WriteSignature signature) {
            flash.program(signature.start(), ImageLocator.MAGIC.toArray(), 0, SIGNATURE,
                    Progress.NONE);
            signed++;
            stage = Stage.SIGNED;
        } else if (step instanceof BurnStep.VerifyHead head) {
            verifyHead(head);
        } else if (step instanceof BurnStep.VerifyAgain again) {
            verifyAgain(again);
        } else if (step instanceof BurnStep.SetBootAddress address) {
            setBootAddress(address);
        } else if (step instanceof BurnStep.WriteAreas settings) {
            move(settings);
        }
        listener.progress(step, total(step), total(step));
    }

    private void invalidate(long start) throws DeviceException {
        flash.program(start, new byte[4], 0, 4, Progress.NONE);
    }

    private void write(BurnStep.WriteBody step) throws DeviceException {
        long done = 0;
        for (BurnStep.Range range : step.ranges()) {
            flash.write(range.physical(), body, (int) range.logical(), range.length(), true,
                    part(step, done, FlashPhase.PROGRAM));
            done += range.length();
        }
    }

    /** Progress of a part of a step; phases that are not counted may still stop it. */
    private Progress part(BurnStep step, long before, FlashPhase counted) {
        long total = total(step);
        long[] most = {before};
        return (phase, done, all) -> {
            if (phase == counted) {
                most[0] = Math.max(most[0], before + done);
            }
            return listener.progress(step, Math.min(most[0], total), total);
        };
    }

    private void verify(BurnStep.VerifySlot step) throws BurnException, DeviceException {
        byte[] there = new byte[body.length];
        List<BurnStep.Range> ranges = step.ranges();
        boolean signed = false;
        for (int round = 0; ; round++) {
            long done = round == 0 ? 0 : total(step);
            List<BurnStep.Range> bad = new ArrayList<>();
            for (BurnStep.Range range : ranges) {
                flash.read(range.physical(), there, (int) range.logical(), range.length(),
                        part(step, done, FlashPhase.READ));
                done = Math.min(total(step), done + range.length());
                signed |= isSigned(range, there);
                if (!Arrays.equals(there, (int) range.logical(), logicalEnd(range), body,
                        (int) range.logical(), logicalEnd(range))) {
                    bad.add(range);
                }
            }
            if (bad.isEmpty()) {
                break;
            }
            // An image that boots already is not repaired in place: that would take its signature first.
            if (round == MAX_ROUNDS || signed) {
                throw mismatch(bad.get(0), there, round);
            }
            rewrite(bad, there);
            ranges = bad;
        }
        judge(there);
    }

    /** Whether the signature is there already; taken out, as it is out of what is compared. */
    private static boolean isSigned(BurnStep.Range range, byte[] there) {
        Bytes magic = ImageLocator.MAGIC;
        if (range.logical() != 0 || !Bytes.of(there, 0, SIGNATURE).equals(magic)) {
            return false;
        }
        Arrays.fill(there, 0, SIGNATURE, (byte) 0xff);
        return true;
    }

    private static int logicalEnd(BurnStep.Range range) {
        return (int) range.logical() + range.length();
    }

    private void rewrite(List<BurnStep.Range> bad, byte[] there) throws DeviceException {
        for (BurnStep.Range range : bad) {
            int at = (int) range.logical();
            while (at < logicalEnd(range)) {
                long physical = range.physical() + at - range.logical();
                int length = (int) Math.min(FlashInfo.PAGE - physical % FlashInfo.PAGE,
                        logicalEnd(range) - at);
                if (!Arrays.equals(there, at, at + length, body, at, at + length)) {
                    listener.warning(String.format("The page at flash address 0x%x differs from"
                            + " what was written; it is written again.", physical));
                    flash.write(physical, body, at, length, false, Progress.NONE);
                }
                at += length;
            }
        }
    }

    private BurnException mismatch(BurnStep.Range range, byte[] there, int rounds) {
        int at = (int) range.logical();
        int bad = at + Arrays.mismatch(there, at, logicalEnd(range), body, at,
                logicalEnd(range));
        return new BurnException(new BurnFailure.VerifyFailed(
                range.physical() + bad - range.logical(), body[bad] & 0xff, there[bad] & 0xff,
                rounds, state()));
    }

    /** Verifies what was read back as an image; only its signature is put in. */
    private void judge(byte[] there) throws BurnException {
        ImageLocator.MAGIC.copyTo(0, there, 0, SIGNATURE);
        List<String> problems;
        try {
            problems = Judge.problems(Fs2Image.parse(Bytes.of(there)));
        } catch (FormatException e) {
            problems = List.of(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new BurnException(new BurnFailure.BadImage(problems));
        }
    }

    private void verifyHead(BurnStep.VerifyHead step) throws DeviceException {
        byte[] head = step.head().toArray();
        try {
            flash.verify(step.start(), head, 0, head.length, Progress.NONE);
        } catch (DeviceException e) {
            throw unsigned(step.start(), e);
        }
    }

    private void verifyAgain(BurnStep.VerifyAgain step) throws DeviceException {
        byte[] all = step.image().bytes().toArray();
        long done = 0;
        for (BurnStep.Range range : step.ranges()) {
            try {
                verifyTwice(range, all, part(step, done, FlashPhase.VERIFY));
            } catch (DeviceException e) {
                throw unsigned(step.ranges().get(0).physical(), e);
            }
            done += range.length();
        }
    }

    /** What was good a moment ago and differs now may be a fault of the bus. */
    private void verifyTwice(BurnStep.Range range, byte[] all, Progress progress) throws DeviceException {
        try {
            flash.verify(range.physical(), all, (int) range.logical(), range.length(), progress);
        } catch (DeviceException e) {
            if (e.reason() != DeviceCause.VERIFY_FAILED) {
                throw e;
            }
            flash.verify(range.physical(), all, (int) range.logical(), range.length(), Progress.NONE);
        }
    }

    /** A signature over a damaged image must not stay. */
    private DeviceException unsigned(long start, DeviceException failure) throws DeviceException {
        if (failure.reason() == DeviceCause.VERIFY_FAILED) {
            invalidate(start);
            signed--;
            stage = signed == 0 ? Stage.BODY : Stage.SIGNED;
        }
        return failure;
    }

    private void move(BurnStep.WriteAreas step) throws DeviceException {
        for (BurnStep.WriteAreas.Area area : step.areas()) {
            byte[] content = area.content().toArray();
            flash.write(area.physical(), content, 0, content.length, false, Progress.NONE);
        }
    }

    private void setBootAddress(BurnStep.SetBootAddress step) throws DeviceException {
        try {
            boot.set(step.start());
        } catch (DeviceException e) {
            if (e.reason() == DeviceCause.CANCELLED || e.reason() == DeviceCause.POWER_CUT) {
                throw e;
            }
            listener.warning("Failed to update FW boot address. Power cycle the device in order"
                    + " to load the new FW. (" + e.getMessage() + ")");
        }
    }

    private BurnException failed(BurnStep step, DeviceException e) {
        boolean cancelled = e.reason() == DeviceCause.CANCELLED;
        if (e.reason() == DeviceCause.VERIFY_FAILED && e.address().isPresent()) {
            return new BurnException(new BurnFailure.VerifyFailed(e.address().getAsLong(),
                    (int) e.expected().orElse(0), (int) e.found().orElse(0), MAX_ROUNDS,
                    state()), e);
        }
        String advice = e.advice().isEmpty() ? "burn again to finish" : e.advice()
                + "; then burn again to finish";
        return new BurnException(new BurnFailure.Interrupted(step.text(), decapitalized(e),
                cancelled, state(), advice), e);
    }

    private static String decapitalized(DeviceException e) {
        String text = e.getMessage();
        return text.isEmpty() ? text
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private String state() {
        if (stage == Stage.SIGNED) {
            return "The new image is complete and boots"
                    + (plan.onlyPlace() ? "; the old one may not be invalidated yet."
                    : ", if not from where it belongs yet.");
        }
        if (plan.danger().isPresent()) {
            return "The card has no image that boots now: do not switch it off, burn again.";
        }
        if (stage == Stage.UNTOUCHED) {
            return "What boots was not changed.";
        }
        return plan.signatures().isEmpty() ? "The flash held no image before and holds none now."
                : "The old image was not touched and still boots.";
    }
}
