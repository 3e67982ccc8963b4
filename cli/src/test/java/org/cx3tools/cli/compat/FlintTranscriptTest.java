// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts and exit codes of mistakes. Passport of the transcripts: recorded from the installed mstflint 4.21.0 (Debian 12
 * package) with the same files; the words are facts of an interface that scripts read.
 */
class FlintTranscriptTest {
    private static final String NOT_OPENED = "-E- FW image verification failed: No valid FS4 image found.Check the"
        + " flash parameters, if specified..AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE";

    @TempDir
    private Path folder;

    private void says(String expected, String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "flint";
        System.arraycopy(words, 0, line, 1, words.length);
        CliRun run = CliRun.in(folder, line);
        assertThat(run.out()).isEqualTo(expected);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
    }

    private void file(String name, int size) throws Exception {
        Files.write(folder.resolve(name), new byte[size]);
    }

    @Test
    void commandLinesWithoutACommandOrTarget() {
        says("No options found. \n");
        says("No command found.\n", "-i", "x");
        says("-E- Please specify either Device or Image.\n" + NOT_OPENED, "verify");
        says("-E- Please specify either Device or Image.\n", "-d", "x", "-i", "y", "q");
        says("-E- Please specify Device.\n", "-clear_semaphore");
        says("No command is allowed when -clear_semaphore flag is given.\n", "-i", "x", "-clear_semaphore", "v");
    }

    @Test
    void targetsThatDoNotFitTheCommand() {
        says("-E- Command \"Hw\" requires device, but an image file was given.\n", "-i", "x", "hw", "query");
        says("-E- Command \"Hw\" requires device, but both an image file and a device are given.\n", "-i", "x", "-d",
            "y", "hw", "query");
        says("-E- Command \"Hw\" requires at least 1 arguments, but 0 arguments were given\n", "-d", "x", "hw");
        says("-E- Unknown option \"foo\" for the \"Hw\" command. you can use query.\n", "-d", "x", "hw", "foo");
        says("-E- Command \"ri\" requires device, but an image file was given.\n", "-i", "x", "ri", "y");
        says("-E- Command \"ri\" requires 1 arguments, but 0 arguments were given\n", "-i", "x", "ri");
        says("-E- Command \"burn\" requires both image and device to be specified.\n", "-i", "x", "burn");
        says("-E- Command \"qrom\" requires an image file, but device was given.\n", "-d", "x", "qrom");
        says("-E- Command \"dc\" requires at most 1 arguments, but 2 arguments were given\n", "-i", "x", "dc", "a",
            "b");
        says("-E- Command \"checksum\" does not require arguments\n", "-i", "x", "cs", "a", "b");
        says("-E- Unknown option \"bar\" for the \"query\" command. you can use full.\n", "-i", "x", "q", "bar");
    }

    @Test
    void imageFilesThatCannotBeUsed() throws Exception {
        file("odd", 100001);
        file("empty", 0);
        file("short", 16);
        file("zeros", 4096);
        Files.createDirectory(folder.resolve("dir"));
        says("-E- Cannot open Image: none. Can not open file \"none\" - No such file or directory\n" + NOT_OPENED,
            "-i", "none", "verify");
        says("-E- Cannot open Image: odd. Image size should be 4-bytes aligned. Make sure file odd is in the right "
            + "format (binary image)\n", "-i", "odd", "q");
        says("-E- Cannot open Image: empty. Invalid Firmware Format (found FS Gen 1)\n", "-i", "empty", "q");
        says("-E- Cannot open Image: short. Invalid Firmware Format (found FS Gen 1)\n", "-i", "short", "dc");
        says("-E- Cannot open Image: dir. Can not get file size for \"dir\" - Success\n", "-i", "dir", "q");
        says("-E- FW image verification failed: No valid image found. AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE.\n",
            "-i", "zeros", "v");
        says("-E- Failed to query image: zeros. No valid image found\n", "-i", "zeros", "q");
        says("-E- Failed dumping Fw Configuration : No valid image found\n", "-i", "zeros", "dc");
        says("-E- Read ROM failed. No valid image found\n", "-i", "zeros", "rrom", "a");
        says("-I- Calculating Checksum ...\n-E- Failed to calculate checksum on image: No valid image found\n", "-i",
            "zeros", "cs");
    }

    @Test
    void flagsThatExcludeEachOther() {
        says("-E- Cannot specify \"-use_image_ps\" flag with \"-vsd\" flag.\n", "-use_image_ps", "-vsd", "a", "-i",
            "x", "-d", "y", "b");
        says("-E- Cannot specify \"-guids\" flag with \"-guid\" flag.\n", "-guid", "1", "-guids", "1", "2", "3", "4",
            "-i", "x", "-d", "y", "b");
    }

    @Test
    void knownOptionsThatWeDoNotOfferAreErrors() {
        for (String option : new String[] {"-use_fw", "-ocr", "-ignore_dev_data", "-blank_guids", "-dual_image"}) {
            CliRun run = CliRun.in(folder, "flint", option, "-d", "sim:x", "q");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).startsWith("-E- Option \"" + (option.equals("-ocr") ? "-ocr" : option)
                + "\" is not offered: ").endsWith(".\n");
        }
    }

    @Test
    void knownCommandsThatWeDoNotOfferAreErrors() {
        says("-E- Command \"bb\" of the vendor's tool is not offered by cx3 flint.\n", "-i", "x", "bb");
    }
}
