// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Stock;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own images before the stock tool. */
class AssembledImagesTest {
    @TempDir
    Path folder;

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
