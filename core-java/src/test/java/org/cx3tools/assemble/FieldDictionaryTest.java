// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldDictionaryTest {
    @Test
    void observedFieldsOfAWordMakeUpTheObservedMask() {
        for (long address : new long[] {0x1f99c, 0x1f9ac}) {
            long union = 0;
            for (Field field : FieldDictionary.observed().at(address)) {
                assertThat(union & field.mask()).as(field.toString()).isZero();
                union |= field.mask();
            }
            assertThat(union).isEqualTo(0x7f8fff20L);
        }
        assertThat(FieldDictionary.observed().size()).isEqualTo(36);
    }

    @Test
    void ethernetKeysStandForScratchpadFields() {
        assertThat(FieldDictionary.observed().forKey("IB", "port2_802_3ap_56kr4_enable"))
                .map(Field::toString)
                .contains("scratchpad.eth.port[1].eth_802_3ap_56kr4_enable 0x1f9ac.23 1");
        assertThat(FieldDictionary.observed().forKey("IB", "port1_802_3ap_100M_ability"))
                .isPresent();
        assertThat(FieldDictionary.fieldName("IB", "port3_802_3ap_kr_enable"))
                .isEqualTo("ib.port3_802_3ap_kr_enable");
        assertThat(FieldDictionary.fieldName("HCA", "Sriov_EN")).isEqualTo("hca.sriov_en");
    }

    @Test
    void linesAreTakenOutOfAnyText() throws Exception {
        FieldDictionary fields = FieldDictionary.parse("x.mlx", "prepMLX version = 1.2\n"
                + "[GROUP]\n\ta.b[0].c 0x1F99c.5 1 ; note\nother text 0x12\n a.b.wide 0x20.0 32\r\n"
                + "a.b[0].c 0x1f99c.5 1\n", true);
        assertThat(fields.fields()).extracting(Field::toString)
                .containsExactly("a.b[0].c 0x1f99c.5 1", "a.b.wide 0x20.0 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b 0x10.32 1", "a.b 0x10.31 2", "a.b 0x10.0 0", "a.b 0x11.0 1",
        "a.b 0x10.x 1", "a.b 0x10.1", "a.b 0x123456789.1 1", "a.b 0xzz.1 1", "a.b 0x10.1 1x"})
    void almostFieldLinesAreErrorsWithTheirLineInStrictMode(String line) throws Exception {
        assertThatThrownBy(() -> FieldDictionary.parse("f", "\n\n" + line + "\n", true))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.text()).isEqualTo(line);
                });
        FieldDictionary lenient = FieldDictionary.parse("f", "\n\n" + line + "\n", false);
        assertThat(lenient.size()).isZero();
        assertThat(lenient.skipped()).containsExactly("line 3: " + line);
    }

    @Test
    void oneNameAtTwoPlacesIsAnError() throws Exception {
        assertThatThrownBy(() -> FieldDictionary.parse("f", "a.b 0x10.1 1\na.b 0x10.2 1\n", false))
                .isInstanceOf(SourceException.class).hasMessageContaining("line 2");
        FieldDictionary other = FieldDictionary.parse("f", "hca.sriov_en 0x10.1 1\n", true);
        assertThatThrownBy(() -> FieldDictionary.synthetic().plus(other, "f"))
                .isInstanceOf(SourceException.class).hasMessageContaining("hca.sriov_en");
    }

    @Test
    void hostileLinesTakeNoTime() throws Exception {
        String line = "a 0x" + "1.".repeat(190) + " " + "1 ".repeat(5) + "\n";
        long start = System.nanoTime();
        assertThat(FieldDictionary.parse("f", line.repeat(20000), false).size()).isZero();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void fieldsReadAndWriteOnlyTheirBits() {
        Field field = new Field("f", 0x10, 8, 4);
        assertThat(field.set(0xffffffffL, 0x5)).isEqualTo(0xfffff5ffL);
        assertThat(field.get(0xfffff5ffL)).isEqualTo(5);
        assertThat(new Field("w", 0, 0, 32).set(0, 0xffffffffL)).isEqualTo(0xffffffffL);
        assertThatThrownBy(() -> field.set(0, 16)).isInstanceOf(IllegalArgumentException.class);
    }
}
