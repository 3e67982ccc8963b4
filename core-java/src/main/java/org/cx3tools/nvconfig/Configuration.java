// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;

/**
 * The settings of one card: read, planned, applied. Capabilities and defaults are asked for once,
 * each stored record once until something is written. Used by one thread at a time.
 */
public final class Configuration {
    private final ConfigPort port;
    private final CardAnswers card;
    private final Map<Tlv, Optional<Bytes>> stored = new TreeMap<>();

    private Configuration(ConfigPort port, CardAnswers card) {
        this.port = port;
        this.card = card;
    }

    /**
     * Asks a card for what it can do and for its defaults: four questions.
     *
     * @param port the card
     * @return its settings
     * @throws DeviceException when firmware does not answer; that it has no defaults to tell is no
     *     failure
     */
    public static Configuration read(ConfigPort port) throws DeviceException {
        return new Configuration(requireNonNull(port, "port"), CardAnswers.read(port));
    }

    /**
     * Tells whether firmware gives its defaults in an older layout than the one that is known. Stored values are right
     * all the same; defaults, and with them which parameters there are, may be read from the wrong bits.
     *
     * @return whether to distrust defaults
     */
    public boolean hasOldDefaults() {
        return card.hasOldDefaults();
    }

    /** {@return whether the card has a parameter} */
    public boolean offers(Parameter parameter) {
        return card.offers(parameter);
    }

    /** {@return the parameters that the card has, in the order of the table} */
    public List<Parameter> offered() {
        return Parameter.ALL.stream().filter(this::offers).toList();
    }

    /** {@return the greatest value of a parameter on this card} */
    public long greatest(Parameter parameter) {
        return card.greatest(parameter);
    }

    /**
     * All settings.
     *
     * @return one for each parameter that the card has, in the order of the table
     * @throws DeviceException when a record cannot be read
     */
    public List<Setting> query() throws DeviceException {
        List<Setting> settings = new ArrayList<>();
        for (Parameter parameter : offered()) {
            settings.add(setting(parameter));
        }
        return settings;
    }

    /**
     * One setting.
     *
     * @param parameter one that the card has
     * @return default and next boot
     * @throws ConfigException {@link ConfigFailure.NotOffered}
     * @throws DeviceException when its record cannot be read
     */
    public Setting query(Parameter parameter) throws ConfigException, DeviceException {
        requireOffered(parameter);
        return setting(parameter);
    }

    /**
     * Plans changes: checks them as a whole, writes nothing.
     *
     * @param changes the new values
     * @param force whether values may break a rule that is only advice; the others always hold
     * @return what to write
     * @throws ConfigException {@link ConfigFailure.NotOffered}, {@link ConfigFailure.Illegal}
     * @throws DeviceException when a record cannot be read
     */
    public ConfigPlan plan(Map<Parameter, Long> changes, boolean force)
            throws ConfigException, DeviceException {
        for (Parameter parameter : changes.keySet()) {
            requireOffered(parameter);
        }
        PlanMaker maker = new PlanMaker(this, card);
        for (Parameter parameter : Parameter.ALL) {
            if (changes.containsKey(parameter)) {
                Rules.range(card, parameter, changes.get(parameter));
                maker.set(parameter, changes.get(parameter));
            }
        }
        return maker.finish(!force);
    }

    /**
     * Plans that parameters get their defaults. A record in which nothing but defaults would stay
     * is dropped, which the stock tool cannot do.
     *
     * @param parameters which
     * @return what to write and to drop; not checked, since the maker of the board chose it
     * @throws ConfigException {@link ConfigFailure.NotOffered}
     * @throws DeviceException when a record cannot be read
     */
    public ConfigPlan planReset(Set<Parameter> parameters)
            throws ConfigException, DeviceException {
        for (Parameter parameter : parameters) {
            requireOffered(parameter);
        }
        PlanMaker maker = new PlanMaker(this, card);
        for (Parameter parameter : Parameter.ALL) {
            if (parameters.contains(parameter)) {
                maker.reset(parameter);
            }
        }
        return maker.finish(false);
    }

    /**
     * Plans that the card has stored again what a backup holds.
     *
     * @param backup what was stored
     * @param force as in {@link #plan}
     * @return what to write and to drop; records that are the same already are left out
     * @throws ConfigException {@link ConfigFailure.BadBackup} when the card does not have a record,
     *     {@link ConfigFailure.Illegal}
     * @throws DeviceException when a record cannot be read
     */
    public ConfigPlan planRestore(StoredSettings backup, boolean force)
            throws ConfigException, DeviceException {
        PlanMaker maker = new PlanMaker(this, card);
        for (Map.Entry<Tlv, Optional<Bytes>> entry : backup.records().entrySet()) {
            if (tlvs().contains(entry.getKey())) {
                maker.replace(entry.getKey(), entry.getValue());
            } else if (entry.getValue().isPresent()) {
                throw new ConfigException(new ConfigFailure.BadBackup("the card does not have record "
                        + entry.getKey() + " of the backup"));
            }
        }
        return maker.finish(!force);
    }

    /**
     * Writes a plan, record by record in its order.
     *
     * @param plan a plan of this card
     * @throws ConfigException {@link ConfigFailure.ChangedMeanwhile} before anything is written,
     *     {@link ConfigFailure.NotWritten} when firmware does not take a record; nothing is taken
     *     back then
     * @throws DeviceException when a record cannot be read, before anything is written
     */
    public void apply(ConfigPlan plan) throws ConfigException, DeviceException {
        stored.clear();
        for (ConfigPlan.Step step : plan.steps()) {
            if (!stored(step.tlv()).equals(step.before())) {
                throw new ConfigException(new ConfigFailure.ChangedMeanwhile(step.tlv()));
            }
        }
        stored.clear();
        List<Parameter> written = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            ConfigPlan.Step step = plan.steps().get(i);
            try {
                write(step);
            } catch (DeviceException e) {
                List<Parameter> missing = new ArrayList<>();
                plan.steps().subList(i, plan.steps().size())
                        .forEach(left -> missing.addAll(left.parameters()));
                throw new ConfigException(new ConfigFailure.NotWritten(step.tlv(), e.getMessage(), e.reason(),
                        Refusals.nothingWritten(e), written, missing), e);
            }
            written.addAll(step.parameters());
        }
    }

    private void write(ConfigPlan.Step step) throws DeviceException {
        int type = step.tlv().type().id();
        if (step.after().isPresent()) {
            port.set(type, step.tlv().modifier(), step.after().get());
        } else {
            port.invalidate(type, step.tlv().modifier());
        }
    }

    /**
     * Tells what {@link #resetAll} would change. What cannot be read can be dropped all the same: corrupt settings are
     * why somebody resets them.
     *
     * @return the changes, as far as they can be told
     * @throws DeviceException when a record cannot be read for another reason than that firmware refuses it
     */
    public ResetPreview previewReset() throws DeviceException {
        try {
            List<ConfigPlan.Change> changes = new ArrayList<>();
            for (Setting setting : query()) {
                if (setting.changed()) {
                    changes.add(new ConfigPlan.Change(setting.parameter(), setting.next(), setting.byDefault()));
                }
            }
            return new ResetPreview(changes, Optional.empty());
        } catch (DeviceException e) {
            if (!Refusals.ofRecord(e)) {
                throw e;
            }
            return new ResetPreview(List.of(), Optional.of(e));
        }
    }

    /**
     * Drops everything that is stored, so that all defaults count; records of the option ROM and of
     * other tools go, too.
     *
     * @throws DeviceException when firmware refuses
     */
    public void resetAll() throws DeviceException {
        stored.clear();
        port.invalidateAll();
    }

    /**
     * Everything that is stored in the records that the card offers.
     *
     * @return for a backup
     * @throws DeviceException when a record cannot be read
     */
    public StoredSettings stored() throws DeviceException {
        Map<Tlv, Optional<Bytes>> records = new LinkedHashMap<>();
        for (Tlv tlv : tlvs()) {
            records.put(tlv, stored(tlv));
        }
        return new StoredSettings(records);
    }

    /** What is stored in one record. */
    Optional<Bytes> stored(Tlv tlv) throws DeviceException {
        Optional<Bytes> known = stored.get(tlv);
        if (known == null) {
            known = port.get(tlv.type().id(), tlv.modifier(), tlv.type().size());
            stored.put(tlv, known);
        }
        return known;
    }

    /** What the next boot will be with, given what is stored. */
    OptionalLong next(Parameter parameter, Optional<Bytes> data) {
        return data.isPresent() ? parameter.in(data.get()) : card.byDefault(parameter);
    }

    private Setting setting(Parameter parameter) throws DeviceException {
        Optional<Bytes> data = stored(parameter.tlv());
        return new Setting(parameter, card.byDefault(parameter), next(parameter, data),
                data.isPresent());
    }

    private List<Tlv> tlvs() {
        return Tlv.all().stream().filter(tlv -> tlv.parameters().stream().anyMatch(this::offers))
                .toList();
    }

    private void requireOffered(Parameter parameter) throws ConfigException {
        if (!offers(parameter)) {
            throw new ConfigException(new ConfigFailure.NotOffered(parameter.name()));
        }
    }
}
