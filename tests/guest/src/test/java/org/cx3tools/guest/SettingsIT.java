// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.synthetic.CardModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {ours, stock mstconfig and mstvpd} x {settings of {@link MatrixRow}} x {HP card, the same by way of configuration space and with a
 * mailbox that is reached by command only, retail card}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettingsIT {
    private static final Matrix.Way HP = new Matrix.Way("HP", "", 0, MatrixRow.SETTINGS);
    private static final Matrix.Way CONFIG = new Matrix.Way("config", "pciconf-", 1, MatrixRow.SETTINGS_FEW);
    private static final Matrix.Way RETAIL = new Matrix.Way("retail", "", 2, MatrixRow.RETAIL_SETTINGS);

    @TempDir
    static Path folder;

    private static final List<Path> CARDS = new ArrayList<>();
    private static Matrix matrix;

    @BeforeAll
    static void equalCards() throws Exception {
        for (Matrix.Way way : List.of(HP, CONFIG, RETAIL)) {
            for (Matrix.Tool tool : Matrix.Tool.values()) {
                CardModel model = way == RETAIL ? CardModel.MCX354A_FCBT : CardModel.HP_764285_B21;
                CARDS.add(GuestCards.create(folder.resolve("card" + way.card(tool) + ".sim"), model,
                    Optional.of(GuestCards.image(model, GuestCards.OLD).build())));
                if (way == CONFIG) {
                    VirtualCard.setOptions(CARDS.get(way.card(tool)), Map.of(VirtualCard.Option.CR_MAILBOX, 0L));
                }
            }
        }
        matrix = new Matrix(CARDS, "settings");
    }

    @AfterAll
    static void end() throws Exception {
        if (matrix != null) {
            matrix.close();
            matrix = null;
        }
    }

    @TestFactory
    @Order(1)
    List<DynamicTest> bothToolsAgree() {
        return matrix.tests(List.of(HP, CONFIG, RETAIL));
    }

    /** The flaw of stock that ours has not (flint-differences.md): a PHY type of 0 that nobody touched. */
    @Test
    @Order(2)
    void aLinkTypeAloneIsRefusedByStockOnly() throws Exception {
        Guest guest = matrix.guest();
        Ran stock = guest.run("mstconfig -d " + HP.device(Matrix.Tool.STOCK) + " -y set LINK_TYPE_P1=2 LINK_TYPE_P2=2");
        assertThat(stock.code()).as(stock.toString()).isEqualTo(3);
        assertThat(stock.all()).contains("illegal Phy Type value");
        Ran ours = guest.run("cx3 mstconfig -d " + HP.device(Matrix.Tool.OURS) + " -y set LINK_TYPE_P1=2 LINK_TYPE_P2=2");
        assertThat(ours.code()).as(ours.toString()).isZero();
        Ran asked = guest.run("mstconfig -d " + HP.device(Matrix.Tool.OURS) + " q LINK_TYPE_P1 LINK_TYPE_P2 PHY_TYPE_P1");
        assertThat(asked.out()).containsPattern("LINK_TYPE_P1 +ETH\\(2\\)").containsPattern("LINK_TYPE_P2 +ETH\\(2\\)")
            .containsPattern("PHY_TYPE_P1 +0");
    }

    /** What the row "set of the BAR" stored shows in the size of BAR2 after a restart of card and machine. */
    @Test
    @Order(3)
    void whatIsStoredCountsFromTheNextStartOn() throws Exception {
        assertThat(matrix.guest().run("lspci -vv -s " + HP.device(Matrix.Tool.OURS)).out()).contains("[size=32M]");
        end();
        Path[] pair = {CARDS.get(HP.card(Matrix.Tool.STOCK)), CARDS.get(HP.card(Matrix.Tool.OURS))};
        for (Path card : pair) {
            VirtualCard.powerCycle(card);
            assertThat(VirtualCard.state(card).applied().orElseThrow().logBarSize()).isEqualTo(3);
        }
        try (Guest guest = Machines.start(GuestSetup.of(pair))) {
            for (Matrix.Tool tool : Matrix.Tool.values()) {
                String device = HP.device(tool);
                assertThat(guest.run("lspci -vv -s " + device).out()).contains("[size=8M]").doesNotContain("[size=32M]");
                Ran stock = guest.run("mstconfig -d " + device + " -e q LOG_BAR_SIZE");
                // The default is what QUERY_DEV_CAP tells of now.
                assertThat(stock.out()).containsPattern("LOG_BAR_SIZE +3 +3");
                assertThat(Matrix.text(guest.run("cx3 mstconfig -d " + device + " -e q LOG_BAR_SIZE"))).isEqualTo(Matrix.text(stock));
            }
        }
    }
}
