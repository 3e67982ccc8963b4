// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.cx3tools.assemble.Field;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.SourceException;

/** Lists of fields, strict and in foreign text. */
class FieldDictionaryFuzzTest {
    private static final int MOST = 1 << 14;

    @FuzzTest
    void anyTextIsAListOfFieldsOrAnErrorWithALine(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> {
            judge(data, true);
            judge(data, false);
        });
    }

    private static void judge(byte[] data, boolean strict) {
        try {
            FieldDictionary fields = FieldDictionary.parse("fuzz",
                    new String(data, StandardCharsets.ISO_8859_1), strict);
            assertThat(fields.plus(fields, "fuzz").size()).isEqualTo(fields.size());
            for (Field field : fields.fields()) {
                assertThat(fields.byName(field.name())).contains(field);
                assertThat(fields.at(field.address())).contains(field);
            }
        } catch (SourceException documented) {
            assertThat(documented.line()).isNotNegative();
        }
    }
}
