// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cx3tools.inspect.Difference;

/** Differences between two images, for people and for scripts. */
public final class DiffText {
    private DiffText() {
    }

    /**
     * Prints differences, grouped by kind: a line with the name, then what is before and after.
     *
     * @param out where to
     * @param differences sorted by kind
     */
    public static void print(Out out, List<Difference> differences) {
        if (differences.isEmpty()) {
            out.line("no difference");
            return;
        }
        Difference.Kind kind = null;
        for (Difference difference : differences) {
            if (difference.kind() != kind) {
                kind = difference.kind();
                out.line(title(kind));
            }
            out.line("  " + Printable.of(difference.where()));
            difference.before().ifPresent(text -> out.line("    - " + Printable.of(text)));
            difference.after().ifPresent(text -> out.line("    + " + Printable.of(text)));
        }
    }

    /**
     * Differences as a map, for JSON.
     *
     * @param a name of the first
     * @param b name of the second
     * @param differences what differs
     * @return the map
     */
    public static Map<String, Object> map(String a, String b, List<Difference> differences) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("before", a);
        map.put("after", b);
        map.put("equal", differences.isEmpty());
        map.put("differences", list(differences));
        return map;
    }

    /**
     * Differences as a list of maps, for JSON.
     *
     * @param differences what differs
     * @return a map for each
     */
    public static List<Object> list(List<Difference> differences) {
        List<Object> rows = new ArrayList<>();
        for (Difference difference : differences) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
            row.put("where", difference.where());
            row.put("before", difference.before().orElse(null));
            row.put("after", difference.after().orElse(null));
            rows.add(row);
        }
        return rows;
    }

    private static String title(Difference.Kind kind) {
        return switch (kind) {
            case FLASH -> "Flash";
            case HEADER -> "Header";
            case SECTION -> "Sections";
            case TAG -> "Image Info tags";
            case IDENTITY -> "GUIDs and MACs";
            case BOARD_FILE -> "Board file";
            case RECORD -> "Configuration records";
            case ROM -> "Boot ROM";
        };
    }
}
