// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.cx3tools.archive.MfaMaker.Image;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Seed;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class MfaArchiveTest {
    @Test
    void whatGoesInComesOut() throws Exception {
        Random random = Seed.start("MfaArchiveTest.whatGoesInComesOut");
        for (int round = 0; round < 4; round++) {
            List<MfaInput> inputs = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                inputs.add(randomInput(random, "P" + i + "_" + random.nextInt(1000)));
            }
            MfaArchive archive = MfaArchive.parse(MfaArchive.create(inputs, round % 2 == 0));
            assertThat(archive.boards()).hasSameSizeAs(inputs);
            for (int i = 0; i < count; i++) {
                MfaInput in = inputs.get(i);
                MfaBoard out = archive.boards().get(i);
                assertThat(archive.image(out)).isEqualTo(in.image().bytes());
                assertThat(archive.image(out.psid())).isEqualTo(in.image().bytes());
                assertThat(out.psid()).isEqualTo(in.image().info().get().psid().get());
                assertThat(out.partNumber()).isEqualTo(in.partNumber().get());
                assertThat(out.description()).isEqualTo(in.description().get());
                assertThat(List.copyOf(out.other().entrySet()))
                        .isEqualTo(List.copyOf(in.other().entrySet()));
                assertThat(out.component(MfaKind.FW).get().versionText())
                        .isEqualTo(in.image().info().get().fwVersion().get().toString());
                assertThat(out.component(MfaKind.PXE).isPresent())
                        .isEqualTo(in.image().rom().isPresent());
            }
            assertThat(archive.check()).isEmpty();
        }
    }

    private static MfaInput randomInput(Random random, String psid) {
        CardModel model = CardModel.values()[random.nextInt(CardModel.values().length)];
        Fs2Image image = SyntheticImage.of(model).small().psid(psid).seed(random.nextLong())
                .rom(random.nextBoolean()).version(new FirmwareVersion(2, random.nextInt(60),
                        random.nextInt(9999))).build();
        Map<String, String> other = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            other.put("KEY" + random.nextInt(), "value " + random.nextInt());
        }
        return new MfaInput(image, Optional.of("PN " + random.nextInt()),
                Optional.of(random.nextBoolean() ? "" : "A card"), other);
    }

    @Test
    void anArchiveOfTheOtherMakerIsRead() throws FormatException {
        MfaArchive archive = MfaArchive.parse(MfaMaker.small().bytes());
        assertThat(archive.boards()).containsExactly(new MfaBoard("TEST_01", "P-1", "A card",
                Map.of(), List.of(
                        new MfaComponent(1, 1, List.of(2, 36, 5000), "", 1, 0, 8),
                        new MfaComponent(1, 0x110, List.of(3, 4, 752), "", 1, 0, 0),
                        new MfaComponent(1, 0, List.of(), "", 2, 8, 4))));
        assertThat(archive.image("TEST_01")).isEqualTo(Bytes.ofText("firmwaretail"));
        assertThat(archive.board("TEST_01").get().component(MfaKind.PXE).get().versionText())
                .isEqualTo("3.4.0752");
        assertThat(archive.board("TEST_02")).isEmpty();
        assertThatThrownBy(() -> archive.image("TEST_02"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void onePieceIsTakenForEachChangeOfGroupOfOneTagAndType() throws FormatException {
        MfaMaker maker = new MfaMaker();
        maker.data("abcdefgh".getBytes());
        int[] toc = new int[8];
        for (int i = 0; i < 8; i++) {
            toc[i] = maker.toc(i, 1, 1, 1);
        }
        maker.board("A", List.of(), new Image(toc[0], 1, 1, "x"), new Image(toc[1], 1, 1, "x"),
                new Image(toc[2], 1, 2, "y"), new Image(toc[3], 2, 3, "x"),
                new Image(toc[4], 1, 1, "x"), new Image(toc[5], 1, 2, "x"),
                new Image(toc[6], 1, 1, "x"));
        MfaArchive archive = MfaArchive.parse(maker.bytes());
        MfaBoard board = archive.boards().get(0);
        assertThat(board.tags()).containsExactly("x", "y");
        assertThat(archive.image(board)).isEqualTo(Bytes.ofText("afg"));
        assertThat(archive.image(board, "y")).isEqualTo(Bytes.ofText("c"));
        assertThatThrownBy(() -> archive.image(board, "z"))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(board.partNumber()).isEmpty();
    }

    @Test
    void boardsMayShareAnImageAndTheirPsidIsCompared() throws FormatException {
        byte[] image = ImageFixture.plain().toArray();
        MfaMaker maker = new MfaMaker();
        maker.data(image);
        Image right = Image.firmware(maker.toc(0, image.length, 1, 2, 36, 5000), 1);
        Image wrong = Image.firmware(maker.toc(0, image.length, 1, 2, 36, 5001), 1);
        maker.board("TEST_01", List.of(), right).board("TEST_02", List.of(), right)
                .board("TEST_03", List.of(), wrong);
        MfaArchive archive = MfaArchive.parse(maker.bytes());
        assertThat(archive.image("TEST_02")).isEqualTo(Bytes.of(image));
        assertThat(archive.check()).extracting(MfaProblem::psid, p -> p.finding().what(),
                p -> p.finding().found()).containsExactly(
                        tuple("TEST_02", "PSID of the image", "TEST_01"),
                        tuple("TEST_03", "PSID of the image", "TEST_01"),
                        tuple("TEST_03", "version of the image", "2.36.5000"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void aDamagedImageIsTold() throws FormatException {
        byte[] image = ImageFixture.with(ImageFixture.plain(), ImageFixture.CONFIGURATION + 20,
                0).toArray();
        MfaMaker maker = new MfaMaker();
        maker.data(image);
        maker.data("no image at all!".getBytes());
        maker.board("TEST_01", List.of(),
                Image.firmware(maker.toc(0, image.length, 1, 2, 36, 5000), 1));
        maker.board("TEST_02", List.of(), new Image(maker.toc(image.length, 16, 1), 1, 1, "t"));
        List<MfaProblem> problems = MfaArchive.parse(maker.bytes()).check();
        assertThat(problems).extracting(MfaProblem::psid).contains("TEST_01", "TEST_02");
        assertThat(problems.get(problems.size() - 1).toString()).startsWith("TEST_02 (t): 0x0");
    }

    @Test
    void onlyMfarIsAnArchive() {
        assertThat(MfaArchive.isArchive(Bytes.ofText("MFAR"))).isTrue();
        assertThat(MfaArchive.isArchive(Bytes.ofText("MFA"))).isFalse();
        assertThat(MfaArchive.isArchive(Bytes.ofText("MFA2...."))).isFalse();
        assertThat(MfaArchive.isArchive(ImageFixture.plain())).isFalse();
    }

    @Test
    void textsThatCouldMoveACursorAreEscaped() throws FormatException {
        MfaMaker maker = new MfaMaker();
        maker.data(new byte[] {1});
        maker.board("A", List.of("PN", "a\u001b[2Jb", "DESCRIPTION", "\u009b\u00e9\n", "X", "\\"),
                Image.firmware(maker.toc(0, 1, 1), 1));
        MfaBoard board = MfaArchive.parse(maker.bytes()).boards().get(0);
        assertThat(board.partNumber()).isEqualTo("a\\x1b[2Jb");
        assertThat(board.description()).isEqualTo("\\x9b\\xe9\\x0a");
        assertThat(board.other()).containsExactly(Map.entry("X", "\\"));
    }

    @Test
    void versionsAreWordedAsTheStockToolDoes() {
        assertThat(component(2, 42, 5000).versionText()).isEqualTo("2.42.5000");
        assertThat(component(3, 4, 752).versionText()).isEqualTo("3.4.0752");
        assertThat(component(14, 100, 45).versionText()).isEqualTo("14.0100.0045");
        assertThat(component(8025).versionText()).isEqualTo("8025");
        assertThat(component().versionText()).isEmpty();
        assertThat(component().kindName()).isEqualTo("0x123");
    }

    private static MfaComponent component(Integer... version) {
        return new MfaComponent(1, 0x123, List.of(version), "", 1, 0, 0);
    }
}
