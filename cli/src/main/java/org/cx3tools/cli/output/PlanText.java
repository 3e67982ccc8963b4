// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.burn.CarryOver;

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
     */
    public static void print(Out out, String image, BurnPlan plan) {
        row(out, "Image", image);
        row(out, "Firmware", text(plan.currentVersion()) + " -> " + text(plan.newVersion()));
        row(out, "PSID", text(plan.currentPsid()) + " -> " + text(plan.newPsid()));
        row(out, "Slot", plan.slot() + ", flash address 0x" + Long.toHexString(plan.start()));
        row(out, "GUIDs and MACs", source(plan.carried().guidSource()));
        row(out, "Vendor text", source(plan.carried().vsdSource()));
        row(out, "Boot ROM", source(plan.carried().romSource()));
        row(out, "Failsafe", plan.failsafe() ? "yes: an image that boots is on the card at every moment"
            : "NO: " + plan.danger().orElse("the old image is overwritten"));
        plan.settingsRisk().ifPresent(risk -> row(out, "Settings", "AT RISK: " + risk));
        out.line("Steps:");
        for (BurnStep step : plan.steps()) {
            out.line("  - " + step.text());
        }
        for (String note : plan.notes()) {
            out.line("Note: " + note);
        }
        out.flush();
    }

    /**
     * A plan as a map, for JSON.
     *
     * @param image name of the image
     * @param plan the plan
     * @return fields in a fixed order
     */
    public static Map<String, Object> map(String image, BurnPlan plan) {
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
        out.padded(label + ":", COLUMN).line(value);
    }
}
