// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/*
 * Passport. The lines were compared with what mstflint 4.21.0 prints for ROMs with the same records
 * (qrom on the file, query on an image with it). They prove text, order and precedence.
 */
class RomInfoTest {
    @ParameterizedTest
    @CsvSource({
        "100003, 402f0, 10071102, type=PXE version=3.4.752 port=1 proto=VPI cpu=AMD64",
        "11000e, 5a0009, 10070201, type=UEFI version=14.90.9 proto=ETH cpu=AARCH64",
        "100003, 402f0, 100700ff, type=PXE version=3.4.752",
        "100003, 402f0, 1007f303, 'type=PXE version=3.4.752 port=15 proto=N/A cpu=AMD64,AARCH64'",
        "100003, 402f0, 10070504, type=PXE version=3.4.752 proto=N/A cpu=N/A",
        "120003, 402f0, 10073401, type=CLP version=3.4.752 cpu=IA32",
        "010003, 402f0, 10073401, type=CLP1 version=3.4.752",
        "040003, 402f0, 10073401, type=CLP4 version=3.4.752",
        "130003, 402f0, 10070000, type=NVMe version=3.4.752 proto=IB",
        "140003, 402f0, 10070000, type=UEFI Virtio net version=3.4.752 proto=IB",
        "150003, 402f0, 10070000, type=UEFI Virtio blk version=3.4.752 proto=IB",
        "160003, 402f0, 10070000, type=PXE Virtio net version=3.4.752 proto=IB",
        "210003, 402f0, 10070000, type=FCODE version=3.4.752 proto=IB"})
    void recordIsWordedAsTheStockToolDoes(String w0, String w1, String w2, String line) {
        Bytes rom = new RomFixture().record(Integer.parseInt(w0, 16), Integer.parseInt(w1, 16),
                Integer.parseInt(w2, 16)).build();
        assertThat(RomInfo.of(rom).lines()).containsExactly(line);
        assertThat(RomInfo.of(rom).warning()).isEmpty();
    }

    @Test
    void unknownProductHasALineEndOfItsOwn() {
        Bytes rom = new RomFixture().record(0x770003, 0, 0x10070000).build();
        assertThat(RomInfo.of(rom).lines()).containsExactly("0x77 - Unknown ROM product ID\n");
    }

    @Test
    void clpShowsTheLeadingNumberOfItsText() {
        Bytes rom = new RomFixture().record(0xf0003, 0, 0, 0x0506).text("8025x")
                .pciData(0x40, 0x15b3, 0x1007).build();
        RomInfo info = RomInfo.of(rom);
        assertThat(info.lines()).containsExactly("version_id=8025 type=CLP ");
        assertThat(info.pciDeviceId()).isEqualTo(0x1007);
    }

    @Test
    void clpWithTooShortSignatureIsAnError() {
        Bytes rom = new RomFixture().record(0xf0003, 0, 0, 0x0404).build();
        assertThat(RomInfo.of(rom).lines()).containsExactly("N/A (-E- The Signature length (4) "
                + "and the ROM version string length (4) are not coordinated)");
    }

    @Test
    void clpDeviceIdBehindTheEndIsAnError() {
        Bytes rom = new RomFixture().record(0xf0003, 0, 0, 0x0406).pciData(0x3fc, 0, 0).build();
        assertThat(RomInfo.of(rom).error())
                .hasValue("The device ID offset 0x400 is out of range. ROM size: 0x400");
    }

    @Test
    void foreignVendorIsAWarning() {
        Bytes rom = new RomFixture().record(0xf0003, 0, 0, 0x0406).text("1")
                .pciData(0x40, 0x15b4, 0x1007).build();
        assertThat(RomInfo.of(rom).warning()).hasValue("The Exp-ROM PCI vendor ID: 0x15b4 does "
                + "not match the expected value: 0x15b3.");
    }

    @Test
    void differentDeviceIdsAreAWarningOnTheLastLine() {
        Bytes rom = new RomFixture().record(0x100003, 0x402f0, 0x10070000)
                .record(0x130003, 0x402f0, 0x10030000).build();
        RomInfo info = RomInfo.of(rom);
        assertThat(info.lines().get(1))
                .endsWith("proto=IB (-W- The device IDs of the ROMs mismatched.)");
        assertThat(info.pciDeviceId()).isEqualTo(0xffff);
    }

    @Test
    void sixthRecordIsNotShown() {
        RomFixture rom = new RomFixture();
        for (int i = 0; i < 6; i++) {
            rom.record(0x100000 + i, 0x402f0, 0x10070000);
        }
        RomInfo info = RomInfo.of(rom.build());
        assertThat(info.records()).hasSize(5);
        assertThat(info.warning())
                .hasValue("Number of exp ROMs exceeds the maximum allowed number (5)");
    }

    @Test
    void byteSumIsCheckedUnlessThereIsUefiOrFcode() {
        Bytes bad = new RomFixture().record(0x100003, 0x402f0, 0x10070000).buildWithBadSum();
        assertThat(RomInfo.of(bad).checksumWrong()).isTrue();
        assertThat(RomInfo.of(bad).lines().get(0)).endsWith(
                " (-W- Bad ROM Checksum (0x01), ROM info may not be displayed correctly.)");
        for (int product : new int[] {0x110003, 0x210003}) {
            Bytes free = new RomFixture().record(product, 0, 0x10070000).buildWithBadSum();
            assertThat(RomInfo.of(free).checksumWrong()).isFalse();
        }
    }

    @Test
    void sizeFieldIsChecked() {
        RomFixture rom = new RomFixture().record(0x100003, 0, 0x10070000);
        assertThat(RomInfo.of(rom.byteAt(2, 0).build()).error())
                .hasValue("ROM size field is 0. Unknown ROM format or corrupted ROM.");
        assertThat(RomInfo.of(rom.byteAt(2, 3).build()).error())
                .hasValue("ROM size field (0x600) is larger than actual ROM size (0x400)");
    }

    @Test
    void romWithoutSignatureOrContentIsAnError() {
        assertThat(RomInfo.of(new RomFixture().build()).lines())
                .containsExactly("N/A (-E- Cannot get ROM version. Signature not found.)");
        assertThat(RomInfo.of(Bytes.ofHex("55aa")).error()).hasValue("ROM size (0x2) is too small");
    }

    @Test
    void hostileRomsNeverFail() {
        Random random = Seed.start("hostileRoms");
        byte[] sign = "mlxsign:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 2000; i++) {
            byte[] rom = new byte[random.nextInt(200)];
            random.nextBytes(rom);
            for (int n = random.nextInt(3); n > 0 && rom.length >= 8; n--) {
                int at = random.nextInt(rom.length - 7);
                System.arraycopy(sign, 0, rom, at, 8);
                if (at + 11 < rom.length) {
                    rom[at + 10] = (byte) (random.nextBoolean() ? 0x0f : 0x10);
                    rom[at + 11] = 0;
                }
            }
            assertThat(RomInfo.of(Bytes.of(rom)).lines()).isNotEmpty();
        }
    }
}
