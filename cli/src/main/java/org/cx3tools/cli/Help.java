// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import org.cx3tools.cli.output.Out;

/** The overview of all commands. Each command's own help comes from its specification. */
final class Help {
    private static final String[] OVERVIEW = {
        "cx3 - query, back up, assemble, verify and burn firmware of ConnectX-3 and ConnectX-3 Pro cards",
        "",
        "Usage: cx3 COMMAND [OPTIONS] [ARGUMENTS]",
        "",
        "Look:",
        "  list          cards of this machine",
        "  doctor        why a card does not work, and what to do",
        "  query         versions, identities and settings of a card or an image",
        "  inspect       all that is known about an image, a dump or a card",
        "  diff          what differs between two of them",
        "  verify        check an image, in a file or on a card",
        "  vpd           part number, serial number and more of a card",
        "  hw            chip, write protection and locks of a card",
        "Save:",
        "  read          image of a card, or its whole flash, into a file",
        "  backup        whole flash with a manifest; checks and lists backups",
        "  dump-config   board file (.ini) of a card or an image",
        "Make:",
        "  disassemble   image into release source and board file",
        "  assemble      release source or image, and board file, into an image",
        "  learn         which bits the keys of board files stand for, from many images",
        "  archive       list, extract, verify and create archives of images (.mfa)",
        "Change an image, in a file or on a card:",
        "  set           GUIDs, MACs, PSID, texts, tags, board file keys, register fields",
        "  fields        the register fields that are known by name, and their keys",
        "  rom           list, extract, insert and remove the boot ROM or a part of it",
        "  unlock-56g    56 Gbit/s Ethernet on both ports",
        "  convert       image file, dump; failsafe or not",
        "Change a card:",
        "  burn          put an image on a card",
        "  update        the image with its PSID for each card, if it is newer",
        "  drop-rom      remove the boot ROM",
        "  activate      bring the image of the other slot back",
        "  restore       put a backup back",
        "  recover       put a card in order after an interruption",
        "  reset         restart the chip",
        "  config        settings that firmware keeps: SR-IOV, link type, BAR size, network boot",
        "Try without a card:",
        "  sim           make and handle virtual cards",
        "  demo          the whole job on a fresh virtual card",
        "The vendor's command lines:",
        "  flint, mlxburn, mlxfwmanager, mlxconfig, mstconfig, mstvpd",
        "",
        "A card is named by its PCI address (23:00.0, pci:0000:23:00.0, pciconf:23:00.0), a virtual card by",
        "sim:FILE, a raw flash dump by file:FLASH.BIN.",
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 a prerequisite or privilege is missing,",
        "7 declined at the version question of a burn; 10 to 15 findings of cx3 doctor.",
        "",
        "cx3 COMMAND --help explains a command and shows an example; cx3 --version shows the version.",
    };

    private Help() {
    }

    static void overview(Out out) {
        for (String line : OVERVIEW) {
            out.line(line);
        }
    }
}
