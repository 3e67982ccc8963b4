// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.cx3tools.assemble.ImageParts;
import org.cx3tools.assemble.ImageParts.Boot2Part;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticImageTest {
    private static final String PLAIN = "[ADAPTER]\nPSID = MT_0000000001\n";

    @ParameterizedTest
    @EnumSource(CardModel.class)
    void imagesAreWellFormedMarkedAndReproducible(CardModel model) throws Exception {
        Fs2Image image = SyntheticImage.of(model).build();
        ImageParts.of(image);
        assertThat(SyntheticMark.isMarked(image)).isTrue();
        assertThat(SyntheticMark.isOurs(image)).isTrue();
        assertThat(SyntheticImage.of(model).build()).isEqualTo(image);
        assertThat(image.info().orElseThrow().psid()).contains(model.facts().psid());
        assertThat(image.header().failsafe()).isEqualTo(model.facts().failsafe());
        assertThat(image.rom().orElseThrow().lines()).hasSize(2)
                .allSatisfy(line -> assertThat(line).doesNotContain("-E-", "-W-"));
    }

    @Test
    void theOperatorsReleaseHasTheListedSectionSizes() {
        Fs2Image image = SyntheticRelease.image(CardModel.HP_764285_B21);
        assertThat(image.boot2Blocks()).extracting(b -> b.length()).containsExactly(0x624, 0x2540);
        assertThat(image.sections().stream().filter(s -> !s.is(SectionType.IMAGE_INFO)
                && !s.is(SectionType.FW_CONFIGURATION)).map(Section::length)).containsExactly(
                0xf8c, 0x44, 0xd300, 0x1064, 0x3d0, 0x3dc94, 0x4e84, 0x41f4, 0xaf8, 0x2f564,
                0x3bac, 0x15074, 0x108, 0x4c04, 0x17f0, 0x74);
        assertThat(image.info().orElseThrow().fwVersion()).contains(SyntheticRelease.VERSION);
    }

    @Test
    void theMarkSurvivesEveryEdit() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();
        image = ImageEditor.withBoardFile(image, Bytes.ofText(PLAIN));
        image = ImageEditor.withInfoText(image, 20, "other.prs");
        image = ImageEditor.withGuids(image, GuidBlock.counted(1, 2));
        image = ImageEditor.withPsid(ImageEditor.withoutRom(image), "MT_1");
        assertThat(SyntheticMark.isMarked(image)).isTrue();
    }

    @Test
    void eachSignOfAMarkCountsAlone() throws Exception {
        Fs2Image unmarked = unmarked("real.prs", PLAIN, Bytes.ofHex("00".repeat(64)));
        assertThat(SyntheticMark.isMarked(unmarked)).isFalse();
        assertThat(SyntheticMark.isMarked(unmarked("Synthetic_x.prs", PLAIN,
                Bytes.ofHex("00".repeat(64))))).isTrue();
        assertThat(SyntheticMark.isMarked(unmarked("real.prs", ";; Synthetic INI\n" + PLAIN,
                Bytes.ofHex("00".repeat(64))))).isTrue();
        assertThat(SyntheticMark.isMarked(unmarked("real.prs", PLAIN + ";synthetic\n",
                Bytes.ofHex("00".repeat(64))))).isFalse();
        // The other maker's first BOOT2 data: sha256("mkfs2/boot2a/0").
        Bytes digest = Bytes.of(MessageDigest.getInstance("SHA-256").digest(
                "mkfs2/boot2a/0".getBytes(StandardCharsets.US_ASCII)));
        Fs2Image other = unmarked("real.prs", PLAIN, digest);
        assertThat(SyntheticMark.isMarked(other)).isTrue();
        assertThat(SyntheticMark.isOurs(other)).isFalse();
    }

    private static Fs2Image unmarked(String prs, String boardFile, Bytes boot2) throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21)
                .boardFile(BoardFile.parse(boardFile)).build();
        ImageParts parts = ImageParts.of(ImageEditor.withInfoText(image, 20, prs));
        Bytes filler = new BytesBuilder().add(boot2).padTo(64).build();
        return new ImageParts(parts.reserved(), parts.crcWordHigh(), parts.formatWord(),
                parts.failsafeWord(), List.of(new Boot2Part(0x00100040, filler)),
                parts.sections(), parts.lastNext(), parts.keptCrc()).build();
    }

    @ParameterizedTest
    @EnumSource(CardModel.class)
    void vitalProductDataHasARightChecksumAndEnds(CardModel model) {
        Bytes vpd = model.vpd();
        assertThat(vpd.length()).isEqualTo(4096);
        int at = 0;
        int checksumAt = -1;
        while (vpd.u8(at) != 0x78) {
            int tag = vpd.u8(at);
            int end = at + 3 + vpd.u8(at + 1) + (vpd.u8(at + 2) << 8);
            assertThat(tag).isIn(0x82, 0x90, 0x91);
            for (int field = at + 3; tag != 0x82 && field < end; field += 3 + vpd.u8(field + 2)) {
                if (vpd.u16(field) == ('R' << 8 | 'V')) {
                    checksumAt = field + 3;
                }
            }
            at = end;
        }
        int sum = 0;
        for (int i = 0; i <= checksumAt; i++) {
            sum += vpd.u8(i);
        }
        assertThat(checksumAt).isPositive();
        assertThat(sum & 0xff).isZero();
    }

    @Test
    void modelsAreFoundByTheirName() {
        assertThat(CardModel.byName("HP-764285-b21")).contains(CardModel.HP_764285_B21);
        assertThat(CardModel.byName("nothing")).isEmpty();
        assertThat(CardModel.names()).containsExactly("hp-764285-b21", "mcx354a-fcbt",
                "mcx311a-xcat");
    }
}
