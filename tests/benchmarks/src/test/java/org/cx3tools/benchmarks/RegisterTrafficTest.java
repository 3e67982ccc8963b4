// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cx3tools.harness.Ours;
import org.cx3tools.harness.Outcome;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimInfo;
import org.cx3tools.nativecore.NativeSimOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Register accesses of whole commands, counted by the virtual card (gateway never busy), next to
 * those of the stock tool for the same operation (flash-access, section 11). On a card each read
 * is a round trip on the bus, so these numbers are the time a command takes.
 */
class RegisterTrafficTest {
    private static final double STOCK_READ_READS = 513;
    private static final double STOCK_READ_WRITES = 321;
    private static final double STOCK_BURN_READS = 535;
    private static final double STOCK_BURN_WRITES = 658;
    private static final double READ_READS = 400;
    private static final double READ_WRITES = 140;
    private static final double BURN_READS = 560;
    private static final double BURN_WRITES = 560;
    /** Of a full query of the settings; the stock tool gives some 2,700 (nv-config 2.3). */
    private static final long QUERY_COMMANDS = 60;
    private static final long QUERY_COMMANDS_BY_COMMAND = 110;
    private static final String DEVICE = "sim:card.sim";

    @TempDir
    Path folder;

    private record Traffic(String what, long reads, long writes, long spiCommands, double kib) {
        double readsPerKib() {
            return reads / kib;
        }

        double writesPerKib() {
            return writes / kib;
        }

        void print(String stock) {
            String perKib = Double.isNaN(kib) ? "" : String.format(Locale.ROOT,
                    " = %4.0f R + %4.0f W per KiB", readsPerKib(), writesPerKib());
            System.out.println(String.format(Locale.ROOT,
                    "register traffic: %-24s %7d R %7d W %7d SPI%s (stock %s)", what, reads,
                    writes, spiCommands, perKib, stock));
        }
    }

    @BeforeEach
    void aCard() throws Exception {
        run("sim", "create", "card.sim", "--model", "hp-764285-b21");
        NativeSim.setTiming(card(), 0, false);
    }

    @Test
    void readingAnImageStaysWithinItsBudget() throws Exception {
        Traffic traffic = measure("flint ri", "flint", "-d", DEVICE, "ri", "image.bin");
        traffic = perKib(traffic, Files.size(folder.resolve("image.bin")));
        traffic.print(String.format(Locale.ROOT, "%.0f R + %.0f W", STOCK_READ_READS,
                STOCK_READ_WRITES));
        assertThat(traffic.readsPerKib()).isLessThanOrEqualTo(READ_READS);
        assertThat(traffic.writesPerKib()).isLessThanOrEqualTo(READ_WRITES);
    }

    @Test
    void aVerifiedBurnStaysWithinItsBudget() throws Exception {
        run("flint", "-d", DEVICE, "ri", "image.bin");
        long size = Files.size(folder.resolve("image.bin"));
        assertWithinBudget(burn("flint burn, blank slot", size));
        scribbleOverTheFreeSlot();
        assertWithinBudget(burn("flint burn, slot in use", size));
    }

    /** Reading twice is the price of writing nothing: too many reads, but few writes. */
    @Test
    void burningWhatIsThereAlreadyTakesNoMoreAccessesInAll() throws Exception {
        run("flint", "-d", DEVICE, "ri", "image.bin");
        long size = Files.size(folder.resolve("image.bin"));
        burn("flint burn, blank slot", size);
        Traffic equal = burn("flint burn, equal slot", size);
        assertThat(equal.readsPerKib() + equal.writesPerKib())
                .isLessThanOrEqualTo(BURN_READS + BURN_WRITES);
    }

    @Test
    void theHardwareQueryIsCheap() throws Exception {
        Traffic traffic = measure("flint hw query", "flint", "-d", DEVICE, "hw", "query");
        traffic.print("33 R + 22 W in all");
        assertThat(traffic.reads()).isLessThanOrEqualTo(400);
    }

    /** Firmware that offers its mailbox in CR space only has to be told to look; else each quadword is a command. */
    @Test
    void aFullQueryOfTheSettingsTakesFewCommands() throws Exception {
        store();
        assertThat(queryCommands("mailbox in CR space")).isLessThan(QUERY_COMMANDS);
        NativeSim.setOptions(card(), Map.of(NativeSimOption.CR_MAILBOX, 0L));
        assertThat(queryCommands("mailbox by command")).isLessThan(QUERY_COMMANDS_BY_COMMAND);
    }

    /** Records of all sizes: what is stored is read, too. */
    private void store() {
        run("config", "set", "-d", DEVICE, "-y", "NUM_OF_VFS=4", "LINK_TYPE_P1=ETH", "LINK_TYPE_P2=ETH", "LOG_BAR_SIZE=4",
                "WOL_MAGIC_EN_P2=False", "BOOT_PKEY_P1=1", "BOOT_VLAN_P1=2", "BOOT_VLAN_P2=2", "IP_VER_P1=IPv6",
                "CQ_TIMESTAMP=False");
    }

    private long queryCommands(String way) throws Exception {
        NativeSimInfo before = NativeSim.info(card());
        run("config", "query", "-d", DEVICE);
        NativeSimInfo after = NativeSim.info(card());
        long commands = after.firmwareCommands() - before.firmwareCommands();
        System.out.println(String.format(Locale.ROOT,
                "register traffic: %-24s %7d R %7d W %7d commands to firmware, %s (stock some 2700)", "config query",
                after.reads() - before.reads(), after.writes() - before.writes(), commands, way));
        return commands;
    }

    private Traffic burn(String what, long size) throws Exception {
        Traffic traffic = perKib(measure(what, "flint", "-d", DEVICE, "-i", "image.bin", "-y",
                "burn"), size);
        traffic.print(String.format(Locale.ROOT, "%.0f R + %.0f W", STOCK_BURN_READS,
                STOCK_BURN_WRITES));
        return traffic;
    }

    private static void assertWithinBudget(Traffic burn) {
        assertThat(burn.readsPerKib()).as(burn.what()).isLessThanOrEqualTo(BURN_READS);
        assertThat(burn.writesPerKib()).as(burn.what()).isLessThanOrEqualTo(BURN_WRITES);
    }

    /** Old content everywhere in the slot that does not run: every sector has to be erased. */
    private void scribbleOverTheFreeSlot() throws Exception {
        run("sim", "power-cycle", "card.sim");
        NativeSimInfo info = NativeSim.info(card());
        long chunk = 0x80000;
        long free = info.bootAddress() == 0 ? chunk : 0;
        byte[] zeros = new byte[(int) chunk];
        for (long start = free; start < info.flashSizeBytes(); start += 2 * chunk) {
            NativeSim.poke(card(), start, zeros);
        }
    }

    private Traffic measure(String what, String... words) throws Exception {
        NativeSimInfo before = NativeSim.info(card());
        run(words);
        NativeSimInfo after = NativeSim.info(card());
        assertThat(after.violations()).as(after.lastViolation()).isEqualTo(before.violations());
        return new Traffic(what, after.reads() - before.reads(),
                after.writes() - before.writes(), after.spiCommands() - before.spiCommands(),
                Double.NaN);
    }

    private static Traffic perKib(Traffic all, long bytes) {
        return new Traffic(all.what(), all.reads(), all.writes(), all.spiCommands(),
                bytes / 1024.0);
    }

    private Path card() {
        return folder.resolve("card.sim");
    }

    private void run(String... words) {
        Outcome outcome = Ours.run(folder, words);
        assertThat(outcome.exit()).as(List.of(words) + "\n" + outcome.describe()).isZero();
    }
}
