// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.RomPart;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private static final FieldDictionary NONE = FieldDictionary.empty();
    private static final int FLASH = 0x200000;

    private final Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).small().log2Chunk(16).build();

    @Test
    void anImageIsShownPartByPart() throws Exception {
        Inspection inspection = Inspection.of(image.bytes(), NONE);

        assertThat(inspection.kind()).isEqualTo(Inspection.Kind.IMAGE);
        assertThat(inspection.trailing()).isZero();
        ImageView view = inspection.main().orElseThrow();
        assertThat(view.problems()).isEmpty();
        assertThat(view.parts()).extracting(PartView::name).startsWith("BOOT2", "BOOT2 2", "Configuration", "ROM",
                "GUID", "Image Info", "DDR", "DDR 2").contains("Configuration 2").endsWith("FW Configuration");
        assertThat(view.parts()).allMatch(PartView::crcOk);
        assertThat(view.tags()).extracting(InfoTag::id).contains(InfoTag.PSID, InfoTag.FW_VERSION);
        assertThat(view.rom()).extracting(RomPart::kind).containsExactly("PXE", "UEFI");
        assertThat(view.boardFile().orElseThrow().get("ADAPTER", "PSID")).isPresent();
        assertThat(view.size()).isEqualTo(image.size());
    }

    @Test
    void recordsCarryTheFieldsThatHaveANameAndTellWhichBitsHaveNone() throws Exception {
        ImageView view = Inspection.of(image.bytes(), NONE).main().orElseThrow();

        RecordView port1 = view.records().stream().filter(r -> r.record().address() == 0x1f99c).findFirst()
                .orElseThrow();
        assertThat(port1.fields()).hasSize(18);
        assertThat(port1.unnamedMask()).isZero();
        assertThat(port1.section()).isEqualTo("Configuration 2");
    }

    @Test
    void bytesBehindAnImageAreCounted() throws Exception {
        Bytes longer = new BytesBuilder().add(image.bytes()).fill(0x5a, 100).build();

        assertThat(Inspection.of(longer, NONE).trailing()).isEqualTo(100);
    }

    @Test
    void aDumpShowsBothSlotsAndTheOneWhoseSignatureWasTakenAway() throws Exception {
        BytesBuilder flash = BytesBuilder.copyOf(ImageReader.toFlash(image, FLASH, 1));
        Bytes lower = ImageReader.toFlash(image, FLASH, 0);
        for (int at = 0; at < FLASH; at += 0x20000) {
            flash.set(at, lower.slice(at, 0x10000));
        }

        Inspection both = Inspection.of(flash.build(), NONE);
        Inspection invalidated = Inspection.of(flash.setWord(0, 0).build(), NONE);

        assertThat(both.kind()).isEqualTo(Inspection.Kind.FLASH);
        assertThat(both.images()).extracting(ImageView::start).containsExactly(0L, 0x10000L);
        assertThat(invalidated.images()).extracting(ImageView::start).containsExactly(0x10000L);
        assertThat(invalidated.unsigned()).extracting(ImageView::start).containsExactly(0L);
        assertThat(invalidated.situation().orElseThrow()).contains("could be brought back");
    }

    @Test
    void aDamagedImageIsShownAsFarAsItsChainLeads() throws Exception {
        int place = image.section(SectionType.IMAGE_INFO).orElseThrow().start();
        Bytes broken = BytesBuilder.copyOf(image.bytes()).setWord(place + 4, 0x7fffffff).build();

        ImageView view = Inspection.of(broken, NONE).main().orElseThrow();

        assertThat(view.parts()).extracting(PartView::name).endsWith("GUID");
        assertThat(view.guids()).isPresent();
        assertThat(view.tags()).isEmpty();
        assertThat(view.problems()).anyMatch(p -> p.contains("0x" + Integer.toHexString(place + 4)));
    }

    @Test
    void aWrongFailsafeWordHidesNothingOfAContiguousImage() throws Exception {
        Bytes broken = BytesBuilder.copyOf(image.bytes()).setWord(0x28, 0x12345678).build();

        ImageView view = Inspection.of(broken, NONE).main().orElseThrow();

        assertThat(view.parts()).hasSize(image.outline().parts().size());
        assertThat(view.problems()).anyMatch(p -> p.contains("failsafe word"));
    }

    @Test
    void somethingThatIsNoImageIsRefused() {
        assertThatThrownBy(() -> Inspection.of(Bytes.of(new byte[4096]), NONE)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> Inspection.of(Bytes.empty(), NONE)).isInstanceOf(FormatException.class);
    }

    @Test
    void noDamageMakesItFail() throws Exception {
        Random random = Seed.start("InspectionTest");
        List<Bytes> wholes = List.of(image.bytes(), ImageReader.toFlash(image, FLASH, 1));
        for (int i = 0; i < 300; i++) {
            byte[] bytes = wholes.get(i % 2).toArray();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                int at = random.nextInt(4) == 0 ? random.nextInt(bytes.length)
                        : random.nextInt(Math.min(bytes.length, 0x6000));
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            int length = random.nextInt(3) > 0 ? bytes.length : 4 * random.nextInt(bytes.length / 4);
            Bytes damaged = Bytes.of(bytes).slice(0, length);
            try {
                Inspection.of(damaged, NONE).images().forEach(view -> assertThat(view.parts()).isNotNull());
            } catch (FormatException e) {
                assertThat(e.what()).isNotEmpty();
            }
        }
    }
}
