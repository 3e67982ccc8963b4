// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import java.util.List;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.Field;

/**
 * A record of a Configuration section with the fields that have a name.
 *
 * @param section name of the section, as in {@link PartView}
 * @param index   number of the record in the section, from 0
 * @param record  the record
 * @param fields  fields of its word that its mask covers at least in part, lowest bit first
 */
public record RecordView(String section, int index, ConfigurationRecord record, List<Field> fields) {
    /** Makes the list unchangeable. */
    public RecordView {
        fields = List.copyOf(fields);
    }

    /** {@return the bits that the mask covers and no field names} */
    public long unnamedMask() {
        long mask = record.mask();
        for (Field field : fields) {
            mask &= ~field.mask();
        }
        return mask;
    }
}
