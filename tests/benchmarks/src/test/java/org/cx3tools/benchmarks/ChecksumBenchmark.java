// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Crc16;
import org.cx3tools.imagemaker.BitCrc;
import org.cx3tools.imagemaker.RandomImage;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * CRC16 of 1 MiB on one core, and verification of a whole image of release size, told for 1 MiB, both warm (JMH, one
 * fork), next to the bit-by-bit checksum of the image maker. Not part of a normal build, see README.md.
 */
public class ChecksumBenchmark {
    private static final double GOAL_GIB = 1.0;
    private static final double GOAL_MS = 2.0;
    private static final int MIB = 1 << 20;

    /** What is measured. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class Measured {
        private byte[] raw;
        private Bytes bytes;
        private Bytes image;

        /** Makes the data. */
        @Setup
        public void data() {
            raw = new byte[MIB];
            new java.util.Random(1).nextBytes(raw);
            bytes = Bytes.of(raw);
            image = Bytes.of(releaseImage());
        }

        /** {@return our checksum} */
        @Benchmark
        public int crc16() {
            return Crc16.of(bytes);
        }

        /** {@return the same, bit by bit} */
        @Benchmark
        public int bitByBit() {
            return BitCrc.of(raw, 0, raw.length);
        }

        /** {@return the verdict on a whole image} */
        @Benchmark
        public boolean verify() {
            return Verifier.verify(image).good();
        }
    }

    @Test
    void oneMebibyteIsSummedUpAndVerifiedInTime() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include(Measured.class.getName().replace('$', '.')).forks(1).warmupIterations(4)
                .warmupTime(TimeValue.seconds(1)).measurementIterations(5)
                .measurementTime(TimeValue.seconds(1)).build()).run();
        double crc = microseconds(results, "crc16");
        double baseline = microseconds(results, "bitByBit");
        double bytes = releaseImage().length;
        double verify = microseconds(results, "verify") * MIB / bytes / 1000;
        double rate = 1e6 / crc / 1024;
        System.out.println(String.format(Locale.ROOT, "CRC16: %.2f GiB/s on one core, %.0f times the bit-by-bit"
                + " baseline (%.3f GiB/s); goal %.1f", rate, baseline / crc, 1e6 / baseline / 1024, GOAL_GIB));
        System.out.println(String.format(Locale.ROOT, "verification of an image of %.0f bytes: %.2f ms for 1 MiB;"
                + " goal %.1f", bytes, verify, GOAL_MS));
        assertThat(rate).as("GiB/s").isGreaterThanOrEqualTo(GOAL_GIB);
        assertThat(verify).as("ms").isLessThan(GOAL_MS);
    }

    private static double microseconds(Collection<RunResult> results, String name) {
        List<Double> found = new ArrayList<>();
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + name)) {
                found.add(result.getPrimaryResult().getScore());
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static byte[] releaseImage() {
        for (long seed = 1; seed < 300; seed++) {
            RandomImage image = RandomImage.of(seed, RandomImage.Size.RELEASE);
            int length = image.layout().bytes().length;
            if (!image.blankGuids() && Math.abs(length - MIB) < MIB / 3) {
                return image.layout().bytes();
            }
        }
        throw new IllegalStateException("no image of two thirds of 1 MiB among 300 seeds");
    }
}
