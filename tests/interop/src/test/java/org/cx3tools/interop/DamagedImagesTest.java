// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.cx3tools.binary.Bytes;
import org.cx3tools.harness.Mkfs2;
import org.cx3tools.harness.Ours;
import org.cx3tools.harness.Outcome;
import org.cx3tools.harness.Pairwise;
import org.cx3tools.harness.Seeds;
import org.cx3tools.harness.Stock;
import org.cx3tools.image.Medium;
import org.cx3tools.imagemaker.Damage;
import org.cx3tools.imagemaker.FlashDump;
import org.cx3tools.imagemaker.Noise;
import org.cx3tools.imagemaker.RandomImage;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;
import org.cx3tools.verify.VerifyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged images of two makers, most of them behind good checksums: what the stock tool refuses,
 * hangs on or crashes over, we refuse as well; where we refuse more, the reason is one of
 * {@link Stricter}.
 */
class DamagedImagesTest {
    private static final int CASES = Integer.getInteger("cx3.damaged", 5000);
    private static final int PER_IMAGE = 50;

    /** Processor time of one verification of ours. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** The stock tool takes some ten milliseconds; a chain in a circle takes it for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Mismatches mismatches = new Mismatches("damaged-images");
    private final Map<Stricter, Integer> stricter = new EnumMap<>(Stricter.class);
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger refusedByStock = new AtomicInteger();
    private final AtomicInteger refusedByUs = new AtomicInteger();
    private final AtomicInteger hangs = new AtomicInteger();
    private final AtomicInteger slowest = new AtomicInteger();

    @TempDir
    Path folder;

    /** A file to judge. */
    private record Case(byte[] bytes, boolean striped, String what) {
    }

    @Test
    void nothingThatTheStockToolRefusesIsAcceptedByUsAndTheOppositeHasAReason() throws Exception {
        assumeTrue(Stock.find().isPresent(), Stock.MISSING);
        assumeTrue(Mkfs2.find().isPresent(), Mkfs2.MISSING);
        Stock stock = Stock.find().orElseThrow();
        long seed = Seeds.announce(DamagedImagesTest.class);
        int images = (CASES + 2 * PER_IMAGE - 1) / (2 * PER_IMAGE);
        List<BaseImages.Base> bases = new ArrayList<>(BaseImages.own(seed, images));
        bases.addAll(BaseImages.mkfs2(folder, seed, images));
        List<Callable<Void>> pieces = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            BaseImages.Base base = bases.get(i);
            Random random = new Random(seed + i);
            int cases = Math.min(PER_IMAGE, CASES - i * PER_IMAGE);
            pieces.add(() -> {
                for (int k = 0; k < cases; k++) {
                    judge(stock, damaged(base, k, random));
                }
                return null;
            });
        }
        pieces.add(() -> judgeEachField(stock, seed));
        Pairwise.run(pieces);
        System.out.println("DamagedImagesTest: " + total + " damaged images, " + refusedByStock
                + " refused by the stock tool, which hangs on " + hangs + ", " + refusedByUs
                + " by us; slowest " + slowest + " ms; only by us for " + stricter);
        mismatches.assertNone();
    }

    private static Case damaged(BaseImages.Base base, int number, Random random) {
        Noise noise = Noise.values()[number % Noise.values().length];
        byte[] bytes = noise.of(base.bytes(), random);
        String what = noise.label() + " " + number + " of " + base.describe();
        OptionalInt log2Chunk = base.log2Chunk();
        if (random.nextInt(5) != 0 || log2Chunk.orElse(16) > 19) {
            return new Case(bytes, false, what);
        }
        byte[] flash = FlashDump.blank(FlashDump.sizeFor(bytes.length, log2Chunk));
        int slot = log2Chunk.isEmpty() ? 0 : random.nextInt(2);
        FlashDump.put(flash, bytes, log2Chunk, slot);
        return new Case(flash, true, what + ", slot " + slot + " of a dump");
    }

    private Void judgeEachField(Stock stock, long seed) throws Exception {
        RandomImage image = RandomImage.of(seed, RandomImage.Size.SMALL);
        for (Damage kind : Damage.values()) {
            judge(stock, new Case(kind.of(image.layout()), false,
                    kind.label() + " of " + image.describe()));
        }
        return null;
    }

    private void judge(Stock stock, Case one) throws Exception {
        Path file = Files.createTempFile(folder, "damaged", ".bin");
        Files.write(file, one.bytes());
        String[] words = one.striped()
                ? new String[] {"-i", file.toString(), "-striped_image", "verify"}
                : new String[] {"-i", file.toString(), "verify"};
        Verdict ours = ours(one, words);
        Outcome theirs = stock.run(PATIENCE, folder, words);
        if (theirs.exit() == Outcome.TIMED_OUT && ours.accepts()) {
            theirs = stock.run(folder, words);
        }
        count(theirs, ours.report());
        List<String> problems = problems(theirs, ours);
        if (!problems.isEmpty()) {
            mismatches.add(one.what() + "\n" + String.join("\n", problems) + "\n--- stock\n"
                    + theirs.describe() + "\n--- ours\n" + ours.flint().describe()
                    + "\n--- findings\n" + ours.report().findings());
        }
        Files.delete(file);
    }

    /** What we say, and how long it took. */
    private record Verdict(VerifyReport report, Outcome flint, long millis) {
        boolean accepts() {
            return report.good() || flint.exit() == 0;
        }
    }

    private Verdict ours(Case one, String[] words) throws Exception {
        List<String> command = new ArrayList<>(List.of("flint"));
        command.addAll(List.of(words));
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Bytes bytes = Bytes.of(one.bytes());
        VerifyReport report = one.striped() ? Verifier.verify(Medium.of(bytes))
                : Verifier.verify(bytes);
        Outcome flint = Ours.run(folder, command.toArray(String[]::new));
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        long millis = Duration.ofNanos(nanos).toMillis();
        slowest.accumulateAndGet((int) millis, Math::max);
        return new Verdict(report, flint, millis);
    }

    private void count(Outcome theirs, VerifyReport report) {
        total.incrementAndGet();
        hangs.addAndGet(theirs.exit() == Outcome.TIMED_OUT ? 1 : 0);
        refusedByStock.addAndGet(theirs.exit() == 0 ? 0 : 1);
        refusedByUs.addAndGet(report.good() ? 0 : 1);
    }

    private List<String> problems(Outcome theirs, Verdict ours) {
        List<String> problems = new ArrayList<>();
        boolean blank = theirs.output().contains("BLANK GUIDS");
        boolean stockRefuses = theirs.exit() != 0;
        if (stockRefuses && (ours.report().good() && !blank || ours.flint().exit() == 0)) {
            problems.add("accepted by us");
        }
        if (ours.flint().exit() != 0 && ours.flint().exit() != 1
                || ours.flint().describe().contains("Exception")) {
            problems.add("our command failed");
        }
        boolean ended = theirs.exit() == 0 || theirs.exit() == 1;
        // On such a chain stock goes round in bytes that it has swapped already: mostly for ever, now and then into a section of garbage.
        boolean circle = stockRefuses && ours.flint().describe().contains("Section chain runs in a circle");
        if (ended && !circle && !theirs.exitAndOutput().equals(ours.flint().exitAndOutput())) {
            problems.add("our flint prints something else");
        }
        if (ours.millis() > LIMIT.toMillis()) {
            problems.add("it took us " + ours.millis() + " ms");
        }
        if (!stockRefuses && !ours.report().good()) {
            problems.addAll(withoutReason(ours.report()));
        }
        return problems;
    }

    private List<String> withoutReason(VerifyReport report) {
        List<String> unknown = new ArrayList<>();
        Set<Stricter> reasons = EnumSet.noneOf(Stricter.class);
        for (Finding finding : report.findings()) {
            if (finding.severity() == Finding.Severity.ERROR) {
                Optional<Stricter> reason = Stricter.of(finding);
                reason.ifPresent(reasons::add);
                if (reason.isEmpty()) {
                    unknown.add("stricter without a class: " + finding);
                }
            }
        }
        synchronized (stricter) {
            reasons.forEach(reason -> stricter.merge(reason, 1, Integer::sum));
        }
        return unknown;
    }
}
