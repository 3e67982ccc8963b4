// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.device.DeviceException;

/**
 * Collects changes and makes a plan of them. Bits of a record that are no parameter stay as they
 * are; parameters nobody asked for stay, too, even with a value that could not be set.
 */
final class PlanMaker {
    private final Configuration configuration;
    private final CardAnswers card;
    private final Map<Tlv, Optional<Bytes>> after = new TreeMap<>();
    private final Set<Parameter> asked = new LinkedHashSet<>();
    private final Set<Tlv> toDrop = new LinkedHashSet<>();

    PlanMaker(Configuration configuration, CardAnswers card) {
        this.configuration = configuration;
        this.card = card;
    }

    void set(Parameter parameter, long value) throws DeviceException {
        asked.add(parameter);
        after.put(parameter.tlv(), Optional.of(parameter.into(data(parameter.tlv()), value)));
    }

    void reset(Parameter parameter) throws DeviceException {
        Tlv tlv = parameter.tlv();
        asked.add(parameter);
        if (current(tlv).isPresent()) {
            after.put(tlv, Optional.of(parameter.into(data(tlv),
                    card.byDefault(parameter).orElse(0))));
            toDrop.add(tlv);
        }
    }

    /** The whole record. Only what changes is checked: what firmware once took it takes again. */
    void replace(Tlv tlv, Optional<Bytes> data) throws DeviceException, ConfigException {
        Optional<Bytes> before = configuration.stored(tlv);
        for (Parameter parameter : tlv.parameters()) {
            OptionalLong value = configuration.next(parameter, data);
            if (!configuration.offers(parameter)
                    || value.equals(configuration.next(parameter, before))) {
                continue;
            }
            asked.add(parameter);
            boolean none = value.orElse(0) == 0 && parameter.kind().least() == 1;
            if (!none && !value.equals(card.byDefault(parameter))) {
                Rules.range(card, parameter, value.orElse(0));
            }
        }
        after.put(tlv, data);
    }

    /**
     * Ends the plan.
     *
     * @param checked whether the rule about memory has to hold
     */
    ConfigPlan finish(boolean checked) throws DeviceException, ConfigException {
        for (Tlv tlv : toDrop) {
            if (after.get(tlv).equals(Optional.of(defaults(tlv)))) {
                after.put(tlv, Optional.empty());
            }
        }
        boolean together = checked && asked.stream().anyMatch(PlanMaker::isPartner);
        Map<Parameter, OptionalLong> values = new LinkedHashMap<>();
        List<ConfigPlan.Change> changes = new ArrayList<>();
        for (Parameter parameter : configuration.offered()) {
            Optional<Bytes> before = asked.contains(parameter) || together && isPartner(parameter)
                    ? configuration.stored(parameter.tlv()) : Optional.empty();
            Optional<Bytes> then = after.getOrDefault(parameter.tlv(), before);
            OptionalLong value = configuration.next(parameter, then);
            values.put(parameter, value);
            if (asked.contains(parameter)) {
                changes.add(new ConfigPlan.Change(parameter,
                        configuration.next(parameter, before), value));
            }
        }
        if (together) {
            Rules.memory(card, asked, values);
        }
        return new ConfigPlan(changes, steps());
    }

    private List<ConfigPlan.Step> steps() throws DeviceException {
        List<ConfigPlan.Step> steps = new ArrayList<>();
        for (Map.Entry<Tlv, Optional<Bytes>> entry : after.entrySet()) {
            Tlv tlv = entry.getKey();
            if (!configuration.stored(tlv).equals(entry.getValue())) {
                List<Parameter> why = tlv.parameters().stream().filter(asked::contains).toList();
                steps.add(new ConfigPlan.Step(tlv, configuration.stored(tlv), entry.getValue(),
                        why.isEmpty() ? offered(tlv) : why));
            }
        }
        return steps;
    }

    /** The two records of the memory rule look at each other. */
    private static boolean isPartner(Parameter parameter) {
        TlvType type = parameter.tlv().type();
        return type == TlvType.SRIOV || type == TlvType.BAR_SIZE;
    }

    private Optional<Bytes> current(Tlv tlv) throws DeviceException {
        Optional<Bytes> planned = after.get(tlv);
        return planned != null ? planned : configuration.stored(tlv);
    }

    private Bytes data(Tlv tlv) throws DeviceException {
        Optional<Bytes> data = current(tlv);
        return data.isPresent() ? data.get() : defaults(tlv);
    }

    /** A record that says no more than the defaults do. */
    private Bytes defaults(Tlv tlv) {
        Bytes data = new BytesBuilder().fill(0, tlv.type().size()).build();
        for (Parameter parameter : offered(tlv)) {
            data = parameter.into(data, card.byDefault(parameter).orElse(0));
        }
        return data;
    }

    private List<Parameter> offered(Tlv tlv) {
        return tlv.parameters().stream().filter(configuration::offers).toList();
    }
}
