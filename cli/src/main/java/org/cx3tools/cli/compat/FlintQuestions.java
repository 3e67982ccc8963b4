// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Optional;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.cli.output.Out;
import org.cx3tools.image.GuidBlock;

/** The vendor's questions before a burn (fs2-image 7.5). */
final class FlintQuestions {
    private static final int GUID_DIGITS = 16;
    private static final int MAC_DIGITS = 12;
    private static final String UNKNOWN = "              N/A";

    private FlintQuestions() {
    }

    /** Prints what the operator has to know, then asks. */
    static boolean agreed(FlintSession session, BurnQuestion question, String target) {
        Out out = session.out();
        if (question instanceof BurnQuestion.RomForOtherDevice q) {
            out.line("-W- Image file ROM: FW is for device " + q.firmware() + ", but Exp-ROM is for device "
                + q.rom());
        } else if (question instanceof BurnQuestion.IdentityChange q) {
            identity(out, q, target);
        } else if (question instanceof BurnQuestion.BlankVsd) {
            out.newline().line("-W- Can not extract VSD/PSID info from flash.").newline();
            out.line("    To use a specific VSD, abort and re-burn specifying the");
            out.line("    needed info (using command line flags -vsd / -use_image_ps).");
            out.line("    You can also continue burn using blank VSD.");
        } else if (question instanceof BurnQuestion.NotNewer q) {
            boolean same = q.current().equals(q.planned());
            out.newline();
            out.line("    Note: The new FW version is " + (same ? "the same as" : "older than")
                + " the current FW version on flash.");
        } else if (question instanceof BurnQuestion.PsidChange q) {
            out.newline();
            out.line("    You are about to replace current PSID on flash - \"" + q.current()
                + "\" with a different PSID - \"" + q.planned() + "\".");
            out.line("    Note: It is highly recommended not to change the PSID.");
        } else if (question instanceof BurnQuestion.ConfigPadChange q) {
            out.newline();
            out.line("-W- Configuration section offset on flash (" + q.current()
                + " sectors) differs from the Configuration section offset in the given image (" + q.planned()
                + " sectors). Current device configuration (if exists) will be deleted.");
        } else if (question instanceof BurnQuestion.NotFailsafe q) {
            out.line("Burn process will not be failsafe. No checks will be performed.");
            out.line("ALL flash, including the Invariant Sector will be overwritten.");
            out.line("If this process fails, computer may remain in an inoperable state.");
            out.line("(" + q.danger() + ")");
        } else if (question instanceof BurnQuestion.SettingsAtRisk q) {
            out.line("-W- " + q.risk() + ".");
        } else if (question instanceof BurnQuestion.LayoutChange) {
            return true; // asked for with -nofs
        }
        return session.ask();
    }

    private static void identity(Out out, BurnQuestion.IdentityChange q, String target) {
        GuidBlock now = q.planned();
        Optional<GuidBlock> old = q.current();
        out.line("    You are about to change the Guids/Macs/Uids on the " + target + ":").newline();
        out.line("                        New Values              Current Values");
        guid(out, "Node  GUID:     ", now.node(), old.map(GuidBlock::node));
        guid(out, "Port1 GUID:     ", now.port(1), old.map(b -> b.port(1)));
        guid(out, "Port2 GUID:     ", now.port(2), old.map(b -> b.port(2)));
        guid(out, "Sys.Image GUID: ", now.systemImage(), old.map(GuidBlock::systemImage));
        if (now.hasMacs()) {
            mac(out, "Port1 MAC:      ", now.mac(1), old.filter(GuidBlock::hasMacs).map(b -> b.mac(1)));
            mac(out, "Port2 MAC:      ", now.mac(2), old.filter(GuidBlock::hasMacs).map(b -> b.mac(2)));
        }
    }

    private static void guid(Out out, String label, long now, Optional<Long> old) {
        out.print("        " + label + Out.hex(now, GUID_DIGITS));
        out.line(old.isPresent() ? "        " + Out.hex(old.get(), GUID_DIGITS) : UNKNOWN);
    }

    private static void mac(Out out, String label, long now, Optional<Long> old) {
        out.print("        " + label + "    " + Out.hex(now, MAC_DIGITS));
        out.line(old.isPresent() ? "            " + Out.hex(old.get(), MAC_DIGITS) : UNKNOWN);
    }
}
