// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;

class KeySetterTest {
    private static final AssembleOptions DEFAULTS = AssembleOptions.defaults();

    private final Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).small().build();

    @Test
    void aKeyIsNamedWithItsSectionOrAloneOrByItsField() throws Exception {
        Fs2Image withSection = set(image, "[HCA] total_vfs", "7").image();

        assertThat(set(image, "total_vfs", "7").image()).isEqualTo(withSection);
        assertThat(set(image, "hca.total_vfs", "7").image()).isEqualTo(withSection);
        assertThat(key(withSection, "HCA", "total_vfs")).isEqualTo("7");
        assertThat(field(withSection, "hca.total_vfs")).isEqualTo(7);
        assertThat(Verifier.good(Verifier.findings(withSection))).isTrue();
    }

    @Test
    void anEthernetFieldTakesItsKeyAlongThoughTheBoardFileHadNone() throws Exception {
        Fs2Image changed = set(image, "scratchpad.eth.port[1].eth_802_3ap_kr2_ability", "1").image();

        assertThat(key(changed, "IB", "port2_802_3ap_kr2_ability")).isEqualTo("1");
        assertThat(set(image, "port2_802_3ap_kr2_ability", "1").image()).isEqualTo(changed);
    }

    @Test
    void bitsThatDoNotSayWhatTheTextSaysAreSetThoughTheTextHasTheValue() throws Exception {
        Fs2Image textOnly = ImageEditor.withBoardFile(image, org.cx3tools.binary.Bytes.of(BoardFile.parse(
                image.fwConfiguration().orElseThrow().toArray()).with("HCA", "total_vfs", "9").toByteArray()));

        AssembleResult result = set(textOnly, "total_vfs", "9");

        assertThat(result.keys()).isEmpty();
        assertThat(result.records()).hasSize(1);
        assertThat(field(result.image(), "hca.total_vfs")).isEqualTo(9);
    }

    @Test
    void aFieldThatNoKeyStandsForChangesItsRecordAloneAndSaysSo() throws Exception {
        FieldDictionary fields = FieldDictionary.parse("test", "some.field 0x1f99c.12 1", true);

        AssembleResult result = KeySetter.set(image, List.of(new Assignment("some.field", "0")),
                DEFAULTS.withFields(fields));

        assertThat(result.notes(AssembleNote.Kind.BITS_ONLY)).hasSize(1);
        assertThat(result.keys()).isEmpty();
        assertThat(field(result.image(), "scratchpad.eth.port[0].eth_802_3ap_56kr4_ability")).isZero();
    }

    @Test
    void thePsidKeyTakesTheTagAlong() throws Exception {
        Fs2Image changed = set(image, "[ADAPTER] PSID", "OTHER_01").image();

        assertThat(changed.info().flatMap(ImageInfo::psid)).contains("OTHER_01");
    }

    @Test
    void mistakesAreListedAllAtOnceAndNothingIsChanged() {
        assertThatThrownBy(() -> KeySetter.set(image, List.of(new Assignment("no_such_key", "1"),
                new Assignment("total_vfs", "256"), new Assignment("sriov_en", "perhaps")), DEFAULTS))
                .isInstanceOf(AssembleException.class).hasMessageContaining("no_such_key: is neither")
                .hasMessageContaining("256 does not fit the 8 bit(s)").hasMessageContaining("'perhaps' is no number");
        assertThatThrownBy(() -> KeySetter.set(image, List.of(new Assignment("total_vfs", "1"),
                new Assignment("hca.total_vfs", "2")), DEFAULTS)).hasMessageContaining("given two values");
        assertThatThrownBy(() -> set(image, "[HCA] unheard_of", "1")).hasMessageContaining("no field is known");
    }

    private static AssembleResult set(Fs2Image image, String name, String value) throws Exception {
        return KeySetter.set(image, List.of(new Assignment(name, value)), DEFAULTS);
    }

    private static String key(Fs2Image image, String section, String key) throws Exception {
        return BoardFile.parse(image.fwConfiguration().orElseThrow().toArray()).get(section, key).orElseThrow();
    }

    private static long field(Fs2Image image, String name) throws Exception {
        return new RecordEditor(ImageParts.of(image).sections())
                .get(FieldDictionary.forImage(image).byName(name).orElseThrow()).orElseThrow();
    }
}
