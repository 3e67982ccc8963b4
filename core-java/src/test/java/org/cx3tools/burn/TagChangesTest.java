// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;

class TagChangesTest {
    private final Fs2Image image = TestImages.onCard().build();

    @Test
    void aNewTagStandsWhereItsNumberBelongs() throws Exception {
        Bytes text = InfoTagValue.parse(InfoTag.PRODUCT_VERSION, "\"02.42.50.00\"").orElseThrow();

        Fs2Image changed = ImageChanges.withTag(image, InfoTag.PRODUCT_VERSION, text);

        assertThat(ids(changed)).containsSubsequence(InfoTag.VSD, InfoTag.PRODUCT_VERSION, InfoTag.VSD_VENDOR);
        assertThat(changed.info().orElseThrow().productVersion()).contains("02.42.50.00");
        assertThat(ImageChanges.withoutTag(changed, InfoTag.PRODUCT_VERSION)).isEqualTo(image);
        assertThat(Verifier.good(Verifier.findings(changed))).isTrue();
    }

    @Test
    void aTagThatIsThereKeepsItsPlaceWhateverItsSize() throws Exception {
        List<Integer> before = ids(image);

        Fs2Image changed = ImageChanges.withTag(image, InfoTag.HARDWARE_IDS, Bytes.ofHex("000001f5000001f7000101f5"));

        assertThat(ids(changed)).isEqualTo(before);
        assertThat(changed.info().orElseThrow().hardwareIds()).hasSize(3);
    }

    @Test
    void aTagThatNoImageMayLackIsNotRemoved() {
        assertThatThrownBy(() -> ImageChanges.withoutTag(image, InfoTag.PSID)).isInstanceOf(BurnException.class)
                .hasMessageContaining("cannot be changed like this");
        assertThatThrownBy(() -> ImageChanges.withoutTag(image, InfoTag.PRS_NAME))
                .hasMessageContaining("Image Info tag prs_name");
    }

    @Test
    void blankGuidsAreTheOnesOfARelease() throws Exception {
        Fs2Image blank = ImageChanges.withBlankGuids(image);

        assertThat(blank.hasBlankGuids()).isTrue();
        assertThat(blank.header().fullCrc()).isEqualTo(0xffff);
    }

    @Test
    void theLayoutIsChangedThereAndBack() throws Exception {
        Fs2Image plain = ImageChanges.withLayout(image, ChunkMap.contiguous());

        assertThat(plain.header().failsafe()).isFalse();
        assertThat(ImageChanges.withLayout(plain, image.header().chunkMap())).isEqualTo(image);
    }

    private static List<Integer> ids(Fs2Image image) {
        return image.info().orElseThrow().tags().stream().map(InfoTag::id).toList();
    }
}
