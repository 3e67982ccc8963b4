// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.Field;
import org.cx3tools.inspect.Difference.Kind;

/** In what the Configuration records of two images differ: fields by name, other bits by number. */
final class RecordDiff {
    private RecordDiff() {
    }

    static List<Difference> of(List<RecordView> before, List<RecordView> after) {
        Map<String, RecordView> a = byPlace(before);
        Map<String, RecordView> b = byPlace(after);
        Set<String> places = new LinkedHashSet<>(a.keySet());
        places.addAll(b.keySet());
        List<Difference> out = new ArrayList<>();
        for (String place : places) {
            Optional<RecordView> old = Optional.ofNullable(a.get(place));
            Optional<RecordView> now = Optional.ofNullable(b.get(place));
            if (old.isEmpty() || now.isEmpty()) {
                out.add(new Difference(Kind.RECORD, place, old.map(RecordDiff::words), now.map(RecordDiff::words)));
            } else if (!old.get().record().equals(now.get().record())) {
                bits(place, old.get(), now.get(), out);
            }
        }
        return out;
    }

    /** A register may have several records in one section: they are told apart by their order. */
    private static Map<String, RecordView> byPlace(List<RecordView> records) {
        Map<String, RecordView> places = new LinkedHashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (RecordView view : records) {
            String place = String.format("%s 0x%x", view.section(), view.record().address());
            int number = numbers.merge(place, 1, Integer::sum);
            places.put(number == 1 ? place : place + " #" + number, view);
        }
        return places;
    }

    private static String words(RecordView view) {
        return String.format("value 0x%08x, mask 0x%08x", view.record().value(), view.record().mask());
    }

    private static void bits(String place, RecordView before, RecordView after, List<Difference> out) {
        ConfigurationRecord a = before.record();
        ConfigurationRecord b = after.record();
        long changed = a.value() ^ b.value();
        long unnamed = changed;
        for (Field field : before.fields()) {
            if ((changed & field.mask()) != 0) {
                out.add(Difference.of(Kind.RECORD, place + " " + field.name(), Long.toString(field.get(a.value())),
                        Long.toString(field.get(b.value()))));
                unnamed &= ~field.mask();
            }
        }
        if (unnamed != 0) {
            out.add(Difference.of(Kind.RECORD, place + " bits " + numbers(unnamed) + " without a name",
                    String.format("0x%08x", a.value()), String.format("0x%08x", b.value())));
        }
        if (a.mask() != b.mask()) {
            out.add(Difference.of(Kind.RECORD, place + " mask", String.format("0x%08x", a.mask()),
                    String.format("0x%08x", b.mask())));
        }
    }

    /** {@return numbers of the bits that are set, ranges as 7:4} */
    static String numbers(long bits) {
        StringBuilder text = new StringBuilder();
        for (int high = 31; high >= 0; high--) {
            if ((bits >> high & 1) == 0) {
                continue;
            }
            int low = high;
            while (low > 0 && (bits >> low - 1 & 1) != 0) {
                low--;
            }
            text.append(text.length() == 0 ? "" : ",").append(high);
            if (low < high) {
                text.append(':').append(low);
            }
            high = low;
        }
        return text.toString();
    }
}
