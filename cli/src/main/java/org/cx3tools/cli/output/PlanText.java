// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.burn.BurnWork;
import org.cx3tools.burn.CarryOver;
import org.cx3tools.flash.CountingFlash;
import org.cx3tools.flash.FlashInfo;
import org.cx3tools.image.FirmwareVersion;

/** A burn plan in words. */
public final class PlanText {
    private static final int COLUMN = 20;

    private PlanText() {
    }

    /**
     * Prints a plan.
     *
     * @param out where to
     * @param image name of the image
     * @param plan the plan
     * @param work what it makes of the flash
     */
    public static void print(Out out, String image, BurnPlan plan, BurnWork work) {
        row(out, "Image", image);
        if (plan.writesNoImage()) {
            row(out, "Firmware", text(plan.currentVersion()));
        } else {
            replacing(out, plan);
        }
        row(out, "Failsafe", plan.failsafe() ? "yes: an image that boots is on the card at every moment"
            : "NO: " + plan.danger().orElse("the old image is overwritten"));
        plan.settingsRisk().ifPresent(risk -> row(out, "Settings", "AT RISK: " + risk));
        out.line("Steps:");
        for (int i = 0; i < plan.steps().size(); i++) {
            out.line("  - " + plan.steps().get(i).text() + (work.undoneUntil().equals(Optional.of(i))
                ? " (until here nothing that boots was touched; from here on cx3 recover --keep or a backup"
                + " brings it back)" : ""));
        }
        out.line("Work: " + erases(work) + ", " + work.pagesProgrammed() + " pages programmed, " + work.pagesSkipped()
            + " skipped because they are blank or hold it already" + (work.chipTime().isZero() ? ""
            : String.format(Locale.ROOT, "; the chip needs about %.1f s", seconds(work.chipTime()))) + ".");
        work.danger().ifPresent(window -> out.line(String.format(Locale.ROOT, "DANGER: nothing boots from about"
            + " second %.1f to second %.1f of the burn, if nothing stops it.", seconds(window.from()),
            seconds(window.to()))));
        for (String note : plan.notes()) {
            out.line("Note: " + note);
        }
        out.flush();
    }

    private static void replacing(Out out, BurnPlan plan) {
        row(out, "Firmware", text(plan.currentVersion()) + " -> " + text(plan.newVersion()));
        row(out, "PSID", text(plan.currentPsid()) + " -> " + text(plan.newPsid()));
        row(out, "Slot", plan.slot() + ", flash address 0x" + Long.toHexString(plan.start()));
        row(out, "GUIDs and MACs", source(plan.carried().guidSource()));
        row(out, "Vendor text", source(plan.carried().vsdSource()));
        row(out, "Boot ROM", source(plan.carried().romSource()));
    }

    /**
     * What is asked when the plan has no question of its own.
     *
     * @param plan the plan
     * @return a question without question mark
     */
    public static String consent(BurnPlan plan) {
        return plan.writesNoImage() ? "Erase the settings" : "Burn it";
    }

    /**
     * What is said when it is done.
     *
     * @param plan the plan
     * @param device name of the card
     * @return two sentences
     */
    public static String done(BurnPlan plan, String device) {
        return "Done. " + (plan.writesNoImage() ? "The settings are erased; their defaults count"
            : "Firmware " + plan.newVersion().map(FirmwareVersion::toString).orElse("of unknown version") + " is in slot "
            + plan.slot() + " and starts") + " after a reset (cx3 reset -d " + device + ") or a restart of the machine.";
    }

    /**
     * A plan as a map, for JSON.
     *
     * @param image name of the image
     * @param plan the plan
     * @param work what it makes of the flash
     * @return fields in a fixed order
     */
    public static Map<String, Object> map(String image, BurnPlan plan, BurnWork work) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("image", image);
        map.put("currentVersion", text(plan.currentVersion()));
        map.put("newVersion", text(plan.newVersion()));
        map.put("currentPsid", text(plan.currentPsid()));
        map.put("newPsid", text(plan.newPsid()));
        map.put("slot", plan.slot());
        map.put("start", plan.start());
        map.put("guidsFrom", plan.carried().guidSource().name());
        map.put("vsdFrom", plan.carried().vsdSource().name());
        map.put("romFrom", plan.carried().romSource().name());
        map.put("failsafe", plan.failsafe());
        map.put("danger", plan.danger().orElse(""));
        map.put("settingsRisk", plan.settingsRisk().orElse(""));
        List<String> steps = new ArrayList<>();
        for (BurnStep step : plan.steps()) {
            steps.add(step.text());
        }
        map.put("steps", steps);
        map.put("undoneUntilStep", work.undoneUntil().orElse(-1));
        List<Map<String, Object>> erases = new ArrayList<>();
        for (CountingFlash.Erase erase : work.erases()) {
            erases.add(Map.of("address", erase.address(), "bytes", erase.length()));
        }
        map.put("erases", erases);
        map.put("pagesProgrammed", work.pagesProgrammed());
        map.put("pagesSkipped", work.pagesSkipped());
        map.put("chipMilliseconds", work.chipTime().toMillis());
        map.put("dangerFromMilliseconds", work.danger().map(window -> window.from().toMillis()).orElse(-1L));
        map.put("dangerToMilliseconds", work.danger().map(window -> window.to().toMillis()).orElse(-1L));
        map.put("notes", plan.notes());
        List<String> questions = new ArrayList<>();
        for (BurnQuestion question : plan.questions()) {
            questions.add(question(question));
        }
        map.put("questions", questions);
        return map;
    }

    /**
     * A question without question mark.
     *
     * @param question what the operator has to agree to
     * @return one sentence
     */
    public static String question(BurnQuestion question) {
        if (question instanceof BurnQuestion.RomForOtherDevice q) {
            return "The boot ROM is for device " + q.rom() + ", the firmware for " + q.firmware() + ". Go on";
        }
        if (question instanceof BurnQuestion.IdentityChange q) {
            return "GUIDs and MACs become " + q.planned() + (q.current().isPresent() ? " instead of "
                + q.current().get() : "") + ". Go on";
        }
        if (question instanceof BurnQuestion.NotNewer q) {
            return "The new firmware " + q.planned() + (q.planned().equals(q.current()) ? " is the same as"
                : " is older than") + " the one on flash, " + q.current() + ". Go on";
        }
        if (question instanceof BurnQuestion.PsidChange q) {
            return "The PSID changes from " + q.current() + " to " + q.planned()
                + ", which is right only when both boards are alike. Go on";
        }
        if (question instanceof BurnQuestion.ConfigPadChange q) {
            return "The area of the settings moves from pad " + q.current() + " to " + q.planned()
                + " sectors; settings of the card are lost. Go on";
        }
        if (question instanceof BurnQuestion.NotFailsafe q) {
            return "Not failsafe: " + q.danger() + ". Go on";
        }
        if (question instanceof BurnQuestion.SettingsAtRisk q) {
            return "Settings at risk: " + q.risk() + ". Go on";
        }
        if (question instanceof BurnQuestion.LayoutChange q) {
            return "The flash gets another layout: the image lies " + q.planned().text() + (q.current().isPresent()
                ? " instead of " + q.current().get().text() : "") + copies(q) + ". Go on";
        }
        return "There is no vendor text on flash; it stays blank. Go on";
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static String erases(BurnWork work) {
        if (work.erases().isEmpty()) {
            return "nothing erased";
        }
        long large = work.erases().stream().filter(erase -> erase.length() == FlashInfo.SECTOR).count();
        long small = work.erases().size() - large;
        return (large == 0 ? "" : large + " x 64 KiB" + (small == 0 ? "" : " and "))
            + (small == 0 ? "" : small + " x 4 KiB") + " erased";
    }

    private static String copies(BurnQuestion.LayoutChange question) {
        int count = question.stopovers().size();
        return count == 0 ? "" : ", by way of " + count + (count == 1 ? " copy" : " copies")
            + ", so that one boots at every moment";
    }

    private static String source(CarryOver.Source source) {
        return switch (source) {
            case FLASH -> "kept from the card";
            case IMAGE -> "of the image";
            case GIVEN -> "as given";
            case GIVEN_AND_FLASH -> "as given, the rest kept from the card";
            case NONE -> "none";
        };
    }

    private static String text(Optional<?> value) {
        return value.isPresent() ? value.get().toString() : "unknown";
    }

    private static void row(Out out, String label, String value) {
        out.padded(label + ":", COLUMN).line(Printable.of(value));
    }
}
