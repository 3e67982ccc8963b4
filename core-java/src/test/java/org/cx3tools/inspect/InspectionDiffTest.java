// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.ConfigurationRecord;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.inspect.Difference.Kind;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class InspectionDiffTest {
    private static final int FLASH = 0x200000;

    private final Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).small().log2Chunk(16).build();

    @Test
    void anImageDoesNotDifferFromItselfNorFromTheFlashItWasBurntTo() throws Exception {
        assertThat(diff(image.bytes(), image.bytes())).isEmpty();
        assertThat(diff(image.bytes(), ImageReader.toFlash(image, FLASH, 1))).isEmpty();
    }

    @Test
    void aChangedBoardFileKeyIsToldAsTextAndAsTheNamedBit() throws Exception {
        BoardFile board = BoardFile.parse(image.fwConfiguration().orElseThrow().toArray())
                .with("IB", "port1_802_3ap_56kr4_enable", "1");
        Fs2Image changed = new Assembler(AssembleOptions.defaults()).assemble(image, board).image();

        List<Difference> differences = diff(image.bytes(), changed.bytes());

        assertThat(of(differences, Kind.BOARD_FILE)).containsExactly(
                "[IB] port1_802_3ap_56kr4_enable: (none) -> 1");
        assertThat(of(differences, Kind.RECORD)).containsExactly(
                "Configuration 2 0x1f99c scratchpad.eth.port[0].eth_802_3ap_56kr4_enable: 0 -> 1");
        assertThat(differences).extracting(Difference::kind).containsOnly(Kind.HEADER, Kind.SECTION,
                Kind.BOARD_FILE, Kind.RECORD);
    }

    @Test
    void tagsAndIdentitiesAreToldByName() throws Exception {
        Fs2Image changed = ImageEditor.withGuids(ImageEditor.withVsd(image, "other text"),
                GuidBlock.counted(0x0002c90300112230L, 0x0002c9112230L));

        List<Difference> differences = diff(image.bytes(), changed.bytes());

        assertThat(of(differences, Kind.TAG)).singleElement().asString().startsWith("vsd: ").endsWith("\"other text\"");
        assertThat(of(differences, Kind.IDENTITY)).hasSize(6).anyMatch(d -> d.startsWith("port 2 MAC: "));
        assertThat(of(differences, Kind.SECTION)).isEmpty();
    }

    @Test
    void aRemovedRomIsToldByItsParts() throws Exception {
        List<Difference> differences = diff(image.bytes(), ImageEditor.withoutRom(image).bytes());

        assertThat(of(differences, Kind.ROM)).hasSize(2).allMatch(d -> d.endsWith("-> (none)"));
        assertThat(of(differences, Kind.SECTION)).singleElement().asString().startsWith("ROM: ");
    }

    @Test
    void bitsWithoutANameMasksAndMissingRecordsAreTold() throws Exception {
        Section section = image.section(SectionType.CONFIGURATION).orElseThrow();
        List<ConfigurationRecord> records = ConfigurationRecord.parse(section.payload()).orElseThrow();
        ConfigurationRecord first = records.get(0);
        ConfigurationRecord second = records.get(1);
        List<ConfigurationRecord> changed = new java.util.ArrayList<>(records);
        changed.set(0, new ConfigurationRecord(first.address(), first.value() ^ 0x30, first.mask()));
        changed.set(1, new ConfigurationRecord(second.address(), second.value(), second.mask() ^ 1));
        changed.remove(changed.size() - 1);

        List<String> told = of(diff(image.bytes(), ImageEditor.withPayload(image, section,
                ConfigurationRecord.toBytes(changed)).bytes()), Kind.RECORD);

        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("Configuration 0x10000 bits 5:4 without a name: ");
        assertThat(told.get(1)).startsWith("Configuration 0x10004 mask: ");
        assertThat(told.get(2)).endsWith("-> (none)");
    }

    @Test
    void opaqueContentIsToldByItsFirstBytesThatDiffer() throws Exception {
        Section ddr = image.section(SectionType.DDR).orElseThrow();
        Bytes payload = BytesBuilder.copyOf(ddr.payload()).setU8(5, ddr.payload().u8(5) ^ 0xff).build();

        List<String> told = of(diff(image.bytes(), ImageEditor.withPayload(image, ddr, payload).bytes()), Kind.SECTION);

        assertThat(told).singleElement().asString().startsWith("DDR content, 1 bytes differ, the first at +0x5: ");
    }

    @Test
    void aTextThatDiffersInItsCommentsOnlyIsTold() throws Exception {
        Bytes text = image.fwConfiguration().orElseThrow();
        Fs2Image changed = ImageEditor.withBoardFile(image,
                new BytesBuilder().add(text).add(Bytes.ofText(";; a remark\n")).build());

        assertThat(of(diff(image.bytes(), changed.bytes()), Kind.BOARD_FILE)).singleElement().asString()
                .contains("no key differs");
    }

    @Test
    void ofTwoFlashesTheSlotsAreToldToo() throws Exception {
        List<Difference> differences = diff(ImageReader.toFlash(image, FLASH, 0), ImageReader.toFlash(image, FLASH, 1));

        assertThat(of(differences, Kind.FLASH)).hasSize(2);
        assertThat(differences).hasSize(2);
    }

    @Test
    void whateverDiffersInItsBytesDiffersInTheList() throws Exception {
        for (int at = 0x10; at < image.size(); at += 97) {
            Bytes flipped = BytesBuilder.copyOf(image.bytes()).setU8(at, image.bytes().u8(at) ^ 4).build();
            assertThat(diff(image.bytes(), flipped)).as("flipped bit at 0x%x", at).isNotEmpty();
        }
    }

    private static List<Difference> diff(Bytes before, Bytes after) throws FormatException {
        return InspectionDiff.of(Inspection.of(before, FieldDictionary.empty()),
                Inspection.of(after, FieldDictionary.empty()));
    }

    private static List<String> of(List<Difference> differences, Kind kind) {
        return differences.stream().filter(d -> d.kind() == kind).map(Difference::toString).toList();
    }
}
