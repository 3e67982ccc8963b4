// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;

/**
 * What a card has stored: the content of a backup.
 *
 * @param records for each record that the card offers its data; empty = nothing stored
 */
public record StoredSettings(Map<Tlv, Optional<Bytes>> records) {
    /** Takes the records over, in the order in which they are written. */
    public StoredSettings {
        records = Collections.unmodifiableMap(new TreeMap<>(records));
        records.forEach((tlv, data) -> {
            if (data.isPresent() && data.get().length() != tlv.type().size()) {
                throw new IllegalArgumentException("record " + tlv + " has "
                        + tlv.type().size() + " bytes, not " + data.get().length());
            }
        });
    }
}
