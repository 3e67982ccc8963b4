// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.image.Fs2Image;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {ours, stock} x {operations on images of {@link MatrixRow}} x {BAR0, configuration space, vendor capability}, on cards of the same
 * content. The judge is stock mstflint 4.21: texts and exit codes are equal, files are equal, each reads what the other wrote.
 */
class MatrixIT {
    private static final List<Matrix.Way> WAYS = List.of(
        new Matrix.Way("BAR0", "", 0, MatrixRow.FLINT),
        new Matrix.Way("config", "pciconf-", 1, MatrixRow.FLINT_OPERATIONS),
        // Configuration space of a card that has the vendor capability, as newer firmware does: stock prefers it then.
        new Matrix.Way("vendor", "pciconf-", 2, MatrixRow.FLINT_FEW));
    private static final Matrix.Way VENDOR = WAYS.get(2);

    @TempDir
    static Path folder;

    private static Matrix matrix;

    @BeforeAll
    static void equalCards() throws Exception {
        List<Path> cards = new ArrayList<>();
        for (int i = 0; i < WAYS.size() * Matrix.Tool.values().length; i++) {
            cards.add(GuestCards.create(folder.resolve("card" + i + ".sim")));
        }
        for (Matrix.Tool tool : Matrix.Tool.values()) {
            VirtualCard.setOptions(cards.get(VENDOR.card(tool)), Map.of(VirtualCard.Option.VENDOR_CAPABILITY, 1L));
        }
        matrix = new Matrix(cards, "images");
        Fs2Image image = GuestCards.image(GuestCards.NEW).build();
        GuestCards.write(Machines.host(matrix.guest(), "new.bin"), image);
        Files.write(Machines.host(matrix.guest(), "rom.bin"), image.romPayload().orElseThrow().toArray());
    }

    @AfterAll
    static void end() throws Exception {
        if (matrix != null) {
            matrix.close();
        }
    }

    @TestFactory
    List<DynamicTest> bothToolsAgree() {
        return matrix.tests(WAYS);
    }
}
