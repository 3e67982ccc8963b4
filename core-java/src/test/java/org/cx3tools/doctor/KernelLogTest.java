// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.cx3tools.binary.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KernelLogTest {
    private static final String CARD = "0000:23:00.0";

    @TempDir
    private Path folder;

    static KernelLog log(String name) throws IOException {
        try (var in = KernelLogTest.class.getResourceAsStream(name)) {
            return KernelLog.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<FindingKind> kinds(String name) throws IOException {
        return KernelEvent.of(log(name), CARD, List.of()).stream().map(KernelEvent::kind).toList();
    }

    @Test
    void everyFormatOfALogGivesTheSameMessage() {
        for (String line : List.of("[    4.113223] mlx4_core: Initializing 0000:23:00.0",
                "kern  :info  : [    4.113223] mlx4_core: Initializing 0000:23:00.0",
                "[Mon Nov 23 08:00:01 2026] mlx4_core: Initializing 0000:23:00.0",
                "<6>[    4.113223] mlx4_core: Initializing 0000:23:00.0",
                "6,1234,4113223,-;mlx4_core: Initializing 0000:23:00.0",
                "Nov 23 08:00:01 box kernel: mlx4_core: Initializing 0000:23:00.0",
                "Nov 23 08:00:01 box kernel: [    4.113223] mlx4_core: Initializing 0000:23:00.0",
                "2026-11-23T08:00:01+0100 box kernel: mlx4_core: Initializing 0000:23:00.0",
                "2026-11-23T08:00:01.123456+01:00 box kernel: mlx4_core: Initializing 0000:23:00.0",
                "mlx4_core: Initializing 0000:23:00.0\r")) {
            assertThat(KernelLog.parse("", line).lines()).as(line)
                .containsExactly("mlx4_core: Initializing 0000:23:00.0");
        }
    }

    @Test
    void whatAProgramWroteIsNotBelieved() throws IOException {
        for (String line : List.of("user  :notice: [ 4.1] mlx4_core: Initializing 0000:23:00.0", "<13>[ 4.1] x",
                "12,1,1,-;x", "Nov 23 08:00:01 box logger: x", "2026-11-23T08:00:01+0100 box app[12]: x", " KEY=value")) {
            assertThat(KernelLog.parse("", line).lines()).as(line).isEmpty();
        }
        assertThat(kinds("forged.log")).containsExactly(FindingKind.LOCKS_HELD);
    }

    @Test
    void onlyTheLastStartOfTheMachineCountsAndWhatWasCuredIsHistory() throws IOException {
        assertThat(kinds("cured.log")).isEmpty();
    }

    @Test
    void onlyLinesAboutTheCardCount() throws IOException {
        assertThat(kinds("sriov.log")).contains(FindingKind.SRIOV_RESOURCES, FindingKind.DRIVER_GAVE_UP)
            .doesNotContain(FindingKind.BAR_RESOURCES);
        assertThat(KernelEvent.of(log("sriov.log"), "0000:24:00.0", List.of())).extracting(KernelEvent::kind)
            .containsExactly(FindingKind.BAR_RESOURCES);
        assertThat(KernelEvent.of(log("sriov.log"), "0000:42:00.0", List.of())).isEmpty();
        assertThat(KernelEvent.onlyCard(log("sriov.log"))).contains(CARD);
    }

    @Test
    void bothGenerationsOfWordsAreKnown() throws IOException {
        assertThat(kinds("older-words.log")).contains(FindingKind.BAR2_TOO_LARGE, FindingKind.SRIOV_RESOURCES,
            FindingKind.BAR_RESOURCES);
    }

    /** Arguments as the kernel would print them, put into each format of the table. */
    @Test
    void everyFormatOfTheTableIsRecognisedAndNamesAKind() throws IOException {
        try (var in = KernelMessage.class.getResourceAsStream("kernel-messages.tsv")) {
            for (String row : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).toList()) {
                String[] columns = row.split("\t");
                assertThat(columns).as(row).hasSize(3);
                String message = columns[2].replace("%pR", "[mem size 0x00800000 64bit pref]")
                    .replaceAll("%#?0?\\d*l*x", "12ab").replaceAll("%0?\\d*[du]", "12")
                    .replace("initializing %s", CARD).replace("probe of %s", "probe of " + CARD)
                    .replace("pci_name=%s", "pci_name=" + CARD).replace("Initializing %s", "Initializing " + CARD)
                    .replace("%s", "BAR 0");
                KernelMessage known = KernelMessage.all().stream().filter(m -> m.match(message).isPresent()).findFirst()
                    .orElseThrow(() -> new AssertionError(message));
                assertThat(known.kind()).as(message).isEqualTo(columns[0]);
                if (!List.of(KernelMessage.RESOURCE, KernelMessage.START, KernelMessage.GOOD, KernelMessage.ASSIGNED)
                        .contains(columns[0])) {
                    assertThat(FindingKind.valueOf(columns[0])).isNotNull();
                }
                assertThat(columns[1]).isIn("pci", "driver", "kernel");
            }
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        assertThatThrownBy(() -> KernelLog.of(Path.of("/dev/zero"))).hasMessageContaining("is no regular file");
        assertThatThrownBy(() -> KernelLog.of(folder)).hasMessageContaining("is no regular file");
        assertThatThrownBy(() -> KernelLog.of(folder.resolve("nowhere"))).hasMessageContaining("no such file");
        Path pipe = folder.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> KernelLog.of(pipe)).hasMessageContaining("is no regular file");
    }

    @Test
    void ofAHugeFileTheEndCounts() throws IOException {
        Path file = folder.resolve("huge");
        try (var out = Files.newOutputStream(file)) {
            byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 40; i++) {
                out.write(block);
            }
            out.write("\n[ 1.0] mlx4_core 0000:23:00.0: Failed to start FW, aborting\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(KernelEvent.of(KernelLog.of(file), CARD, List.of())).hasSize(1);
    }

    /** Known messages with noise in them and around them: no exception, and no long search. */
    @Test
    void hostileLogsCostLittle() throws IOException {
        Random random = Seed.start("hostileLogsCostLittle");
        List<String> words = log("sriov.log").lines();
        String alphabet = ":[]%; \u00e9\u0000\t0123456789abcdef.BAR";
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                StringBuilder line = new StringBuilder(words.get(random.nextInt(words.size())));
                for (int n = random.nextInt(60); n > 0; n--) {
                    line.insert(random.nextInt(line.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
                }
                text.append(line.toString().repeat(1 + random.nextInt(3))).append('\n');
            }
            KernelLog log = KernelLog.parse("hostile", text.toString());
            KernelEvent.of(log, CARD, List.of("0000:00:03.0"));
            KernelEvent.onlyCard(log);
        }
        String evil = "mlx4_core 0000:23:00.0: " + "BAR 0:".repeat(400) + "[".repeat(500);
        long start = System.nanoTime();
        KernelEvent.of(KernelLog.parse("evil", (evil + "\n").repeat(200)), CARD, List.of());
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }
}
