// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite of the C core, on a card that is a PCI device: the real mmap, the real kernel. */
class ContractIT {
    private static final String WRITE = "CX3_TEST_WRITE=yes-erase-this-card ";

    @TempDir
    static Path folder;

    private static Path card;
    private static Guest guest;

    @BeforeAll
    static void aCard() throws Exception {
        card = GuestCards.create(folder.resolve("card.sim"));
        guest = Machines.start(GuestSetup.of(card).faster(10));
    }

    @AfterAll
    static void end() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    @Test
    void withoutADeviceNothingIsTouched() throws Exception {
        Ran ran = guest.run("/opt/contract_hardware");
        assertThat(ran.code()).isEqualTo(77);
        assertThat(ran.traffic()).containsOnly(VirtualCard.Traffic.NONE);
    }

    @Test
    void readingHoldsOverBar0() throws Exception {
        fulfilled("CX3_TEST_DEVICE=pci:" + Guest.address(0), "skip the_card_fulfils_the_writing_contract");
    }

    @Test
    void writingHoldsOverBar0() throws Exception {
        fulfilled(WRITE + "CX3_TEST_DEVICE=pci:" + Guest.address(0), "ok   the_card_fulfils_the_writing_contract");
    }

    @Test
    void writingHoldsOverConfigurationSpace() throws Exception {
        fulfilled(WRITE + "CX3_TEST_DEVICE=pciconf:" + Guest.address(0), "ok   the_card_fulfils_the_writing_contract");
    }

    private static void fulfilled(String environment, String writing) throws Exception {
        Ran ran = guest.run(environment + " /opt/contract_hardware");
        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("ok   the_card_fulfils_the_reading_contract", writing);
        assertThat(ran.traffic().get(0).violations()).isZero();
        assertThat(VirtualCard.state(card).semaphoresHeld() & ~flush()).isZero();
    }

    /** Semaphore 32, of the ordering flush, may stay taken. */
    private static long flush() {
        return 1L << 32;
    }
}
