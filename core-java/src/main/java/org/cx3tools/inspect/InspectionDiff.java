// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.inspect.Difference.Kind;

/**
 * In what two files or cards differ. An image and a flash are compared by the image that counts; of
 * two flashes it is also told which images they hold.
 */
public final class InspectionDiff {
    private InspectionDiff() {
    }

    /**
     * Compares.
     *
     * @param before the first
     * @param after  the second
     * @return what differs, sorted by kind; empty if nothing does
     */
    public static List<Difference> of(Inspection before, Inspection after) {
        List<Difference> out = new ArrayList<>();
        if (before.kind() == Inspection.Kind.FLASH && after.kind() == Inspection.Kind.FLASH) {
            flashes(before, after, out);
        }
        Optional<ImageView> a = before.main();
        Optional<ImageView> b = after.main();
        if (a.isPresent() && b.isPresent()) {
            out.addAll(ImageDiff.of(a.get(), b.get()));
        } else if (a.isPresent() || b.isPresent()) {
            out.add(new Difference(Kind.FLASH, "image that boots", a.map(InspectionDiff::name),
                    b.map(InspectionDiff::name)));
        }
        return out;
    }

    private static void flashes(Inspection before, Inspection after, List<Difference> out) {
        if (before.size() != after.size()) {
            out.add(Difference.of(Kind.FLASH, "size of the flash", before.size() + " bytes", after.size() + " bytes"));
        }
        Map<Long, String> a = slots(before);
        Map<Long, String> b = slots(after);
        Set<Long> starts = new LinkedHashSet<>(a.keySet());
        starts.addAll(b.keySet());
        for (long start : starts) {
            Optional<String> old = Optional.ofNullable(a.get(start));
            Optional<String> now = Optional.ofNullable(b.get(start));
            if (!old.equals(now)) {
                out.add(new Difference(Kind.FLASH, String.format("at 0x%x", start), old, now));
            }
        }
    }

    private static Map<Long, String> slots(Inspection flash) {
        Map<Long, String> slots = new LinkedHashMap<>();
        flash.images().forEach(image -> slots.put(image.start(), name(image)
                + (image.problems().isEmpty() ? "" : ", damaged")));
        flash.unsigned().forEach(image -> slots.put(image.start(), name(image) + ", without signature"));
        return slots;
    }

    private static String name(ImageView image) {
        String version = "unknown";
        for (InfoTag tag : image.tags()) {
            version = tag.id() == InfoTag.FW_VERSION ? InfoTagValue.text(tag) : version;
        }
        return "firmware " + version + ", " + image.size() + " bytes";
    }
}
