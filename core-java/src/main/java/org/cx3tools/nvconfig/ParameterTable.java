// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.ArrayList;
import java.util.List;

/** The table of parameters as text, for documents. */
public final class ParameterTable {
    private ParameterTable() {}

    /** {@return a table in Markdown, one row for each parameter, with its header} */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| # | Name | TLV | Field | Values | Default | Cap"
                + " | Meaning |\n|---|---|---|---|---|---|---|---|\n");
        int number = 0;
        for (Parameter parameter : Parameter.ALL) {
            number++;
            text.append("| ").append(number).append(" | ").append(String.join(" | ",
                    row(parameter))).append(" |\n");
        }
        return text.toString();
    }

    /**
     * One parameter in words: name, TLV, field, values, default, capability, meaning.
     *
     * @param parameter which
     * @return the seven texts
     */
    public static List<String> row(Parameter parameter) {
        ParameterKind kind = parameter.kind();
        int port = parameter.port();
        return List.of("`" + parameter.name() + "`", parameter.tlv().toString(),
                "dw" + kind.word() + kind.bits(), values(kind),
                kind.byDefault().text(port) + (kind.defaultPlus() == 0 ? "" : " + 1"),
                kind.capability().map(source -> source.text(port)).orElse("P" + port + " answers"),
                kind.meaning());
    }

    private static String values(ParameterKind kind) {
        Values values = kind.form();
        if (values.texts().isEmpty()) {
            return kind.least() + ".." + (kind.greatest() < 0 ? "max" : kind.greatest());
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.texts().size(); i++) {
            texts.add(values.first() + i + " `" + values.texts().get(i) + "`");
        }
        return String.join(", ", texts);
    }
}
