// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.CliRun;
import org.cx3tools.cli.FakeCards;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both tools give the golden transcripts. What they gave this time is in target/transcripts: a changed golden copy is
 * that of the stock tool, with a new checksum in its passport.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConfigTranscriptTest {
    private static final Path MADE = Path.of("target/transcripts");

    @TempDir
    private Path folder;

    private static FakeFirmware card(String profile) {
        return switch (profile) {
            case "hp" -> FakeFirmware.hp();
            case "retail" -> FakeFirmware.retail();
            default -> FakeFirmware.everything();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"hp", "retail", "everything"})
    void oursGivesTheTranscript(String profile) throws Exception {
        FakeFirmware card = card(profile);
        same(profile, "ours", ConfigTranscript.of(card, new ConfigTranscript.Tool() {
            @Override
            public String run(List<String> words) {
                List<String> line = new ArrayList<>(List.of("mstconfig"));
                line.addAll(words);
                CliRun run = new FakeCards(folder).with("04:00.0", card).run(line.toArray(new String[0]));
                return run.code() + "\n" + run.out();
            }

            @Override
            public Map<String, Bytes> stored() {
                return card.stored();
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hp", "retail", "everything"})
    void theStockToolGivesTheTranscript(String profile) throws Exception {
        StockConfig stock = StockConfig.in(folder);
        stock.insert(card(profile));
        same(profile, "stock", ConfigTranscript.of(card(profile), new ConfigTranscript.Tool() {
            @Override
            public String run(List<String> words) throws Exception {
                return stock.run("", Map.of(), words);
            }

            @Override
            public Map<String, Bytes> stored() throws Exception {
                return stock.stored();
            }
        }));
    }

    private static void same(String profile, String tool, Map<String, String> made) throws Exception {
        ConfigTranscript.write(made, MADE.resolve("mstconfig-" + profile + "-" + tool + ".txt"));
        Map<String, String> golden = ConfigTranscript.read(ConfigTranscript.golden(profile));
        assertThat(made.keySet()).containsExactlyElementsOf(golden.keySet());
        made.forEach((command, block) -> assertThat(block).as(command).isEqualTo(golden.get(command)));
    }
}
