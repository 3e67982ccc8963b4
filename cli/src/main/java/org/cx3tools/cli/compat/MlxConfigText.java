// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cx3tools.cli.output.Out;
import org.cx3tools.nvconfig.Group;
import org.cx3tools.nvconfig.Parameter;
import org.cx3tools.nvconfig.Setting;

/** The vendor's tables (nv-config 4.2, 4.3 and 4.5), trailing blanks included. */
final class MlxConfigText {
    private static final int LABEL = 16;
    private static final int NAME = 36;
    private static final int NAMES = 45;
    private static final int VALUE = 16;
    private static final int LIST_NAME = 46;

    private final Out out;

    MlxConfigText(Out out) {
        this.out = out;
    }

    void head(int number, String chip, String name) {
        String title = "Device #" + number + ":";
        out.newline().line(title).line("-".repeat(title.length())).newline();
        out.padded("Device type:", LABEL).padded(chip, LABEL).newline();
        out.padded("Device:", LABEL).padded(name, LABEL).newline().newline();
    }

    void columns(boolean withDefault, boolean withNew) {
        out.padded("Configurations:", NAMES);
        if (withDefault) {
            out.padded("Default", VALUE);
        }
        if (withNew) {
            out.padded("Next Boot", VALUE).line("New");
        } else {
            out.line("Next Boot");
        }
    }

    /**
     * One row.
     *
     * @param withDefault whether the default has a column, and differences a mark
     * @param fresh the new value; empty = no column
     * @return whether the row got its mark
     */
    boolean row(Setting setting, boolean withDefault, String fresh) {
        boolean marked = withDefault && setting.changed();
        out.print(marked ? "*        " : "         ").padded(setting.parameter().name(), NAME);
        if (withDefault) {
            value(setting.defaultText(), true);
        }
        value(setting.nextText(), !fresh.isEmpty());
        if (!fresh.isEmpty()) {
            value(fresh, false);
        }
        out.newline();
        return marked;
    }

    private void value(String text, boolean anotherFollows) {
        out.padded(text, VALUE);
        if (anotherFollows && text.length() >= VALUE) {
            out.print(" ");
        }
    }

    private void remarks(boolean marked) {
        if (marked) {
            out.line("The '*' shows parameters with next value different from default/current value.");
        }
        out.line("Device Firmware does not support reading current configurations");
    }

    /** The rows below the names of the columns, and the remarks. */
    void rows(List<Setting> settings, Map<Parameter, Long> fresh, boolean withDefault) {
        boolean marked = false;
        for (Setting setting : settings) {
            Long value = fresh.get(setting.parameter());
            marked |= row(setting, withDefault, value == null ? "" : setting.parameter().kind().form().text(value));
        }
        if (withDefault) {
            remarks(marked);
        }
    }

    /** All parameters of the generation, whatever the card has. */
    void list(String name) {
        out.newline().line("List of configurations the device " + name + " may support:");
        for (Group group : Group.values()) {
            out.newline().line("        " + group.title() + ": " + group.meaning());
            Parameter.ALL.stream().filter(p -> p.kind().group() == group).sorted(Comparator.comparing(Parameter::name))
                .forEach(parameter -> out.print("            ").padded(parameter.name() + "=<"
                    + parameter.kind().form().alternatives() + ">", LIST_NAME)
                    .line(" : " + parameter.kind().meaning()));
        }
    }
}
