// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;

/** The published case of 56 Gbit/s Ethernet (source-form 1, observed): records, places, keys. */
class PublishedSpeedCaseTest {
    private static final long MASK = 0x7f8fff20L;
    private static final long RETAIL = 0x1f03f900L;
    private static final long RETAIL_UNLOCKED = 0x1f83f900L;
    private static final long OEM = 0x1d03b900L;

    @Test
    void theBoardFileEditChangesTheTwoPublishedRecordsAndNothingButTheFourPublishedPlaces() throws Exception {
        Fs2Image locked = with(RETAIL, "0");
        BoardFile edited = BoardFile.parse(locked.fwConfiguration().orElseThrow().toArray())
                .with("IB", "port1_802_3ap_56kr4_enable", "1").with("IB", "port2_802_3ap_56kr4_enable", "1");

        Fs2Image unlocked = new Assembler(AssembleOptions.defaults()).assemble(locked, edited).image();

        assertThat(record(unlocked, 0x1f99c)).hasToString("0001f99c 1f83f900 7f8fff20");
        assertThat(record(unlocked, 0x1f9ac)).hasToString("0001f9ac 1f83f900 7f8fff20");
        assertThat(Verifier.good(Verifier.findings(unlocked))).isTrue();
        assertThat(placesThatDiffer(locked, unlocked)).containsExactlyInAnyOrder("full CRC", "record 0x1f99c",
                "record 0x1f9ac", "CRC of the section", "FW Configuration");
    }

    @Test
    void theUnlockOfARetailImageIsThatVeryEdit() throws Exception {
        Fs2Image locked = with(RETAIL, "0");

        assertThat(Unlock56g.wishes(locked)).containsExactly(
                new Assignment("[IB] port1_802_3ap_56kr4_enable", "1"),
                new Assignment("[IB] port2_802_3ap_56kr4_enable", "1"));
        Fs2Image unlocked = KeySetter.set(locked, Unlock56g.wishes(locked), AssembleOptions.defaults()).image();
        assertThat(record(unlocked, 0x1f99c).value()).isEqualTo(RETAIL_UNLOCKED);
        assertThat(Unlock56g.wishes(unlocked)).isEmpty();
    }

    @Test
    void anOemImageGetsTheLinesThatItsBoardFileLacks() throws Exception {
        Fs2Image oem = with(OEM, "");

        AssembleResult result = KeySetter.set(oem, Unlock56g.wishes(oem), AssembleOptions.defaults());

        assertThat(record(result.image(), 0x1f99c).value()).isEqualTo(RETAIL_UNLOCKED);
        assertThat(record(result.image(), 0x1f9ac).value()).isEqualTo(RETAIL_UNLOCKED);
        assertThat(BoardFile.parse(result.image().fwConfiguration().orElseThrow().toArray())
                .get("IB", "port2_802_3ap_kr4_enable")).contains("1");
        assertThat(result.records()).hasSize(6).allMatch(change -> change.field().width() == 1);
    }

    @Test
    void aPortWithoutRecordIsLeftOutAndAnImageWithoutAnySaysSo() throws Exception {
        Fs2Image onePort = without(with(OEM, ""), Set.of(0x1f9acL));

        assertThat(Unlock56g.wishes(onePort)).hasSize(3).allMatch(wish -> wish.name().contains("port1"));
        assertThatThrownBy(() -> Unlock56g.wishes(without(onePort, Set.of(0x1f99cL))))
                .isInstanceOf(AssembleException.class).hasMessageContaining("0x1f99c");
    }

    private static Fs2Image with(long word, String enable) throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).small().build();
        BoardFile board = BoardFile.parse(image.fwConfiguration().orElseThrow().toArray());
        if (!enable.isEmpty()) {
            board = board.with("IB", "port1_802_3ap_56kr4_enable", enable)
                    .with("IB", "port2_802_3ap_56kr4_enable", enable);
        }
        Fs2Image changed = ImageEditor.withBoardFile(image, Bytes.of(board.toByteArray()));
        Section section = second(changed);
        List<ConfigurationRecord> records = new ArrayList<>();
        for (ConfigurationRecord old : ConfigurationRecord.parse(section.payload()).orElseThrow()) {
            boolean port = old.address() == 0x1f99c || old.address() == 0x1f9ac;
            records.add(port ? new ConfigurationRecord(old.address(), word, MASK) : old);
        }
        return ImageEditor.withPayload(changed, section, ConfigurationRecord.toBytes(records));
    }

    private static Fs2Image without(Fs2Image image, Set<Long> addresses) throws Exception {
        Section section = second(image);
        return ImageEditor.withPayload(image, section, ConfigurationRecord.toBytes(
                ConfigurationRecord.parse(section.payload()).orElseThrow().stream()
                        .filter(r -> !addresses.contains(r.address())).toList()));
    }

    private static Section second(Fs2Image image) {
        return image.sections().stream().filter(s -> s.is(SectionType.CONFIGURATION)).skip(1).findFirst()
                .orElseThrow();
    }

    private static ConfigurationRecord record(Fs2Image image, long address) {
        return ConfigurationRecord.parse(second(image).payload()).orElseThrow().stream()
                .filter(r -> r.address() == address).findFirst().orElseThrow();
    }

    /** Names the place of every byte that differs; two images of one size in front of the board file. */
    private static Set<String> placesThatDiffer(Fs2Image a, Fs2Image b) {
        Section records = second(a);
        Section board = a.section(SectionType.FW_CONFIGURATION).orElseThrow();
        Map<String, int[]> places = new LinkedHashMap<>();
        places.put("full CRC", new int[] {ImageHeader.CRC_WORD + 2, ImageHeader.CRC_WORD + 4});
        places.put("image size", new int[] {ImageHeader.IMAGE_SIZE, ImageHeader.IMAGE_SIZE + 4});
        List<ConfigurationRecord> all = ConfigurationRecord.parse(records.payload()).orElseThrow();
        for (int i = 0; i < all.size(); i++) {
            int at = records.payloadStart() + i * ConfigurationRecord.SIZE;
            places.put("record 0x" + Long.toHexString(all.get(i).address()), new int[] {at + 4, at + 8});
        }
        places.put("CRC of the section", new int[] {records.crcStart(), records.end()});
        places.put("FW Configuration", new int[] {board.start(), Integer.MAX_VALUE});
        Set<String> found = new TreeSet<>();
        for (int at = 0; at < Math.min(a.size(), b.size()); at++) {
            if (a.bytes().u8(at) != b.bytes().u8(at)) {
                int here = at;
                found.add(places.entrySet().stream().filter(p -> here >= p.getValue()[0] && here < p.getValue()[1])
                        .map(Map.Entry::getKey).findFirst().orElse("elsewhere: 0x" + Integer.toHexString(at)));
            }
        }
        return found;
    }
}
