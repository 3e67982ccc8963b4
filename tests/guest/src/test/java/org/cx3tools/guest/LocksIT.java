// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cx3tools.device.VirtualCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our tool and stock on one card at the same time, and what a killed one leaves to the other. */
class LocksIT {
    private static final String DEVICE = Guest.address(0);
    private static final String OURS_BURN = "cx3 flint -d " + DEVICE + " -i /host/new.bin -y burn";
    /** Reads all flash for a backup first. */
    private static final String OURS_BURN_WITH_BACKUP = "cx3 burn -d " + DEVICE + " -i /host/new.bin -y";
    private static final String STOCK_BURN = "mstflint -d " + DEVICE + " -i /host/new.bin -y burn";

    @TempDir
    static Path folder;

    private static Path card;
    private static Guest guest;
    private static int lastSeed;
    private static long violationsBefore;

    @BeforeAll
    static void aCard() throws Exception {
        card = GuestCards.create(folder.resolve("card.sim"));
        guest = Machines.start(GuestSetup.of(card));
    }

    @AfterAll
    static void end() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    /** Other filler each time, so that a burn finds no page equal and lasts. */
    @BeforeEach
    void anotherImage() throws Exception {
        Files.deleteIfExists(Machines.host(guest, "new.bin"));
        GuestCards.write(Machines.host(guest, "new.bin"), GuestCards.image(GuestCards.NEW).seed(++lastSeed).build());
        violationsBefore = VirtualCard.state(card).traffic().violations();
    }

    private static long programs() throws Exception {
        return VirtualCard.state(card).traffic().programs();
    }

    private Guest.Job inTheMiddleOf(String burn) throws Exception {
        long before = programs();
        Guest.Job job = guest.start(burn);
        Waiting.until("the burn writes", () -> programs() > before + 10 || !job.running());
        assertThat(job.running()).as("the burn was over too soon").isTrue();
        return job;
    }

    /** violations: a kill in the middle of a page leaves the chip selected; the command that ends that is one. */
    private void burntWell(int violations) throws Exception {
        Ran stock = guest.run("mstflint -d " + DEVICE + " verify && mstflint -d " + DEVICE + " query");
        assertThat(stock.code()).as(stock.toString()).isZero();
        assertThat(stock.out()).contains(GuestCards.NEW.toString());
        assertThat(guest.run("cx3 verify -d " + DEVICE).out()).contains("good");
        assertThat(VirtualCard.state(card).traffic().violations() - violationsBefore).isBetween(0L, (long) violations);
        assertThat(VirtualCard.state(card).semaphoresHeld() & ~(1L << 32)).isZero();
    }

    @Test
    void oursWaitsForABurnOfStock() throws Exception {
        Guest.Job burn = inTheMiddleOf(STOCK_BURN);
        Ran query = guest.run("cx3 query -d " + DEVICE);
        assertThat(burn.running()).as("ours answered while stock burnt").isFalse();
        assertThat(burn.await().code()).isZero();
        assertThat(query.code()).as(query.toString()).isZero();
        burntWell(0);
    }

    @Test
    void stockWaitsForABurnOfOurs() throws Exception {
        Guest.Job burn = inTheMiddleOf(OURS_BURN);
        Ran query = guest.run("mstflint -d " + DEVICE + " query");
        Ran ours = burn.await();
        assertThat(ours.code()).as(ours.toString()).isZero();
        assertThat(query.code()).as(query.toString()).isZero();
        burntWell(0);
    }

    @Test
    void oursIsToldWhichProcessOfOursHasTheCard() throws Exception {
        Guest.Job burn = inTheMiddleOf(OURS_BURN);
        burn.kill("STOP"); // however long the second one takes to start
        Ran second = guest.run("cx3 query -d " + DEVICE);
        burn.kill("CONT");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.errors()).containsPattern("process \\d+ \\(since 20\\d\\d-.* UTC\\) has it");
        assertThat(burn.await().code()).isZero();
        burntWell(0);
    }

    @Test
    void aKilledBurnOfStockIsRecoveredByOurs() throws Exception {
        Guest.Job burn = inTheMiddleOf(STOCK_BURN);
        burn.kill("KILL");
        burn.await();
        assertThat(guest.run("cx3 doctor -d " + DEVICE).code()).isEqualTo(14);
        Ran refused = guest.run(OURS_BURN_WITH_BACKUP);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("another tool works on the flash, or one died");
        // Nobody has the card open, so the owner is dead; no word of the operator is needed.
        Ran recovered = guest.run("cx3 recover -d " + DEVICE + " -y");
        assertThat(recovered.code()).as(recovered.toString()).isZero();
        assertThat(recovered.out()).contains("State of the flash: A burn was interrupted.", "is intact and boots");
        Ran again = guest.run(OURS_BURN);
        assertThat(again.code()).as(again.toString()).isZero();
        burntWell(1);
    }

    @Test
    void aKilledBurnOfOursIsFinishedByRecover() throws Exception {
        Guest.Job burn = inTheMiddleOf(OURS_BURN_WITH_BACKUP);
        burn.kill("KILL");
        burn.await();
        Ran recovered = guest.run("cx3 recover -d " + DEVICE + " -y");
        assertThat(recovered.code()).as(recovered.toString()).isZero();
        assertThat(recovered.out()).contains("A burn was interrupted.", "The journal of this host says: process",
            "writing the new image without its signature");
        burntWell(1);
    }

    @Test
    void recoverDoesNotTouchTheLocksOfALivingTool() throws Exception {
        Guest.Job burn = inTheMiddleOf(STOCK_BURN);
        burn.kill("STOP");
        Ran refused = guest.run("cx3 recover -d " + DEVICE + " -y");
        burn.kill("CONT");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("process ", "(ld-linux-x86-64) may hold them", "--clear-locks");
        assertThat(burn.await().code()).isZero();
        burntWell(0);
    }

    @Test
    void aKilledBurnOfOursIsRecognisedByOurNextRunAndRecoveredByStock() throws Exception {
        Guest.Job burn = inTheMiddleOf(OURS_BURN);
        burn.kill("KILL");
        burn.await();
        Ran stopped = guest.run("cx3 query -d " + DEVICE);
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.errors()).containsPattern("cx3 process \\d+ \\(since .* UTC\\) was killed while it had the card");
        Ran doctor = guest.run("cx3 doctor -d " + DEVICE);
        assertThat(doctor.code()).isEqualTo(14);
        assertThat(doctor.out()).containsPattern("cx3 process \\d+ .* was killed while it had the card");
        guest.run("cx3 hw -d " + DEVICE + " --clear-semaphore -y");
        Ran stock = guest.run(STOCK_BURN);
        assertThat(stock.code()).as(stock.toString()).isZero();
        burntWell(1);
    }
}
