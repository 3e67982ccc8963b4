// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.image.SectionType;

/**
 * Sets fields in the Configuration records of an image. A field is set in every record of its word
 * that covers it, or in none: never a bit that no mask covers.
 */
final class RecordEditor {
    private final List<SectionPart> sections;
    private final List<RecordChange> changes = new ArrayList<>();

    RecordEditor(List<SectionPart> sections) {
        this.sections = new ArrayList<>(sections);
    }

    List<SectionPart> sections() {
        return List.copyOf(sections);
    }

    List<RecordChange> changes() {
        return List.copyOf(changes);
    }

    /** Why a field cannot be set. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String why) {
            super(why);
        }
    }

    /** {@return the value of a field in all records that cover it; empty if none does, or they differ} */
    Optional<Long> get(Field field) {
        Optional<Long> value = Optional.empty();
        for (SectionPart section : sections) {
            for (ConfigurationRecord record : records(section)) {
                if (covers(record, field) && (record.mask() & field.mask()) == field.mask()) {
                    long here = field.get(record.value());
                    if (value.isPresent() && value.get() != here) {
                        return Optional.empty();
                    }
                    value = Optional.of(here);
                }
            }
        }
        return value;
    }

    /** {@return whether a record covers at least a part of the field} */
    boolean has(Field field) {
        return sections.stream().flatMap(section -> records(section).stream())
                .anyMatch(record -> covers(record, field));
    }

    /**
     * Sets a field.
     *
     * @return the records that got other bits
     * @throws Refused when no record covers the field, or one covers only a part of it
     */
    List<RecordChange> set(Field field, long value) throws Refused {
        List<RecordChange> planned = new ArrayList<>();
        List<SectionPart> edited = new ArrayList<>(sections);
        boolean found = false;
        for (int s = 0; s < sections.size(); s++) {
            SectionPart section = sections.get(s);
            List<ConfigurationRecord> records = new ArrayList<>(records(section));
            int before = planned.size();
            for (int r = 0; r < records.size(); r++) {
                ConfigurationRecord record = records.get(r);
                if (!covers(record, field)) {
                    continue;
                }
                if ((record.mask() & field.mask()) != field.mask()) {
                    throw new Refused("mask of record '" + record + "' covers only a part of " + field);
                }
                found = true;
                ConfigurationRecord now = record.with(field, value);
                if (!now.equals(record)) {
                    planned.add(new RecordChange(s, r, field, record, now));
                    records.set(r, now);
                }
            }
            if (planned.size() > before) {
                edited.set(s, new SectionPart(section.typeCode(), section.param(), section.size(),
                        ConfigurationRecord.toBytes(records)));
            }
        }
        if (!found) {
            throw new Refused("the image has no record that covers " + field);
        }
        sections.clear();
        sections.addAll(edited);
        changes.addAll(planned);
        return planned;
    }

    private static boolean covers(ConfigurationRecord record, Field field) {
        return record.address() == field.address() && (record.mask() & field.mask()) != 0;
    }

    private static List<ConfigurationRecord> records(SectionPart section) {
        return section.is(SectionType.CONFIGURATION)
                ? ConfigurationRecord.parse(section.payload()).orElse(List.of()) : List.of();
    }
}
