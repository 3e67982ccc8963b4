// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.ArrayList;
import java.util.List;
import org.cx3tools.burn.BurnFailure;

/** The vendor's words for a refused or failed burn (fs2-image 7.5 and 8), where it has any; else ours. */
final class FlintFailures {
    private static final String NOFS = "    If you want to burn in non failsafe mode, use the \"-nofs\" switch.";

    private FlintFailures() {
    }

    /** Lines to print after {@code -E- }. */
    static List<String> lines(BurnFailure failure, String imageName) {
        if (failure instanceof BurnFailure.BadImage) {
            return List.of("Failed to query image: " + imageName + ". " + sentence(failure));
        }
        if (failure instanceof BurnFailure.PsidMismatch f) {
            return List.of("PSID mismatch. The PSID on flash (" + f.flash()
                + ") differs from the PSID in the given image (" + f.image() + ").",
                "    Use -allow_psid_change when you know that both boards are alike.");
        }
        if (failure instanceof BurnFailure.FailsafeMismatch f) {
            return List.of("Failsafe burn failed: FW image in the " + (f.imageFailsafe() ? "flash" : "given file")
                + " is non failsafe.", "    you cannot burn a" + (f.imageFailsafe() ? "" : " non")
                + " failsafe image over a" + (f.imageFailsafe() ? " non" : "")
                + " failsafe image in a failsafe mode.", NOFS);
        }
        if (failure instanceof BurnFailure.ConfigPadMismatch f) {
            return List.of("Configuration section offset on flash (" + f.flashPad()
                + " sectors) differs from the Configuration section offset in the given image (" + f.imagePad()
                + " sectors). Use the '-allow_psid_change' flag to force this change.");
        }
        if (failure instanceof BurnFailure.NothingToKeep f) {
            return nothingToKeep(f);
        }
        if (failure instanceof BurnFailure.WrongHardware || failure instanceof BurnFailure.WrongFamily) {
            return List.of("Burning FS2 image failed: Device/Image mismatch: " + sentence(failure));
        }
        return List.of("Burning FS2 image failed: " + sentence(failure));
    }

    private static List<String> nothingToKeep(BurnFailure.NothingToKeep failure) {
        List<String> lines = new ArrayList<>();
        if (failure.what().startsWith("VSD")) {
            lines.add("Can not extract VSD/PSID info from flash.");
            lines.add("    Can not burn in a failsafe mode. Please use \"-nofs\" flag to burn in a non failsafe"
                + " mode.");
            return lines;
        }
        lines.add("Can not extract GUIDs/MACs info from flash, " + failure.why());
        lines.add("    Can not burn in a failsafe mode.");
        lines.add(NOFS);
        if (!failure.wayOut().isEmpty()) {
            lines.add("    " + failure.wayOut());
        }
        return lines;
    }

    /** What follows the words of a command that begins with the image on flash, as "Cannot set GUIDs: ". */
    static String ofFlashImage(BurnFailure failure) {
        boolean nothing = failure instanceof BurnFailure.NothingToKeep f && f.what().equals("images");
        return nothing ? "No valid image found" : sentence(failure);
    }

    /** Message and advice of ours in one line. */
    static String sentence(BurnFailure failure) {
        if (failure instanceof BurnFailure.VsdTooLong f) {
            return "VSD string is too long(" + f.length() + "), max allowed length: " + f.limit();
        }
        String advice = failure.advice();
        String message = failure.message();
        return message + (message.endsWith(".") ? "" : ".") + (advice.isEmpty() ? "" : " " + Character.toUpperCase(advice.charAt(0))
            + advice.substring(1) + ".");
    }
}
