// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cx3tools.binary.Bytes;
import org.junit.jupiter.api.Test;

class ImageInfoTest {
    private final ImageInfo info = ImageFixture.parsed(ImageFixture.plain()).info().get();

    @Test
    void everyTagIsRead() {
        assertThat(info.fwVersion()).hasValue(new FirmwareVersion(2, 36, 5000));
        assertThat(info.buildTime())
                .hasValue(new ImageInfo.BuildTime(2016, 1, 6, 12, 34, 56));
        assertThat(info.deviceId()).hasValue(4103);
        assertThat(info.psid()).hasValue("TEST_01");
        assertThat(info.vsd()).hasValue("vendor text");
        assertThat(info.productVersion()).hasValue("02.36.50.00");
        assertThat(info.vsdVendor()).isEqualTo(0x15b3);
        assertThat(info.hardwareIds()).containsExactly(new ImageInfo.HardwareId(0x1f7, 0));
        assertThat(info.micVersion()).hasValue(new FirmwareVersion(2, 0, 1));
        assertThat(info.minFitVersion()).containsExactly(1, 2, 3, 4);
        assertThat(info.hwAccessKey()).hasValue(0);
        assertThat(info.configArea()).isEqualTo(new ImageInfo.ConfigArea(4, 1, 4096));
        assertThat(info.prsName()).hasValue("synthetic_test.prs");
    }

    @Test
    void textsAreClippedToTheTag() throws FormatException {
        ImageInfo shortTag = ImageInfo.parse(Bytes.ofHex("04000004 41424344 05000000 ff000000"), 0);
        assertThat(shortTag.psid()).hasValue("ABCD");
        assertThat(shortTag.vsd()).hasValue("");
    }

    @Test
    void configAreaWithoutSectorSizeLeavesItUnknown() throws FormatException {
        ImageInfo old = ImageInfo.parse(Bytes.ofHex("13000008 00000002 00000003 ff000000"), 0);
        assertThat(old.configArea()).isEqualTo(new ImageInfo.ConfigArea(2, 3, 0));
    }

    @Test
    void missingEndTagIsAcceptedIfTheSizesAddUp() throws FormatException {
        assertThat(ImageInfo.parse(Bytes.ofHex("0900000400000001"), 0).tags()).hasSize(1);
    }

    @Test
    void nothingIsReadFromNoTags() {
        ImageInfo none = new ImageInfo(0, List.of());
        assertThat(none.fwVersion()).isEmpty();
        assertThat(none.deviceId()).isEmpty();
        assertThat(none.hardwareIds()).isEmpty();
        assertThat(none.configArea()).isEqualTo(ImageInfo.ConfigArea.NONE);
    }

    @Test
    void versionsAreOrderedAndWordedAsTheStockToolDoes() {
        assertThat(new FirmwareVersion(2, 36, 5000)).hasToString("2.36.5000")
                .isGreaterThan(new FirmwareVersion(2, 9, 9999));
        assertThat(new FirmwareVersion(12, 100, 7)).hasToString("12.0100.0007");
    }
}
