// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.doctor.FindingClass;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileChange;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;

/** The operator's job (design page job.md, steps 1 to 9 and the ROM of step 10) on a fresh virtual card. */
public final class Demo {
    private static final CardModel MODEL = CardModel.HP_764285_B21;
    private static final String CARD = "sim:card.sim";
    private static final String RELEASE = "fw-ConnectX3Pro-rel.mlx";
    private static final String OWN_PSID = "LAB0110017001";
    private static final String OLD_VERSION = "2.42.5700";
    private static final String NEW_VERSION = "2.36.5000";

    private final Shell shell;
    private final Out out;
    private final Path folder;

    /**
     * Prepares the walk.
     *
     * @param streams where to print
     * @param folder an empty folder for the card and all files
     */
    public Demo(Streams streams, Path folder) {
        this.out = streams.out();
        this.shell = new Shell(out, folder);
        this.folder = folder;
    }

    /**
     * Walks all steps.
     *
     * @throws DemoFailure when a step ends with another code than 0, or its outcome is wrong
     * @throws IOException when a file of the demo itself cannot be written
     */
    public void run() throws DemoFailure, IOException {
        shell.say("A virtual HP 764285-B21. On a real card the names below are its PCI address, such as 23:00.0.");
        shell.run("sim", "create", "card.sim", "--model", MODEL.modelName());
        look();
        backUp();
        edit();
        assemble();
        burn();
        removeRom();
        ethernet();
        out.line("The job is done: SR-IOV is off, firmware " + NEW_VERSION
            + " runs, GUIDs and MACs are kept, the boot ROM is gone, both ports are Ethernet.");
    }

    private static byte[] kernelLog() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("kernel.log")) {
            return in.readAllBytes();
        }
    }

    private void look() throws DemoFailure, IOException {
        shell.say("1. See the card");
        expect(shell.run("list", "--sim", "card.sim"), "15b3:1007");
        shell.say("2. Find the cause; kernel.log is what dmesg printed on the operator's machine");
        Files.write(folder.resolve("kernel.log"), kernelLog());
        String diagnosis = shell.ending(FindingClass.RESOURCES.exitCode(), "doctor", "-d", CARD, "--kernel-log", "kernel.log");
        expect(diagnosis, "no room for the virtual functions (SR-IOV)");
        expect(diagnosis, "sriov_en = 0");
        shell.say("3. Query");
        String text = shell.run("mlxfwmanager", "-d", CARD);
        expect(text, "  Part Number:      764285-B21_Ax");
        expect(text, "  PSID:             HP_1380110017");
        expect(text, "  Port1 MAC:        24be05c557c1");
        expect(text, OLD_VERSION);
    }

    private void backUp() throws DemoFailure, IOException {
        shell.say("4. Back up image and board file");
        shell.run("flint", "-d", CARD, "ri", "original_firmware.bin");
        shell.run("flint", "-d", CARD, "dc", "original_config.ini");
        expect(text("original_config.ini"), "sriov_en = 1");
        expect(shell.run("flint", "-i", "original_firmware.bin", "verify"), "Image is bootable.");
    }

    private void edit() throws DemoFailure, IOException {
        shell.say("5. Edit a copy of the board file: SR-IOV off, and a PSID of one's own");
        try {
            BoardFile original = BoardFile.parse(text("original_config.ini"));
            BoardFile edited = original.with("HCA", "sriov_en", "0").with("ADAPTER", "PSID", OWN_PSID);
            Files.writeString(folder.resolve("new_config.ini"), edited.text(), StandardCharsets.ISO_8859_1);
            List<BoardFileChange> changes = BoardFile.diff(original, edited);
            for (BoardFileChange change : changes) {
                out.line("new_config.ini: " + change);
            }
            out.newline();
            require(changes.size() == 2, "the edit changed " + changes.size() + " keys instead of 2");
        } catch (BoardFileException e) {
            throw new DemoFailure("the board file cannot be edited: " + e.getMessage());
        }
    }

    private void assemble() throws DemoFailure, IOException {
        shell.say("6. Assemble, from the release source");
        Files.write(folder.resolve(RELEASE), SyntheticRelease.source(MODEL).toArray());
        expect(shell.run("mlxburn", "-fw", RELEASE, "-conf", "new_config.ini", "-wrimage", "new_firmware.bin"),
            "-I- Image generation completed successfully.");
        shell.say("   or from the card's own image");
        shell.run("assemble", "-fw", "original_firmware.bin", "-conf", "new_config.ini", "-wrimage",
            "own_firmware.bin");
        shell.say("7. Check");
        expect(shell.run("flint", "-i", "own_firmware.bin", "verify"), "Image is bootable.");
        expect(shell.run("flint", "-i", "new_firmware.bin", "verify"),
            "-I- FW image verification succeeded. Image is bootable.");
    }

    private void burn() throws DemoFailure {
        shell.say("8. Burn; the operator answers both questions with y");
        String text = shell.answering("y\ny\n", "flint", "-d", CARD, "-i", "new_firmware.bin", "-allow_psid_change",
            "burn");
        expect(text, "    Current FW version on flash:  " + OLD_VERSION);
        expect(text, "    New FW version:               " + NEW_VERSION);
        expect(text, "is older than the current FW version on flash");
        expect(text, "with a different PSID - \"" + OWN_PSID + "\"");
        expect(text, "Burning FS2 FW image without signatures - OK");
        expect(text, "Restoring signature                     - OK");
        shell.say("9. Restart the card and look again");
        expect(shell.run("reset", "-d", CARD, "-y"), "Running firmware after:  " + NEW_VERSION);
        String query = shell.run("mlxfwmanager", "-d", CARD);
        expect(query, OWN_PSID);
        expect(query, "Port1 MAC:        24be05c557c1");
        String full = shell.run("flint", "-d", CARD, "query", "full");
        expect(full, "FW Version:            " + NEW_VERSION);
        expect(full, "24be05c557c1     24be05c557c2");
        expect(full, "Rom Info:");
        expect(shell.run("flint", "-d", CARD, "dc"), "sriov_en = 0");
    }

    private void removeRom() throws DemoFailure, IOException {
        shell.say("10. Faster boot: no port runs the boot ROM, and it is removed");
        expect(shell.run("mlxconfig", "-d", CARD, "-y", "set", "BOOT_OPTION_ROM_EN_P1=false", "BOOT_OPTION_ROM_EN_P2=false",
            "LEGACY_BOOT_PROTOCOL_P1=0", "LEGACY_BOOT_PROTOCOL_P2=0"), "Applying... Done!");
        expect(shell.run("flint", "-d", CARD, "--allow_rom_change", "drom"), "Removing ROM image    - OK");
        expect(shell.run("reset", "-d", CARD, "-y"), "Running firmware after:  " + NEW_VERSION);
        String query = shell.run("flint", "-d", CARD, "query");
        expect(query, "PSID:                  " + OWN_PSID);
        expect(query, "24be05c557c1     24be05c557c2");
        require(!query.contains("Rom Info"), "the boot ROM is still there");
        expect(shell.run("flint", "-d", CARD, "verify"), "Image is bootable.");
        shell.run("flint", "-d", CARD, "dc", "final_config.ini");
        expect(text("final_config.ini"), "sriov_en = 0");
    }

    private void ethernet() throws DemoFailure {
        shell.say("11. Ethernet for both ports");
        expect(shell.run("mlxconfig", "-d", CARD, "-y", "set", "LINK_TYPE_P1=2", "LINK_TYPE_P2=2"), "Applying... Done!");
        expect(shell.run("reset", "-d", CARD, "-y"), "Running firmware after:  " + NEW_VERSION);
        String query = shell.run("mlxconfig", "-d", CARD, "query", "LINK_TYPE_P1", "LINK_TYPE_P2",
            "BOOT_OPTION_ROM_EN_P1", "BOOT_OPTION_ROM_EN_P2");
        expect(query, "LINK_TYPE_P1                        ETH(2)");
        expect(query, "LINK_TYPE_P2                        ETH(2)");
        expect(query, "BOOT_OPTION_ROM_EN_P2               False(0)");
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    }

    private static void expect(String text, String part) throws DemoFailure {
        require(text.contains(part), "expected in the output: " + part);
    }

    private static void require(boolean condition, String otherwise) throws DemoFailure {
        if (!condition) {
            throw new DemoFailure(otherwise);
        }
    }
}
