// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.binary.Bytes;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.imagemaker.RandomImage;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Release sources of images of the other maker, and our own images before the stock tool. */
class AssembledImagesTest {
    private static final int IMAGES = 100;

    @TempDir
    Path folder;

    @Test
    void imagesOfTheOtherMakerComeBackByteForByte() throws Exception {
        long seed = Seeds.announce(AssembledImagesTest.class);
        for (int i = 0; i < IMAGES; i++) {
            RandomImage made = RandomImage.of(seed + i, RandomImage.Size.SMALL);
            Fs2Image image = Fs2Image.parse(Bytes.of(made.layout().bytes()));
            Path source = new Disassembler(FieldDictionary.empty()).disassemble(image, "fw")
                    .write(folder.resolve("image" + i));
            Fs2Image back = new Assembler(AssembleOptions.defaults())
                    .assemble(ReleaseSource.read(source), Optional.empty()).image();
            assertThat(back.bytes()).as(made.describe()).isEqualTo(image.trimmed().bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(CardModel.class)
    void stockAcceptsTheFirmwareOfVirtualCards(CardModel model) throws Exception {
        judge(SyntheticImage.of(model).build(), model.facts().psid());
        judge(SyntheticRelease.image(model), model.facts().psid());
    }

    @Test
    void stockAcceptsTheReleaseWithTheCardsEditedBoardFile() throws Exception {
        Fs2Image card = SyntheticImage.of(CardModel.HP_764285_B21).build();
        BoardFile wanted = BoardFile.parse(card.fwConfiguration().orElseThrow().toArray())
                .with("HCA", "sriov_en", "0").with("ADAPTER", "PSID", "LAB_0000000001");
        judge(new Assembler(AssembleOptions.defaults()).assemble(
                SyntheticRelease.image(CardModel.HP_764285_B21), wanted).image(),
                "LAB_0000000001");
    }

    private void judge(Fs2Image image, String psid) throws Exception {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
        Stock stock = Stock.find().orElseThrow();
        Path file = folder.resolve("image.bin");
        Files.write(file, image.bytes().toArray());
        Outcome verify = stock.run(folder, "-i", file.toString(), "verify");
        assertThat(verify.exit()).as(verify.describe()).isZero();
        assertThat(verify.output()).contains("(Full Image) - OK").doesNotContain("wrong CRC");
        Outcome query = stock.run(folder, "-i", file.toString(), "query", "full");
        assertThat(query.output()).containsPattern("PSID: +" + psid).doesNotContain("-E-", "-W-");
    }
}
