// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.output.Out;

/** Usage of the vendor's grammar, as far as we offer it. */
final class FlintUsage {
    private static final List<String> OFFERED = List.of("query", "verify", "burn", "ri", "dc", "dh", "rrom", "qrom",
        "checksum", "brom", "drom", "sg", "smg", "sv", "image_reactivate", "reset_cfg", "hw", "clear_semaphore");
    private static final List<String> KNOWN = List.of("bb", "set_vpd", "set_key",
        "hw_access", "erase", "e", "rw", "ww", "wwne", "rb", "wb", "wbne", "swreset", "timestamp",
        "ts", "sign", "sign_with_hmac", "rsa_sign", "set_public_keys", "set_forbidden_versions",
        "binary_compare", "bc", "cache_image", "ci", "fi", "extract_fw_data",
        "import_hsm_key", "export_public_key", "set_attestation_cert_chain");
    private static final String[] TEXT = {
        "Usage: cx3 flint [OPTIONS] COMMAND [PARAMETERS]        options take one or two dashes",
        "",
        "  -d, -device DEVICE       23:00.0, pciconf-23:00.0, mlx4_0, sim:FILE, file:FLASH.BIN",
        "  -i, -image FILE          image file",
        "  -psid PSID               the board of an archive (.mfa) that is given as the image",
        "  -y, -yes / -no           answer all questions",
        "  -qq                      query without reading the ROM",
        "  -flashed_version         query the firmware version only",
        "  -striped_image           the image file is laid out as on flash",
        "  -allow_psid_change       burn an image with another PSID",
        "  -allow_rom_change        change or remove the ROM although the image has a product version",
        "  -guid G / -guids 4xG     GUIDs to burn or set   -mac M / -macs 2xM   the MACs",
        "  -use_image_guids         GUIDs and MACs of the image",
        "  -vsd TEXT                vendor text            -use_image_ps        the one of the image",
        "  -use_image_rom           do not keep the ROM of the card",
        "  -nofs                    burn although the old image does not survive until the new one is complete",
        "  -no_devid_check          do not compare hardware ids",
        "  -no_flash_verify         accepted; the flash is verified anyway",
        "  -s, -silent              no progress            -log FILE            append a record of the burn",
        "  -clear_semaphore         free the flash locks, without a command",
        "  -h, -help, -v, -version",
        "",
        "  query|q [full]   verify|v [showitoc]   burn|b   ri FILE   dc [FILE]   dh [FILE]   rrom FILE   qrom",
        "  checksum|cs   hw query   clear_semaphore",
        "  sg   set the given GUIDs and MACs          sv   set the given vendor text (-vsd)",
        "  brom FILE   put a boot ROM in              drom   take the boot ROM out",
        "  ir   the image of the other slot boots again (image_reactivate)",
        "  reset_cfg   erase the settings that firmware keeps, as a last resort; mlxconfig reset is the usual way",
        "  sg, sv, brom, drom change the image of a card (it is burnt anew into the other slot) or an image file.",
        "",
        "EXAMPLE",
        "  cx3 flint -d 23:00.0 -i new_firmware.bin -allow_psid_change burn",
        "  cx3 flint -d 23:00.0 -mac 24be05c557c1 sg",
        "",
        "Exit codes: 0 done, 1 failed, 7 declined at the version question of a burn.",
    };

    private FlintUsage() {
    }

    static void print(Out out) {
        for (String line : TEXT) {
            out.line(line);
        }
        out.newline();
    }

    static int unknown(FlintSession session, String command) {
        if (KNOWN.contains(command)) {
            return session.error("Command \"" + command + "\" of the vendor's tool is not offered by cx3 flint.");
        }
        List<String> near = Nearest.of(command, OFFERED);
        session.out().line("Invalid command: " + command
            + (near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)"));
        print(session.out());
        return ExitCode.FAILED;
    }
}
