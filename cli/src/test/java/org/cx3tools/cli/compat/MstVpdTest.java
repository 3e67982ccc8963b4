// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cx3tools.cli.CliRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vital product data, ours and the vendor's tool before the same bytes. */
class MstVpdTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void cards() throws Exception {
        for (String model : List.of("hp-764285-b21", "mcx354a-fcbt")) {
            CliRun.ok(folder, "sim", "create", model + ".sim", "--model", model);
            Files.write(folder.resolve(model + ".vpd"), CliRun.ok(folder, "mstvpd", "-m", "sim:" + model + ".sim").out()
                .getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void theLinesAreThoseOfThePage() {
        assertThat(CliRun.ok(folder, "mstvpd", "sim:hp-764285-b21.sim").out()).isEqualTo("""
            ID:      HP InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter
            PN:      764285-B21
            EC:      A3
            SN:      ZZ00000001
            V0:      Alom FDR x8 13W
            """);
        assertThat(CliRun.ok(folder, "mstvpd", "sim:mcx354a-fcbt.sim", "--", "PN", "ID").out())
            .isEqualTo("PN:      MCX354A-FCBT\nID:      CX354A - ConnectX-3 QSFP\n");
        assertThat(CliRun.ok(folder, "mstvpd", "-r", "sim:mcx354a-fcbt.sim").out()).doesNotContain("YA:");
    }

    @Test
    void theStockToolSaysTheSameAboutTheSameBytes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mstvpd")), "mstvpd is not installed");
        byte[] good = Files.readAllBytes(folder.resolve("mcx354a-fcbt.vpd"));
        byte[] wrong = good.clone();
        wrong[40]++;
        List<byte[]> inputs = List.of(good, Files.readAllBytes(folder.resolve("hp-764285-b21.vpd")), wrong, new byte[4096],
            Arrays.copyOf(good, 100));
        for (int i = 0; i < inputs.size(); i++) {
            for (List<String> options : List.of(List.of("-"), List.of("-n", "-"), List.of("-r", "-"), List.of("-m", "-"),
                    List.of("-", "--", "SN", "PN", "XX"))) {
                Files.write(folder.resolve("input"), inputs.get(i));
                String[] words = Stream.concat(Stream.of("mstvpd"), options.stream())
                    .toArray(String[]::new);
                CliRun ours = CliRun.reading(folder, inputs.get(i), words);
                Stock stock = stock(options);
                assertThat(ours.code()).as("input %d %s", i, options).isEqualTo(stock.code());
                assertThat(ours.out()).as("input %d %s", i, options).isEqualTo(stock.out());
            }
        }
    }

    @Test
    void ourOwnCommandTellsTheChecksum() {
        assertThat(CliRun.ok(folder, "vpd", "-d", "sim:hp-764285-b21.sim").out()).contains("SN (serial number)", "checksum")
            .contains("right");
        assertThat(CliRun.ok(folder, "vpd", "-d", "sim:mcx354a-fcbt.sim", "--json").out()).contains("\"keyword\" : \"YA\"");
        CliRun.ok(folder, "read", "-d", "sim:hp-764285-b21.sim", "--flash", "flash.bin");
        assertThat(CliRun.in(folder, "vpd", "-d", "file:flash.bin").err()).contains("no vital product data");
    }

    @Test
    void mistakesHaveTheCodesOfTheVendor() {
        assertThat(CliRun.in(folder, "mstvpd").code()).isEqualTo(1);
        assertThat(CliRun.in(folder, "mstvpd", "-q", "-").code()).isEqualTo(1);
        assertThat(CliRun.in(folder, "mstvpd", "sim:nowhere.sim").code()).isEqualTo(3);
        assertThat(CliRun.in(folder, "mstvpd", "-t", "x", "-").code()).isEqualTo(1);
    }

    private record Stock(int code, String out) {
    }

    private Stock stock(List<String> options) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("/usr/bin/mstvpd"),
            options.stream()).toList();
        Process process = new ProcessBuilder(command).redirectInput(folder.resolve("input").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Stock(process.waitFor(), out);
    }
}
