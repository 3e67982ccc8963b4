// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.cx3tools.binary.Seed;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.device.VirtualCard;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.VirtualCardOptions;
import org.cx3tools.synthetic.VirtualCards;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings through all of it: plan, C core, firmware and flash of the virtual card, whose power goes off and on. */
class ConfigurationOnCardTest {
    private static final int ROUNDS = 60;

    @TempDir
    private Path folder;

    private Path card;

    private void create(CardModel model) throws Exception {
        card = folder.resolve("card.sim");
        VirtualCards.create(card, VirtualCardOptions.of(model));
    }

    private interface Work<T> {
        T on(Configuration configuration) throws Exception;
    }

    private <T> T with(Work<T> work) throws Exception {
        try (Device device = Devices.open(DeviceAddress.parse("sim:" + card),
                OpenOptions.defaults().withLockDir(folder.resolve("locks")))) {
            return work.on(Configuration.read(device.config()));
        }
    }

    private Map<Parameter, Long> values(Function<Setting, OptionalLong> column) throws Exception {
        return with(configuration -> {
            Map<Parameter, Long> values = new HashMap<>();
            for (Setting setting : configuration.query()) {
                values.put(setting.parameter(), column.apply(setting).orElse(-1));
            }
            return values;
        });
    }

    private Map<Parameter, Long> nextBoot() throws Exception {
        return values(Setting::next);
    }

    private Map<Parameter, Long> defaults() throws Exception {
        return values(Setting::byDefault);
    }

    /** One parameter to all of them, in any combination that its own rules allow. */
    private static Map<Parameter, Long> wishes(Random random, Configuration configuration) {
        List<Parameter> offered = new ArrayList<>(configuration.offered());
        Collections.shuffle(offered, random);
        Map<Parameter, Long> wishes = new HashMap<>();
        for (Parameter parameter : offered.subList(0, 1 + random.nextInt(offered.size()))) {
            long least = parameter.kind().least();
            wishes.put(parameter, least + random.nextInt((int) (configuration.greatest(parameter) - least + 1)));
        }
        return wishes;
    }

    private void set(Map<Parameter, Long> wishes) throws Exception {
        with(configuration -> {
            configuration.apply(configuration.plan(wishes, true));
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(value = CardModel.class, names = {"HP_764285_B21", "MCX354A_FCBT"})
    void whatIsSetIsThereAfterAPowerCycleAndAResetGivesTheDefaults(CardModel model) throws Exception {
        Random random = Seed.start("settings of " + model);
        create(model);
        Map<Parameter, Long> defaults = defaults();
        for (int round = 0; round < ROUNDS; round++) {
            Map<Parameter, Long> expected = nextBoot();
            Map<Parameter, Long> wishes = with(configuration -> wishes(random, configuration));
            set(wishes);
            VirtualCard.powerCycle(card);
            expected.putAll(wishes);
            assertThat(nextBoot()).as("round %d, set %s", round, wishes).isEqualTo(expected);

            Parameter one = List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
            with(configuration -> {
                configuration.apply(configuration.planReset(Set.of(one)));
                return true;
            });
            VirtualCard.powerCycle(card);
            expected.put(one, defaults.get(one));
            // LOG_BAR_SIZE: its default is what QUERY_DEV_CAP tells of now.
            expected.remove(Parameter.of(ParameterKind.LOG_BAR_SIZE));
            Map<Parameter, Long> found = nextBoot();
            found.remove(Parameter.of(ParameterKind.LOG_BAR_SIZE));
            assertThat(found).as("round %d, reset %s", round, one).isEqualTo(expected);

            if (round % 5 == 4) {
                with(configuration -> {
                    configuration.resetAll();
                    return true;
                });
                VirtualCard.powerCycle(card);
                assertThat(nextBoot()).as("round %d, reset", round).isEqualTo(defaults);
            }
        }
    }

    /** A set of several records, and a reset of all: after a cut at each operation of the chip each value is old or new. */
    @ParameterizedTest
    @EnumSource(value = CardModel.class, names = {"HP_764285_B21", "MCX354A_FCBT"})
    void aPowerCutAtAnyOperationLeavesOldOrNewValues(CardModel model) throws Exception {
        Random random = Seed.start("power cuts of " + model);
        create(model);
        // Of a card that runs with its defaults: that of LOG_BAR_SIZE is what QUERY_DEV_CAP tells of now.
        Map<Parameter, Long> defaults = defaults();
        for (boolean reset : new boolean[] {false, true}) {
            boolean cut = true;
            for (int operation = 1; cut; operation++) {
                // Other settings, which must stay, and those that change.
                set(with(configuration -> wishes(random, configuration)));
                Map<Parameter, Long> before = nextBoot();
                Map<Parameter, Long> wishes = with(configuration -> wishes(random, configuration));
                Map<Parameter, Long> after = new HashMap<>(reset ? defaults : before);
                if (!reset) {
                    after.putAll(wishes);
                }
                VirtualCard.setFault(card, new VirtualCard.Fault(VirtualCard.FaultKind.POWER_CUT_AT_OP, operation, 1, 0,
                    random.nextInt()));
                cut = !carriedOut(reset, wishes);
                VirtualCard.setFault(card, VirtualCard.Fault.NONE);
                VirtualCard.powerCycle(card);
                Map<Parameter, Long> found = nextBoot();
                for (Parameter parameter : found.keySet()) {
                    assertThat(found.get(parameter)).as("%s, operation %d, %s", reset ? "reset" : "set " + wishes, operation, parameter)
                        .isIn(before.get(parameter), after.get(parameter));
                }
                if (!cut) {
                    assertThat(found).isEqualTo(after);
                    assertThat(operation).as("operations that were cut").isGreaterThan(1);
                }
            }
        }
    }

    private boolean carriedOut(boolean reset, Map<Parameter, Long> wishes) throws Exception {
        try {
            with(configuration -> {
                if (reset) {
                    configuration.resetAll();
                } else {
                    configuration.apply(configuration.plan(wishes, true));
                }
                return true;
            });
            return true;
        } catch (ConfigException e) {
            assertThat(e.failure()).isInstanceOf(ConfigFailure.NotWritten.class);
            return false;
        } catch (DeviceException e) {
            return false;
        }
    }
}
