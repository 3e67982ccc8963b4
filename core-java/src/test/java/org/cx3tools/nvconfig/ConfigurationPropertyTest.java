// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.fixtures.FakeFirmware;
import org.junit.jupiter.api.Test;

class ConfigurationPropertyTest {
    private static final int ROUNDS = 300;

    private static FakeFirmware card(Random random) {
        FakeFirmware firmware = List.of(FakeFirmware.hp(), FakeFirmware.retail(), FakeFirmware.everything())
            .get(random.nextInt(3));
        for (Tlv tlv : Tlv.all()) {
            if (random.nextBoolean()) {
                byte[] data = new byte[tlv.type().size()];
                random.nextBytes(data);
                firmware.storing(tlv.toString(), Bytes.of(data).hex());
            }
        }
        return firmware;
    }

    private static Map<Parameter, Long> wishes(Random random, Configuration configuration) {
        Map<Parameter, Long> wishes = new HashMap<>();
        for (Parameter parameter : configuration.offered()) {
            if (random.nextInt(3) == 0) {
                long least = parameter.kind().least();
                wishes.put(parameter, least + random.nextInt((int) (configuration.greatest(parameter) - least + 1)));
            }
        }
        return wishes;
    }

    private static Map<Parameter, Setting> settings(FakeFirmware firmware) throws Exception {
        Map<Parameter, Setting> settings = new HashMap<>();
        Configuration.read(firmware).query().forEach(setting -> settings.put(setting.parameter(), setting));
        return settings;
    }

    /** Everything in a record that belongs to no parameter of the card. */
    private static Map<String, Bytes> hidden(FakeFirmware firmware) throws Exception {
        Map<String, Bytes> hidden = new HashMap<>();
        Configuration configuration = Configuration.read(firmware);
        for (Tlv tlv : Tlv.all()) {
            Bytes data = firmware.stored().getOrDefault(tlv.toString(),
                new BytesBuilder().fill(0, tlv.type().size()).build());
            for (Parameter parameter : tlv.parameters()) {
                data = configuration.offers(parameter) ? parameter.into(data, 0) : data;
            }
            hidden.put(tlv.toString(), data);
        }
        return hidden;
    }

    @Test
    void whatIsSetIsFoundAndAllElseStays() throws Exception {
        Random random = Seed.start("whatIsSetIsFoundAndAllElseStays");
        for (int round = 0; round < ROUNDS; round++) {
            FakeFirmware firmware = card(random);
            Map<Parameter, Setting> before = settings(firmware);
            Map<String, Bytes> hidden = hidden(firmware);
            Configuration configuration = Configuration.read(firmware);
            Map<Parameter, Long> wishes = wishes(random, configuration);
            configuration.apply(configuration.plan(wishes, true));
            settings(firmware).forEach((parameter, setting) -> {
                if (wishes.containsKey(parameter)) {
                    assertThat(setting.next()).as(parameter.name()).hasValue(wishes.get(parameter));
                } else {
                    assertThat(setting.nextText()).as(parameter.name()).isEqualTo(before.get(parameter).nextText());
                }
            });
            assertThat(hidden(firmware)).isEqualTo(hidden);
        }
    }

    @Test
    void aResetGivesDefaultsToWhatWasNamedAndToNothingElse() throws Exception {
        Random random = Seed.start("aResetGivesDefaultsToWhatWasNamedAndToNothingElse");
        for (int round = 0; round < ROUNDS; round++) {
            FakeFirmware firmware = card(random);
            Map<Parameter, Setting> before = settings(firmware);
            Map<String, Bytes> hidden = hidden(firmware);
            Configuration configuration = Configuration.read(firmware);
            Set<Parameter> named = new HashSet<>(wishes(random, configuration).keySet());
            configuration.apply(configuration.planReset(named));
            settings(firmware).forEach((parameter, setting) -> assertThat(setting.nextText()).as(parameter.name())
                .isEqualTo(named.contains(parameter) ? setting.defaultText() : before.get(parameter).nextText()));
            assertThat(hidden(firmware)).isEqualTo(hidden);
            configuration.resetAll();
            assertThat(settings(firmware).values()).noneMatch(Setting::changed);
        }
    }

    @Test
    void aBackupBringsBackEveryBit() throws Exception {
        Random random = Seed.start("aBackupBringsBackEveryBit");
        for (int round = 0; round < ROUNDS; round++) {
            FakeFirmware firmware = FakeFirmware.everything();
            Configuration configuration = Configuration.read(firmware);
            configuration.apply(configuration.plan(wishes(random, configuration), true));
            StoredSettings backup = configuration.stored();
            Map<String, Bytes> then = Map.copyOf(firmware.stored());
            if (random.nextBoolean()) {
                configuration.resetAll();
            }
            configuration.apply(configuration.plan(wishes(random, configuration), true));
            configuration.apply(configuration.planRestore(backup, true));
            assertThat(firmware.stored()).isEqualTo(then);
            assertThat(Configuration.read(firmware).planRestore(backup, false).steps()).isEmpty();
        }
    }

    @Test
    void aFailureAtAnyCallLeavesEachRecordOldOrNew() throws Exception {
        Random random = Seed.start("aFailureAtAnyCallLeavesEachRecordOldOrNew");
        DeviceException lost = new DeviceException(
            DeviceCause.ALL_ONES, "lost");
        for (int round = 0; round < ROUNDS; round++) {
            FakeFirmware firmware = card(random);
            Map<String, Bytes> before = Map.copyOf(firmware.stored());
            Configuration configuration = Configuration.read(firmware);
            ConfigPlan plan = configuration.plan(wishes(random, configuration), true);
            firmware.failingOnceAfterCalls(random.nextInt(2 * plan.steps().size() + 1), lost);
            try {
                configuration.apply(plan);
            } catch (ConfigException e) {
                ConfigFailure.NotWritten failure = (ConfigFailure.NotWritten) e.failure();
                for (ConfigPlan.Step step : plan.steps()) {
                    boolean written = failure.written().containsAll(step.parameters());
                    assertThat(firmware.stored().get(step.tlv().toString())).as(step.toString()).isEqualTo(written
                        ? step.after().orElse(null) : before.get(step.tlv().toString()));
                    assertThat(failure.missing().containsAll(step.parameters())).isNotEqualTo(written);
                }
            } catch (DeviceException e) {
                assertThat(firmware.stored()).isEqualTo(before);
            }
        }
    }
}
