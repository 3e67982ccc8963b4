// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class UpdateStatusTest {
    private static ManagedImage version(int major, int minor, int subMinor) throws Exception {
        return ManagedImage.ofImage(SyntheticImage.of(CardModel.HP_764285_B21).small()
                .version(new FirmwareVersion(major, minor, subMinor)).build().bytes());
    }

    private static UpdateStatus status(ManagedImage card, boolean force, ManagedImage... there) {
        List<AvailableImage> images = Arrays.stream(there)
                .map(image -> new AvailableImage(Path.of("a.bin"), Optional.empty(), image,
                        Bytes.of(new byte[0]))).toList();
        return UpdateStatus.of(card, images, force);
    }

    @Test
    void onlyANewerVersionIsAnUpdate() throws Exception {
        ManagedImage card = version(2, 42, 5000);
        assertThat(status(card, false, version(2, 42, 5000))).isEqualTo(UpdateStatus.UP_TO_DATE);
        assertThat(status(card, false, version(2, 41, 9999))).isEqualTo(UpdateStatus.UP_TO_DATE);
        ManagedImage newer = version(2, 42, 5001);
        assertThat(status(card, false, newer)).isEqualTo(UpdateStatus.UPDATE_REQUIRED);
        assertThat(status(card, true, newer)).isEqualTo(UpdateStatus.UPDATE_REQUIRED);
        assertThat(status(card, false, version(3, 0, 0)))
                .isEqualTo(UpdateStatus.UPDATE_REQUIRED);
    }

    @Test
    void forceTakesWhatIsNotNewer() throws Exception {
        ManagedImage card = version(2, 42, 5000);
        assertThat(status(card, true, version(2, 36, 0))).isEqualTo(UpdateStatus.FORCED);
        assertThat(UpdateStatus.FORCED.burns()).isTrue();
        assertThat(UpdateStatus.UP_TO_DATE.burns()).isFalse();
    }

    @Test
    void noneAndSeveralAreNeverBurnt() throws Exception {
        ManagedImage card = version(2, 42, 5000);
        ManagedImage newer = version(3, 0, 0);
        assertThat(status(card, true)).isEqualTo(UpdateStatus.NONE);
        assertThat(status(card, true, newer, newer)).isEqualTo(UpdateStatus.MULTIPLE);
        assertThat(UpdateStatus.NONE.burns() || UpdateStatus.MULTIPLE.burns()).isFalse();
    }
}
