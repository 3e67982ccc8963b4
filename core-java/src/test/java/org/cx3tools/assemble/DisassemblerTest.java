// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.SectionType;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassemblerTest {
    private static final Disassembler DISASSEMBLER = new Disassembler(FieldDictionary.empty());

    @TempDir
    private Path folder;

    private Fs2Image thereAndBack(Fs2Image image, String name) throws Exception {
        Path source = DISASSEMBLER.disassemble(image, "fw").write(folder.resolve(name));
        return new Assembler(AssembleOptions.defaults())
                .assemble(ReleaseSource.read(source), Optional.empty()).image();
    }

    @Test
    void randomImagesComeBackByteForByte() throws Exception {
        long seed = Long.getLong("cx3.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            Fs2Image image = randomImage(random);
            Fs2Image back = thereAndBack(image, "r" + round);
            assertThat(back.bytes()).as("seed %d round %d", seed, round).isEqualTo(image.bytes());
            assertThat(ReleaseSource.parse("s", DISASSEMBLER.singleFile(image).text(), folder)
                    .image().bytes()).as("seed %d round %d, one file", seed, round)
                    .isEqualTo(image.bytes());
        }
    }

    private static Fs2Image randomImage(Random random) {
        CardModel model = CardModel.values()[random.nextInt(CardModel.values().length)];
        SyntheticImage maker = SyntheticImage.of(model).seed(random.nextLong())
                .version(new FirmwareVersion(2, 30 + random.nextInt(13), random.nextInt(9999)))
                .date(LocalDate.of(2010 + random.nextInt(10), 1 + random.nextInt(12), 5))
                .rom(random.nextBoolean()).failsafe(random.nextBoolean())
                .log2Chunk(16 + random.nextInt(8)).micVersion(random.nextBoolean());
        switch (random.nextInt(4)) {
            case 0 -> maker.guids(GuidBlock.blank(6));
            case 1 -> maker.guids(GuidBlock.blank(4));
            case 2 -> maker.guids(new GuidBlock(List.of(1L, -1L, random.nextLong(), 0L)));
            default -> maker.guids(GuidBlock.counted(random.nextLong(), 0x0002c9000001L));
        }
        if (random.nextBoolean()) {
            maker.hashFile(Bytes.ofText("hash " + random.nextLong()));
        }
        if (random.nextBoolean()) {
            maker.vsd("a \"quoted\" ; text \\ " + random.nextInt()).productVersion("02.36.50.00");
        }
        return maker.build();
    }

    @Test
    void unknownSectionsOddTagsAndForeignStreamsComeBack() throws Exception {
        ImageParts parts = ImageParts.of(SyntheticImage.of(CardModel.MCX354A_FCBT)
                .micVersion(false).build());
        List<SectionPart> sections = new ArrayList<>(parts.sections());
        sections.add(3, new SectionPart(99, 7, 8, Bytes.ofHex("0102030405060708")));
        sections.add(4, new SectionPart(4, 0, 5, Bytes.ofHex("0102030405000000")));
        sections.add(5, SectionPart.of(SectionType.CONFIGURATION, Bytes.ofHex("01020304")));
        sections.add(6, SectionPart.of(SectionType.DDR, Bytes.empty()));
        int last = sections.size() - 1;
        sections.set(last, SectionPart.of(SectionType.FW_CONFIGURATION, Bytes.ofHex("00ff00ff")));
        int info = 0;
        while (!sections.get(info).is(SectionType.IMAGE_INFO)) {
            info++;
        }
        Bytes tags = sections.get(info).payload();
        sections.set(info, SectionPart.of(SectionType.IMAGE_INFO, new BytesBuilder()
                .addWord(0x04000004).addWord(0x41424344)
                .addWord(0x06000008).addWord(1).addWord(2).addWord(0x63000000)
                .add(tags).build()));
        Fs2Image odd = new ImageParts(Bytes.ofHex("00112233445566778899aabbccddeeff"), 0x12ff,
                0x0104, parts.failsafeWord(), parts.boot2().subList(0, 1), sections, 0,
                OptionalInt.of(0x1234)).build();
        assertThat(thereAndBack(odd, "odd").bytes()).isEqualTo(odd.bytes());
    }

    @Test
    void theZlibStreamIsKeptWhileTheTextIsUnchanged() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();
        ImageParts parts = ImageParts.of(image);
        List<SectionPart> sections = new ArrayList<>(parts.sections());
        Deflater poor = new Deflater(0);
        poor.setInput(image.fwConfiguration().orElseThrow().toArray());
        poor.finish();
        byte[] stream = new byte[8192];
        int length = poor.deflate(stream);
        poor.end();
        sections.set(sections.size() - 1, SectionPart.of(SectionType.FW_CONFIGURATION,
                new BytesBuilder().add(Bytes.of(stream, 0, length)).padTo(4).fill(0, 8).build()));
        Fs2Image other = new ImageParts(parts.reserved(), parts.crcWordHigh(), parts.formatWord(),
                parts.failsafeWord(), parts.boot2(), sections, parts.lastNext(),
                OptionalInt.empty()).build();
        assertThat(thereAndBack(other, "z").bytes()).isEqualTo(other.bytes());
    }

    @Test
    void theFolderHoldsAReadableSourceAndTheExactBoardFile() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();
        Disassembly result = DISASSEMBLER.disassemble(image, "fw");
        Path source = result.write(folder.resolve("out"));
        assertThat(Files.readAllBytes(folder.resolve("out/fw.ini")))
                .isEqualTo(image.fwConfiguration().orElseThrow().toArray());
        List<String> lines = Files.readAllLines(source);
        assertThat(lines.get(0)).startsWith("prepMLX version");
        assertThat(lines).contains("; hca.sriov_en = 1", "0001f99c 1d03b900 7f8fff20",
                "psid = \"HP_1380110017\"", "fw_version = 2.42.5700",
                "port1_mac = 0x000024be05c557c1", "hca.sriov_en 0x1fb00.0 1");
        assertThat(ReleaseSource.read(source).notes()).extracting(AssembleNote::text)
                .containsExactly("Removing parameter defined outside a group:"
                        + " \"prepMLX version\".");
    }

    @Test
    void editedSourceAndBoardFileBothReachTheImage() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();
        Path source = DISASSEMBLER.disassemble(image, "fw").write(folder.resolve("e"));
        Files.writeString(source, Files.readString(source)
                .replace("psid = \"HP_1380110017\"", "psid = \"XX_1\"")
                .replace("vsd = \"\"", "vsd = \"hello\""));
        Path ini = folder.resolve("e/fw.ini");
        BoardFile wanted = BoardFile.parse(Files.readAllBytes(ini)).with("HCA", "sriov_en", "0");
        Files.write(ini, wanted.toByteArray());
        AssembleResult result = new Assembler(AssembleOptions.defaults())
                .assemble(ReleaseSource.read(source), Optional.empty());
        assertThat(result.records()).hasSize(1);
        assertThat(result.image().info().orElseThrow().vsd()).contains("hello");
        assertThat(result.image().info().orElseThrow().psid()).contains("XX_1");
        assertThat(result.image().fwConfiguration()).contains(Bytes.of(wanted.toByteArray()));
    }

    @Test
    void anExistingFolderIsNeverTouched() throws Exception {
        Disassembly result = DISASSEMBLER.disassemble(
                SyntheticImage.of(CardModel.MCX311A_XCAT).build(), "fw");
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("mine"), "x");
        assertThatThrownBy(() -> result.write(used))
                .isInstanceOf(FileAlreadyExistsException.class);
        result.write(Files.createDirectory(folder.resolve("empty")));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).allMatch(p -> !p.getFileName().toString().startsWith("."));
        }
        assertThat(Files.readString(used.resolve("mine"))).isEqualTo("x");
    }

    @Test
    void damagedImageIsRefusedWithItsPlace() throws Exception {
        Fs2Image image = SyntheticImage.of(CardModel.HP_764285_B21).build();
        Bytes broken = BytesBuilder.copyOf(image.bytes()).setU8(0x30000, 0).setU8(0x30001, 0)
                .build();
        assertThatThrownBy(() -> DISASSEMBLER.disassemble(Fs2Image.parse(broken), "fw"))
                .isInstanceOfSatisfying(AssembleException.class, e -> assertThat(e.reason())
                        .isEqualTo(AssembleException.Reason.DAMAGED_IMAGE))
                .hasMessageContaining("CRC of section DDR");
    }
}
