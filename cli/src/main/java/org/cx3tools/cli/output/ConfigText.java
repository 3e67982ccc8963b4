// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cx3tools.nvconfig.ConfigPlan;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.ParameterTable;
import org.cx3tools.nvconfig.ResetPreview;
import org.cx3tools.nvconfig.Setting;

/** Settings that firmware keeps, and plans for them, as text and as JSON. */
public final class ConfigText {
    private static final int NAME = 26;
    private static final int VALUE = 20;

    /** What to know when firmware tells its defaults in an older layout than the known one. */
    public static final String OLD_DEFAULTS = "this firmware tells its defaults with payload version 0; the known layout is version 1."
        + " What is stored is right, but defaults, and which settings there are, may be read wrongly: set what matters by name,"
        + " and look at it again after the next start";

    private ConfigText() {
    }

    /**
     * Prints settings as a table.
     *
     * @param out where to
     * @param settings what to show
     */
    public static void print(Out out, List<Setting> settings) {
        out.padded("", NAME).padded("default", VALUE).line("next boot");
        for (Setting setting : settings) {
            out.padded(setting.parameter().name(), NAME).padded(setting.defaultText(), VALUE)
                .print(setting.nextText()).line(setting.changed() ? " *" : "");
        }
        if (settings.stream().anyMatch(Setting::changed)) {
            out.line("* differs from the default");
        }
    }

    /**
     * A setting as a map, for JSON.
     *
     * @param setting what to show
     * @return name, default, next boot
     */
    public static Map<String, Object> map(Setting setting) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", setting.parameter().name());
        put(map, "default", setting.parameter(), setting.byDefault());
        put(map, "nextBoot", setting.parameter(), setting.next());
        map.put("stored", setting.stored());
        map.put("changed", setting.changed());
        return map;
    }

    private static void put(Map<String, Object> map, String key, Parameter parameter, OptionalLong value) {
        map.put(key, value.isPresent() ? value.getAsLong() : null);
        map.put(key + "Text", parameter.text(value));
    }

    /**
     * Prints what a plan changes and which records it writes.
     *
     * @param out where to
     * @param plan the plan
     */
    public static void print(Out out, ConfigPlan plan) {
        for (ConfigPlan.Change change : plan.changes()) {
            String before = change.parameter().text(change.before());
            out.padded(change.parameter().name(), NAME).line(change.different()
                ? before + " -> " + change.parameter().text(change.after()) : before + ", as it is");
        }
        for (ConfigPlan.Step step : plan.steps()) {
            out.line("record " + step.tlv() + ": " + text(step));
        }
        if (plan.steps().isEmpty()) {
            out.line("nothing has to be written");
        }
    }

    private static String text(ConfigPlan.Step step) {
        String before = step.before().isPresent() ? step.before().get().hex() : "";
        if (step.after().isEmpty()) {
            return before + " is dropped";
        }
        return before.isEmpty() ? "new, " + step.after().get().hex() : before + " -> " + step.after().get().hex();
    }

    /**
     * Prints what a reset of all settings changes.
     *
     * @param out where to
     * @param reset what it does
     */
    public static void print(Out out, ResetPreview reset) {
        for (ConfigPlan.Change change : reset.changes()) {
            out.padded(change.parameter().name(), NAME).line(change.parameter().text(change.before()) + " -> "
                + change.parameter().text(change.after()));
        }
        if (reset.unreadable().isPresent()) {
            out.line("what is stored cannot be read, so what changes is not known");
        } else if (reset.changes().isEmpty()) {
            out.line("all settings have their defaults already");
        }
        out.line("all records are dropped, also those of the option ROM that have no name here");
    }

    /**
     * A reset of all settings as a map, for JSON.
     *
     * @param reset what it does
     * @return changes, that all records are dropped, and why they cannot be read, empty when they can
     */
    public static Map<String, Object> map(ResetPreview reset) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("changes", changes(reset.changes()));
        map.put("dropsAllRecords", true);
        map.put("unreadable", reset.unreadable().map(Throwable::getMessage).orElse(""));
        return map;
    }

    private static List<Object> changes(List<ConfigPlan.Change> all) {
        List<Object> changes = new ArrayList<>();
        for (ConfigPlan.Change change : all) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", change.parameter().name());
            put(map, "before", change.parameter(), change.before());
            put(map, "after", change.parameter(), change.after());
            changes.add(map);
        }
        return changes;
    }

    /**
     * A plan as a map, for JSON.
     *
     * @param plan the plan
     * @return changes and records
     */
    public static Map<String, Object> map(ConfigPlan plan) {
        List<Object> records = new ArrayList<>();
        for (ConfigPlan.Step step : plan.steps()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("record", step.tlv().toString());
            map.put("before", step.before().isPresent() ? step.before().get().hex() : null);
            map.put("after", step.after().isPresent() ? step.after().get().hex() : null);
            records.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("changes", changes(plan.changes()));
        map.put("records", records);
        return map;
    }

    /**
     * Prints what can be set, from the table of parameters.
     *
     * @param out where to
     * @param parameters which
     */
    public static void describe(Out out, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            out.line(parameter.name()).line("    " + parameter.kind().meaning());
            out.line("    values " + values(parameter) + "; record " + parameter.tlv() + " "
                + parameter.kind().bits());
        }
    }

    /**
     * What can be set as a map, for JSON.
     *
     * @param parameter which
     * @return name, values, record, group, meaning
     */
    public static Map<String, Object> map(Parameter parameter) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", parameter.name());
        map.put("values", values(parameter));
        map.put("record", parameter.tlv().toString());
        map.put("bits", parameter.kind().bits().toString());
        map.put("group", parameter.kind().group().title());
        map.put("meaning", parameter.kind().meaning());
        return map;
    }

    private static String values(Parameter parameter) {
        return ParameterTable.row(parameter).get(3).replace("`", "");
    }
}
