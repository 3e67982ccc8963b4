// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.nativecore.NativeSim;
import org.cx3tools.nativecore.NativeSimInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VirtualCardsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(CardModel.class)
    void eachModelBootsItsFirmware(CardModel model) throws Exception {
        Path card = folder.resolve("card");
        VirtualCards.create(card, VirtualCardOptions.of(model));
        NativeSimInfo info = NativeSim.info(card);
        assertThat(info.booted()).isTrue();
        assertThat(info.bootAddress()).isZero();
        assertThat(info.fwMajor() + "." + info.fwMinor() + "." + info.fwSubminor())
                .isEqualTo(model.facts().firmware().toString());
        assertThat(info.model().port1Type()).isEqualTo(2);
        assertThat(info.model().port2Type()).isEqualTo(model.facts().ports() == 1 ? 0 : 2);
        Fs2Image image = SyntheticImage.of(model).build();
        for (ChunkMap.Piece piece : image.header().chunkMap().split(0, image.size(), 0)) {
            assertThat(NativeSim.peek(card, piece.physical(), piece.length())).isEqualTo(
                    image.bytes().slice((int) piece.logical(), piece.length()).toArray());
        }
        nothingElseIsLeft();
    }

    @Test
    void aBlankCardIsInRecoveryMode() throws Exception {
        Path card = folder.resolve("card");
        VirtualCards.create(card, VirtualCardOptions.of(CardModel.HP_764285_B21)
                .withImage(Optional.empty()));
        assertThat(NativeSim.info(card).booted()).isFalse();
    }

    @Test
    void anotherChipCanBeChosen() throws Exception {
        Path card = folder.resolve("card");
        String chip = NativeSim.chipNames().stream().filter(n -> n.startsWith("W25Q32"))
                .findFirst().orElseThrow();
        VirtualCards.create(card,
                VirtualCardOptions.of(CardModel.MCX354A_FCBT).withChip(chip));
        assertThat(NativeSim.info(card).flashSizeBytes()).isEqualTo(0x400000);
    }

    @Test
    void aFailureLeavesNothingBehind() throws Exception {
        VirtualCardOptions good = VirtualCardOptions.of(CardModel.HP_764285_B21);
        Path card = folder.resolve("card");
        assertThatThrownBy(() -> VirtualCards.create(card, good.withChip("NOSUCHCHIP")))
                .isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> VirtualCards.create(card, good.withImage(Optional.of(
                SyntheticImage.of(CardModel.HP_764285_B21).log2Chunk(22).build()))))
                .isInstanceOf(DeviceException.class).hasMessageContaining("does not fit");
        assertThat(card).doesNotExist();
        Files.writeString(card, "mine");
        assertThatThrownBy(() -> VirtualCards.create(card, good))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(card)).isEqualTo("mine");
        nothingElseIsLeft();
    }

    private void nothingElseIsLeft() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(p -> p.getFileName().toString())
                    .containsExactly("card");
        }
    }
}
