// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import org.cx3tools.cli.output.Out;

/** Our own help for the vendor's grammar. */
final class MlxConfigUsage {
    private static final String[] LINES = {
        "Usage: cx3 TOOL [OPTIONS] COMMAND [ARGUMENTS]",
        "",
        "Options, in front of the command:",
        "  -d, --dev DEVICE         23:00.0, sim:FILE and so on",
        "  -e, --enable_verbosity   show the defaults, too",
        "  -y, --yes                answer the question with yes",
        "  --force                  leave out the rule about memory for virtual functions",
        "  -h, --help               this help",
        "  -v, --version            the version",
        "",
        "Commands:",
        "  q, query [NAME ...]      settings for the next boot; of all cards without -d",
        "  s, set NAME=VALUE ...    change settings",
        "  r, reset                 drop all settings, so that the defaults count; of all cards without -d",
        "  i, show_confs            what can be set on cards of this generation",
        "  clear_semaphore          free the lock of the interface to firmware, also when it is stuck",
        "  set_raw, get_raw, backup and the commands for files are for later generations of cards",
        "",
        "EXAMPLE",
        "  cx3 TOOL -d 23:00.0 query",
        "  cx3 TOOL -d 23:00.0 -y set SRIOV_EN=1 NUM_OF_VFS=8",
        "",
        "Exit codes: 0 done, 2 aborted by the user, 3 error. cx3 config offers more: plans, backups, resets of single names.",
    };

    private MlxConfigUsage() {
    }

    static void print(Out out, String tool) {
        for (String line : LINES) {
            out.line(line.replace("TOOL", tool));
        }
    }
}
