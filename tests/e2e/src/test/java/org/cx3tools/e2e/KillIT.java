// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cx3tools.backup.BurnJournal;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.Burner;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.burn.FlashSituation;
import org.cx3tools.burn.RecoveryPlans;
import org.cx3tools.burn.SlotState;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.flash.Progress;
import org.cx3tools.harness.Distribution;
import org.cx3tools.harness.Program;
import org.cx3tools.harness.Seeds;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.state.StateFolder;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A burn is hit by a signal at random moments: {@code -Dcx3.kills=N} times for each signal. Whatever the
 * moment, the card boots an image with its own GUIDs, the journal tells of the burn unless it is
 * complete, and the burn can be finished. Locks are given back by whoever had the chance to.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("cx3.kills", 8);
    private static final long FLUSH = 1L << 32;
    private static final String BUSY = "60";
    /** Said before the step; a signal behind it finds a burn that is complete. */
    private static final String LAST_STEP = "Invalidating the old image";

    @TempDir
    static Path space;

    private static Distribution distribution;

    private static Fs2Image image(int subminor) {
        return SyntheticImage.of(CardModel.HP_764285_B21).version(new FirmwareVersion(2, 42, subminor)).small()
                .seed(subminor).build();
    }

    /** code 0: the signal does not end a burn (the Java machine answers it by itself). */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129", "KILL, 137", "PIPE, 0", "QUIT, 0"})
    void aSignalAtAnyMomentLeavesWhatBootsAndWhatCanBeFinished(String signal, int code) throws Exception {
        Random random = new Random(Seeds.announce(KillIT.class) + signal.hashCode());
        Path work = Files.createDirectories(space.resolve(signal));
        synchronized (KillIT.class) {
            distribution = distribution == null ? Distribution.unpack(space.resolve("cx3")) : distribution;
        }
        Path fresh = work.resolve("fresh.sim");
        VirtualCards.create(fresh, VirtualCardOptions.of(CardModel.HP_764285_B21).withChip("W25Q80BV")
                .withImage(Optional.of(image(5000))));
        VirtualCard.setTiming(fresh, Integer.parseInt(BUSY), false);
        Files.write(work.resolve("new.bin"), image(5700).bytes().toArray());

        long accesses = whole(work, fresh);
        int cutShort = 0;
        for (int i = 0; i < KILLS; i++) {
            String where = String.format("SIG%s, kill %d", signal, i);
            Path card = reset(work, fresh);
            Process burn = start(work);
            long moment = (long) (random.nextDouble() * accesses);
            while (burn.isAlive() && accesses(card) < moment) {
                Thread.sleep(0, 100_000);
            }
            Program.of(work, List.of("kill", "-" + signal, Long.toString(burn.pid()))).run();
            assertThat(burn.waitFor(60, TimeUnit.SECONDS)).as(where).isTrue();
            String said = new String(burn.getErrorStream().readAllBytes());
            boolean done = burn.exitValue() == 0;
            // 1: the command had failed by itself, cancelled, before the Java machine ended by the signal.
            assertThat(burn.exitValue()).as(where + said).isIn(0, 1, code);
            cutShort += done ? 0 : 1;
            if (!done && !signal.equals("KILL") && !said.contains(LAST_STEP)) {
                assertThat(said).as(where).containsIgnoringCase("cancelled");
            }
            if (!signal.equals("KILL")) {
                assertThat(VirtualCard.state(card).semaphoresHeld() & ~FLUSH).as(where).isZero();
            }
            check(where, work, card, done);
        }
        System.out.printf("kill: %d x SIG%s, %d of them before the burn was complete%n", KILLS, signal, cutShort);
        assertThat(code == 0 ? KILLS - cutShort : cutShort).as("signals that struck").isPositive();
    }

    private void check(String where, Path work, Path card, boolean done) throws Exception {
        String device = "sim:" + card;
        for (VirtualCard.BootPolicy policy : VirtualCard.BootPolicy.values()) {
            VirtualCard.setBootPolicy(card, policy);
            VirtualCard.powerCycle(card);
            assertThat(VirtualCard.state(card).booted()).as(where).isTrue();
        }
        VirtualCard.setTiming(card, 0, false);
        BurnJournal journal = BurnJournal.of(new StateFolder(work.resolve("cx3-state")), device);
        Optional<BurnJournal.Entry> entry = journal.read();
        try (Device twin = Devices.open(DeviceAddress.parse(device),
                OpenOptions.defaults().withLockDir(work.resolve("locks")))) {
            FlashContent content = FlashContent.whole(twin.flash(), Progress.NONE);
            FlashSituation situation = FlashSituation.of(content);
            assertThat(situation.intact()).as(where).isNotEmpty();
            for (SlotState slot : situation.intact()) {
                Fs2Image there = content.image(slot.start()).orElseThrow();
                assertThat(there.guids()).as(where).contains(GuidBlock.counted(0x24be05ffffc557c0L, 0x24be05c557c1L));
                assertThat(there.info().orElseThrow().fwVersion().orElseThrow().subminor()).as(where)
                        .isIn(5000, 5700);
            }
            if (entry.isPresent()) {
                assertThat(entry.get().text()).as(where).contains("2.42.5700 over 2.42.5000");
                Burner.execute(RecoveryPlans.finish(entry.get().image(), content, twin.card()), twin, BurnListener.NONE);
                FlashSituation after = FlashSituation.of(FlashContent.whole(twin.flash(), Progress.NONE));
                assertThat(after.intact()).as(where).hasSize(1);
                journal.end();
            } else {
                // Nothing was begun, or it is complete.
                assertThat(situation.kind()).as(where).isEqualTo(FlashSituation.Kind.ORDERLY);
            }
            assertThat(done && entry.isPresent()).as(where).isFalse();
        }
    }

    private static long accesses(Path card) throws Exception {
        VirtualCard.Traffic traffic = VirtualCard.state(card).traffic();
        return traffic.reads() + traffic.writes();
    }

    private long whole(Path work, Path fresh) throws Exception {
        Path card = reset(work, fresh);
        Process burn = start(work);
        assertThat(burn.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(burn.exitValue()).as(new String(burn.getErrorStream().readAllBytes())).isZero();
        return accesses(card);
    }

    private static Path reset(Path work, Path fresh) throws Exception {
        return Files.copy(fresh, work.resolve("card.sim"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Process start(Path work) throws Exception {
        Program command = distribution.command(work, "burn", "-d", "sim:" + work.resolve("card.sim"), "-i", "new.bin",
                "-y");
        // Whoever runs the tests under nohup passes on an ignored SIGHUP.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM,PIPE,QUIT"));
        words.addAll(command.command());
        return new Program(words, command.folder(), command.input(), command.deadline(),
                command.extraEnvironment()).start();
    }
}
