// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;

class RomPartsTest {
    private final Bytes rom = SyntheticImage.of(CardModel.HP_764285_B21).small().build().romPayload().orElseThrow();

    @Test
    void partsAreToldWithKindVersionAndPlace() {
        List<RomPart> parts = RomParts.of(rom);

        assertThat(parts).extracting(RomPart::kind).containsExactly("PXE", "UEFI");
        assertThat(parts).extracting(RomPart::version).containsExactly("3.4.752", "14.11.45");
        assertThat(parts).extracting(RomPart::last).containsExactly(false, true);
        assertThat(parts).extracting(RomPart::codeType).containsExactly(RomPart.X86, RomPart.EFI);
        assertThat(parts).allMatch(part -> part.vendorId() == 0x15b3 && part.deviceId() == 0x1007);
        assertThat(RomParts.whole(parts)).isEqualTo(rom);
    }

    @Test
    void aPartAloneIsAWholeRomWithItsMarkAndChecksum() {
        Bytes pxe = RomPartEditor.without(rom, "uefi").orElseThrow();

        assertThat(RomParts.of(pxe)).singleElement().matches(RomPart::last);
        assertThat(RomInfo.of(pxe).warning()).isEmpty();
        int sum = 0;
        for (int i = 0; i < pxe.length(); i++) {
            sum += pxe.u8(i);
        }
        assertThat(sum & 0xff).isZero();
    }

    @Test
    void aPartThatWasTakenOutAndPutBackGivesTheSameRom() {
        Bytes uefi = RomParts.join(RomPartEditor.find(rom, "UEFI"));
        Bytes pxe = RomPartEditor.without(rom, "UEFI").orElseThrow();

        assertThat(RomPartEditor.with(pxe, uefi)).isEqualTo(rom);
        assertThat(RomPartEditor.without(pxe, "PXE")).isEmpty();
    }

    @Test
    void aPartTakesThePlaceOfTheOneOfItsKind() {
        Bytes uefi = RomParts.join(RomPartEditor.find(rom, "UEFI"));
        Bytes other = BytesBuilder.copyOf(uefi).setU8(uefi.length() - 1, 0x42).build();

        Bytes changed = RomPartEditor.with(rom, other);

        assertThat(RomParts.of(changed)).extracting(RomPart::kind).containsExactly("PXE", "UEFI");
        assertThat(changed.u8(changed.length() - 1)).isEqualTo(0x42);
        assertThat(changed.slice(0, rom.length() - uefi.length())).isEqualTo(rom.slice(0, rom.length() - uefi.length()));
    }

    @Test
    void allPartsOfAnInsertedRomStayThoughTheyAreOfOneKind() {
        Bytes pxe = RomParts.join(RomPartEditor.find(rom, "PXE"));
        Bytes twice = RomParts.join(List.of(RomParts.of(pxe).get(0), RomParts.of(pxe).get(0)));

        assertThat(RomParts.of(RomPartEditor.with(rom, twice))).extracting(RomPart::kind)
                .containsExactly("PXE", "PXE", "UEFI");
    }

    @Test
    void whatIsNoRomImageIsAPartOfItsOwn() {
        Bytes padded = new BytesBuilder().add(rom).fill(0xff, 100).build();

        assertThat(RomParts.of(padded)).extracting(RomPart::kind).containsExactly("PXE", "UEFI", "data");
        assertThat(RomParts.of(Bytes.ofText("noise!"))).singleElement().extracting(RomPart::kind).isEqualTo("data");
        assertThat(RomParts.of(Bytes.empty())).isEmpty();
    }

    @Test
    void anyDamageStillGivesPartsThatMakeUpTheWhole() {
        Random random = Seed.start("RomPartsTest");
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = rom.toArray();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(random.nextBoolean() ? 0x60 : bytes.length)] = (byte) random.nextInt();
            }
            Bytes damaged = Bytes.of(bytes).slice(0, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length));
            List<RomPart> parts = RomParts.of(damaged);
            assertThat(RomParts.whole(parts)).isEqualTo(damaged);
            assertThat(RomParts.join(parts).length() % 4).isZero();
        }
    }
}
