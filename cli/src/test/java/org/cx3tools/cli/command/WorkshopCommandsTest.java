// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inspect}, {@code diff}, {@code set}, {@code rom}, {@code convert}, {@code unlock-56g}, {@code activate}. */
class WorkshopCommandsTest {
    /** Does not compress away. */
    private static final String LONGER = "qwertzuiopasdfghjklyxcvbnm0987654321QWERTZUIOPASDFGHJKLYXCVBNM";
    private static final String ALLOW = "--allow-rom-change";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCardAndItsImage() {
        CliRun.ok(folder, "sim", "create", "card.sim");
        CliRun.ok(folder, "read", "-d", "sim:card.sim", "a.bin");
    }

    @Test
    void inspectShowsTheSameOfAFileAndOfTheCardItCameFrom() {
        String file = CliRun.ok(folder, "inspect", "-i", "a.bin").out();
        String card = CliRun.ok(folder, "inspect", "-d", "sim:card.sim").out();

        assertThat(file).contains("0x28 failsafe word", "Configuration 2 records", "4 psid", "eth_802_3ap_kr_enable = 1",
            "UEFI 14.11.45", "[ADAPTER] PSID", "port 2 MAC");
        assertThat(card).contains("The flash is in order").contains(file.substring(file.indexOf("Header\n")));
        assertThat(CliRun.ok(folder, "inspect", "-i", "a.bin", "--json").out()).contains("\"kind\" : \"image\"",
            "eth_802_3ap_kr_enable\" : 1");
    }

    @Test
    void controlCharactersOfABoardFileDoNotReachTheTerminal() throws Exception {
        Files.writeString(folder.resolve("evil.ini"), CliRun.ok(folder, "dump-config", "-i", "a.bin").out()
            .replace("Name = ", "Name = \u001b[2J"));
        CliRun.ok(folder, "set", "-i", "a.bin", "--board-file", "evil.ini", "-o", "evil.bin");

        assertThat(CliRun.ok(folder, "inspect", "-i", "evil.bin").out()).contains("\\x1b[2J").doesNotContain("\u001b");
        assertThat(CliRun.in(folder, "diff", "a.bin", "evil.bin").out()).doesNotContain("\u001b");
    }

    @Test
    void diffTellsByItsExitCodeWhetherTwoAreEqual() {
        CliRun.ok(folder, "set", "-i", "a.bin", "total_vfs=3", "-o", "b.bin");

        assertThat(CliRun.in(folder, "diff", "a.bin", "sim:card.sim").code()).isZero();
        CliRun different = CliRun.in(folder, "diff", "a.bin", "b.bin");
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).contains("[HCA] total_vfs", "hca.total_vfs");
        assertThat(CliRun.in(folder, "diff", "a.bin", "b.bin", "--json").out()).contains("\"equal\" : false");
        assertThat(CliRun.in(folder, "diff", "a.bin", "nowhere.bin").err()).contains("is no file, and no name of a card");
    }

    @Test
    void aFileIsChangedInPlaceAndWithPlanNotAtAll() throws Exception {
        Bytes before = bytes("a.bin");

        String plan = CliRun.ok(folder, "set", "-i", "a.bin", "--vsd", "mine", "--plan").out();
        assertThat(plan).contains("+ \"mine\"").contains("nothing was changed");
        assertThat(bytes("a.bin")).isEqualTo(before);

        CliRun.ok(folder, "set", "-i", "a.bin", "--vsd", "mine", "--new-psid", "MINE_01", "--product-version", "1.2",
            "--remove-tag", "ga", "--tag", "min_fit_version=2.0.1.0");
        ImageInfo info = image("a.bin").info().orElseThrow();
        assertThat(info.vsd()).contains("mine");
        assertThat(info.psid()).contains("MINE_01");
        assertThat(info.productVersion()).contains("1.2");
        assertThat(info.minFitVersion()).containsExactly(2, 0, 1, 0);
        assertThat(CliRun.ok(folder, "dump-config", "-i", "a.bin").out()).contains("PSID = MINE_01");
        assertThat(CliRun.ok(folder, "verify", "a.bin").out()).contains("a.bin: good");
    }

    @Test
    void identitiesAreSetTogetherAloneFromEachOtherAndToBlank() throws Exception {
        CliRun.ok(folder, "set", "-i", "a.bin", "--guid", "0x0002c90300112230", "--macs-from-guids");
        GuidBlock counted = image("a.bin").guids().orElseThrow();
        assertThat(counted.port(2)).isEqualTo(0x0002c90300112232L);
        assertThat(counted.mac(1)).isEqualTo(0x0002c9112231L);

        CliRun.ok(folder, "set", "-i", "a.bin", "--port2-guid", "0002c903000000ff", "--mac2", "00:02:c9:aa:bb:cc");
        GuidBlock single = image("a.bin").guids().orElseThrow();
        assertThat(single.port(1)).isEqualTo(counted.port(1));
        assertThat(single.port(2)).isEqualTo(0x0002c903000000ffL);
        assertThat(single.mac(1)).isEqualTo(counted.mac(1));
        assertThat(single.mac(2)).isEqualTo(0x0002c9aabbccL);

        CliRun.ok(folder, "set", "-i", "a.bin", "--blank-guids");
        assertThat(image("a.bin").hasBlankGuids()).isTrue();
        assertThat(CliRun.in(folder, "set", "-i", "a.bin", "--blank-guids", "--mac1", "1").code()).isEqualTo(2);
        assertThat(CliRun.in(folder, "set", "-d", "sim:card.sim", "--blank-guids").code()).isEqualTo(2);
    }

    @Test
    void aCardIsChangedLikeAFile() {
        CliRun.ok(folder, "set", "-i", "a.bin", "total_vfs=3", "--vsd", "both");
        CliRun.ok(folder, "set", "-d", "sim:card.sim", "total_vfs=3", "--vsd", "both", "-y");

        assertThat(CliRun.in(folder, "diff", "a.bin", "sim:card.sim").out()).isEqualTo("no difference\n");
        assertThat(CliRun.ok(folder, "set", "-d", "sim:card.sim", "total_vfs=3").out()).contains("nothing was changed");
    }

    @Test
    void mistakesAreToldAndLeaveTheFile() throws Exception {
        Bytes before = bytes("a.bin");
        for (String[] words : new String[][] {{"total_vfs"}, {"--tag", "psid=X"}, {"--tag", "fw_version=x"},
            {"--remove-tag", "psid"}, {"no_such=1"}, {"--mac", "0x01"}, {"--fields", "nowhere"}, {"-o", "no/where.bin"},
            {"--rehearse"}, {"--mac", "0102c9000001"}, {"--new-psid", "with blank"}, {"[HCA] new=1"}, {},
            {"--mac", "24:be:5:c5:57:c1"}, {"--guid", "ffffffffffffffff"}, {"--guid", "0000000000000000"},
            {"--mac", "000000000000"}, {"--guid", "fffffffffffffffd"}, {"[PS_INFO] Name=a", "[PS_INFO] Name=b"},
            {"--vsd", "a\u001bb"}, {"--vsd", "x", "-f"}, {"--vsd", "x", "-o", "a.bin", "-f"}, {"--unbind-driver"},
            {"--new-psid", "A", "[ADAPTER] PSID=B"}, {"--tag", "build_time=2016-99-99 99:99:99"}}) {
            String[] line = new String[words.length + 3];
            line[0] = "set";
            line[1] = "-i";
            line[2] = "a.bin";
            System.arraycopy(words, 0, line, 3, words.length);
            CliRun run = CliRun.in(folder, line);
            assertThat(run.code()).as(String.join(" ", words) + run.err()).isIn(1, 2);
            assertThat(run.err()).startsWith("cx3: error: ").doesNotContain("Exception", "\u001b");
        }
        assertThat(bytes("a.bin")).isEqualTo(before);
    }

    @Test
    void whatLiesBehindAnImageIsNotMovedByAChangeInPlace() throws Exception {
        CliRun.ok(folder, "set", "-i", "a.bin", "--vsd", "older", "-o", "older.bin");
        CliRun.ok(folder, "convert", "-i", "a.bin", "--chunk", "1M", "--to", "flash", "--flash-size", "2M", "-o", "dump.bin");
        byte[] dump = bytes("dump.bin").toArray();
        Bytes behind = bytes("older.bin");
        behind.copyTo(0, dump, 1 << 20, behind.length());
        Files.write(folder.resolve("two.bin"), dump);

        CliRun grown = CliRun.in(folder, "set", "-i", "two.bin", "[PS_INFO] Name=" + LONGER);
        assertThat(grown.code()).isEqualTo(1);
        assertThat(grown.err()).contains("-d file:two.bin");
        assertThat(bytes("two.bin")).isEqualTo(Bytes.of(dump));

        CliRun.ok(folder, "set", "-i", "dump.bin", "[PS_INFO] Name=" + LONGER);
        assertThat(bytes("dump.bin").length()).isEqualTo(1 << 21);
        assertThat(CliRun.ok(folder, "query", "-d", "file:dump.bin").out()).contains("24be05c557c1");
    }

    @Test
    void anImagePaddedToTheSizeOfAFlashIsAnImage() throws Exception {
        byte[] padded = java.util.Arrays.copyOf(bytes("a.bin").toArray(), 1 << 20);
        Files.write(folder.resolve("padded.bin"), padded);

        assertThat(CliRun.ok(folder, "inspect", "-i", "padded.bin").out()).startsWith("padded.bin: image file");
        assertThat(CliRun.in(folder, "diff", "a.bin", "padded.bin").code()).isZero();
        CliRun.ok(folder, "convert", "-i", "padded.bin", "-o", "short.bin");
        assertThat(bytes("short.bin")).isEqualTo(bytes("a.bin"));
    }

    @Test
    void aDamagedImageIsNotConvertedAndADumpIsCalledByItsName() throws Exception {
        byte[] bad = bytes("a.bin").toArray();
        bad[0x5000] ^= 1;
        Files.write(folder.resolve("bad.bin"), bad);
        assertThat(CliRun.in(folder, "convert", "-i", "bad.bin", "-o", "out.bin").err()).contains("is damaged");
        CliRun.ok(folder, "convert", "-i", "a.bin", "--to", "flash", "-o", "dump.bin");
        assertThat(CliRun.in(folder, "set", "-i", "dump.bin", "--vsd", "x").err()).contains("raw flash dump");
        assertThat(CliRun.ok(folder, "verify", "-i", "dump.bin").out()).contains("dump.bin: good");
        assertThat(CliRun.in(folder, "convert", "-i", "a.bin", "--to", "flash", "--flash-size", "512K", "-o", "x").err())
            .contains("larger --flash-size");
    }

    @Test
    void anOptionThatSaysNothingIsRefused() {
        CliRun.ok(folder, "rom", "extract", "r.rom", "-i", "a.bin");
        for (String line : new String[] {"rom list -i a.bin --plan", "rom extract e.rom -i a.bin -o x", "rom list -i a.bin -f",
            "rom list -i r.rom --psid X", "rom list -i r.rom -d sim:card.sim", "convert -i a.bin -o b.bin --nofs",
            "set -i a.bin --vsd x --beside-driver", "set -d sim:card.sim --vsd x -f", "fields --psid X",
            "learn a.bin -f", "archive list a.bin -f", "rom extract a.bin -i a.bin -f"}) {
            CliRun run = CliRun.in(folder, line.split(" "));
            assertThat(run.code()).as(line + run.out()).isIn(1, 2);
        }
        assertThat(CliRun.in(folder, "flint", "-d", "sim:card.sim", "-psid", "X", "q").code()).isEqualTo(1);
    }

    @Test
    void onePartOfTheRomIsTakenOutAndPutBack() throws Exception {
        assertThat(CliRun.ok(folder, "rom", "list", "-d", "sim:card.sim").out()).contains("PXE 3.4.752", "UEFI 14.11.45");
        CliRun.ok(folder, "rom", "extract", "uefi.rom", "-i", "a.bin", "--part", "uefi");
        CliRun.ok(folder, "rom", "extract", "all.rom", "-i", "a.bin");
        CliRun.ok(folder, "rom", "remove", "-i", "a.bin", "--part", "UEFI", "-o", "pxe.bin", ALLOW);
        assertThat(CliRun.ok(folder, "rom", "list", "-i", "pxe.bin").out()).contains("PXE").doesNotContain("UEFI");
        CliRun.ok(folder, "rom", "insert", "uefi.rom", "-i", "pxe.bin", "--part", "ALL", ALLOW);
        assertThat(CliRun.in(folder, "diff", "a.bin", "pxe.bin").out()).isEqualTo("no difference\n");

        CliRun.ok(folder, "rom", "remove", "-i", "a.bin", "-o", "none.bin", ALLOW);
        assertThat(CliRun.ok(folder, "rom", "list", "-i", "none.bin").out()).isEqualTo("no boot ROM\n");
        CliRun.ok(folder, "rom", "insert", "all.rom", "-i", "none.bin", ALLOW);
        assertThat(CliRun.in(folder, "diff", "a.bin", "none.bin").code()).isZero();
        assertThat(CliRun.ok(folder, "rom", "list", "-i", "uefi.rom").out()).contains("UEFI");
        assertThat(CliRun.in(folder, "rom", "remove", "-i", "a.bin", "--part", "CLP").err()).contains("it has: PXE, UEFI");
    }

    @Test
    void dumpsAreMadeAndTakenApart() throws Exception {
        CliRun.ok(folder, "convert", "-i", "a.bin", "--to", "flash", "--slot", "1", "-o", "dump.bin");
        CliRun.ok(folder, "convert", "-i", "dump.bin", "-o", "back.bin");
        assertThat(bytes("back.bin")).isEqualTo(bytes("a.bin"));

        CliRun.ok(folder, "convert", "-i", "a.bin", "--not-failsafe", "-o", "plain.bin");
        CliRun.ok(folder, "convert", "-i", "plain.bin", "--chunk", "512K", "-o", "again.bin");
        assertThat(bytes("again.bin")).isEqualTo(bytes("a.bin"));
        assertThat(CliRun.in(folder, "convert", "-i", "plain.bin", "--to", "flash", "--slot", "1", "-o", "x.bin").code())
            .isEqualTo(2);
    }

    @Test
    void bytesBehindAnImageAreCutOff() throws Exception {
        byte[] longer = java.util.Arrays.copyOf(bytes("a.bin").toArray(), bytes("a.bin").length() + 400);
        Files.write(folder.resolve("long.bin"), longer);

        CliRun.ok(folder, "convert", "-i", "long.bin", "-o", "short.bin");

        assertThat(bytes("short.bin")).isEqualTo(bytes("a.bin"));
    }

    @Test
    void aCardChangesItsLayoutAndKeepsItsIdentity() {
        CliRun.ok(folder, "convert", "-d", "sim:card.sim", "--chunk", "256K", "-y", "--nofs");

        String query = CliRun.ok(folder, "query", "-d", "sim:card.sim").out();
        assertThat(query).contains("chunk 0x40000").contains("24be05c557c1");
    }

    @Test
    void theImageBeforeTheLastBurnIsBroughtBack() {
        CliRun.ok(folder, "set", "-d", "sim:card.sim", "--vsd", "new", "-y");
        assertThat(CliRun.in(folder, "diff", "a.bin", "sim:card.sim").code()).isEqualTo(1);

        CliRun.ok(folder, "activate", "-d", "sim:card.sim", "-y");

        assertThat(CliRun.in(folder, "diff", "a.bin", "sim:card.sim").code()).isZero();
        CliRun.ok(folder, "activate", "-d", "sim:card.sim", "-y");
        assertThat(CliRun.ok(folder, "query", "-d", "sim:card.sim").out()).contains("VSD:                new");
    }

    @Test
    void theUnlockShowsItsDiffAndIsDoneOnce() {
        CliRun unlocked = CliRun.ok(folder, "unlock-56g", "-i", "a.bin", "-o", "u.bin");
        assertThat(unlocked.out()).contains("[IB] port2_802_3ap_56kr4_enable", "port[0].eth_802_3ap_56kr4_enable");
        assertThat(CliRun.ok(folder, "unlock-56g", "-i", "u.bin").out()).contains("no difference", "nothing was changed");
        CliRun.ok(folder, "unlock-56g", "-d", "sim:card.sim", "-y");
        assertThat(CliRun.in(folder, "diff", "u.bin", "sim:card.sim").code()).isZero();
    }

    private Bytes bytes(String name) throws Exception {
        return Bytes.ofFile(folder.resolve(name), 64 << 20);
    }

    private Fs2Image image(String name) throws Exception {
        return Fs2Image.parse(bytes(name));
    }
}
