// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

/** Only the image changes, in whatever way it lies in its file. */
class ImageFileTest {
    private static final int FLASH = 0x200000;
    private static final Bytes TAIL = Bytes.ofText("tail of the file");

    private final Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();

    @Test
    void whatLiesBehindAContiguousImageStaysWhereItIs() throws Exception {
        ImageFile file = ImageFile.parse(new BytesBuilder().add(image.bytes()).add(TAIL).build(),
                false);
        assertThat(file.image()).isEqualTo(image);
        Fs2Image same = ImageEditor.withVsd(image, "other");
        assertThat(file.with(same)).isEqualTo(new BytesBuilder().add(same.bytes()).add(TAIL).build());
        Fs2Image larger = ImageEditor.withRom(image,
                new BytesBuilder().fill(0x55, 0x20000).build());
        assertThatThrownBy(() -> file.with(larger)).isInstanceOf(FormatException.class)
                .hasMessageContaining("what lies behind the image");
    }

    @Test
    void aFileWithBlankRoomBehindItsImageKeepsItsSize() throws Exception {
        ImageFile file = ImageFile.parse(new BytesBuilder().add(image.bytes())
                .fill(0xff, 0x100000 - image.size()).build(), false);
        for (Fs2Image changed : new Fs2Image[] {ImageEditor.withoutRom(image),
            ImageEditor.withRom(image, new BytesBuilder().fill(0x55, 0x20000).build())}) {
            Bytes content = file.with(changed);
            assertThat(content.length()).isEqualTo(0x100000);
            assertThat(content.slice(0, changed.size())).isEqualTo(changed.bytes());
            assertThat(content.from(changed.size()).isFilledWith(0xff)).isTrue();
        }
    }

    @Test
    void ofADumpOnlyTheBytesOfTheImageChange() throws Exception {
        for (int slot = 0; slot < 2; slot++) {
            Fs2Image changed = ImageEditor.withVsd(image, "changed");
            BytesBuilder dump = BytesBuilder.copyOf(ImageReader.toFlash(image, FLASH, slot));
            BytesBuilder wanted = BytesBuilder.copyOf(ImageReader.toFlash(changed, FLASH, slot));
            for (BytesBuilder each : new BytesBuilder[] {dump, wanted}) {
                each.set(FLASH - 0x100, TAIL);
                each.set((slot == 0 ? 0x80000 : 0) + 0x1234, TAIL);
            }
            ImageFile file = ImageFile.parse(dump.build(), true);
            assertThat(file.image()).isEqualTo(image);
            assertThat(file.with(changed)).isEqualTo(wanted.build());
        }
    }

    @Test
    void theImageOfADumpKeepsItsSize() throws Exception {
        ImageFile file = ImageFile.parse(ImageReader.toFlash(image, FLASH, 1), true);
        Fs2Image larger = ImageEditor.withRom(image, new BytesBuilder().fill(0x55, 64).build());
        assertThatThrownBy(() -> file.with(larger)).isInstanceOf(FormatException.class)
                .hasMessageContaining("size of an image laid out as on flash");
    }

    @Test
    void aFileWithoutImageIsNamed() {
        Bytes blank = new BytesBuilder().fill(0xff, 0x20000).build();
        assertThatThrownBy(() -> ImageFile.parse(blank, true)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> ImageFile.parse(blank, false)).isInstanceOf(FormatException.class);
    }
}
