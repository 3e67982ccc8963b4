// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagEditor;
import org.cx3tools.inspect.ImageDiff;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.query.ImageQuery;
import org.cx3tools.verify.Verifier;

/** All that can be done with an image that was accepted. */
final class ImageTour {
    /** A release source of this form names no file. */
    private static final Path NO_FOLDER = Path.of("/nonexistent");

    private static final Bytes ROM = rom();

    private final Fs2Image image;

    private ImageTour(Fs2Image image) {
        this.image = image;
    }

    static void of(Fs2Image image) throws Exception {
        ImageTour tour = new ImageTour(image);
        tour.look();
        tour.throughASource();
        tour.edit();
    }

    private void look() throws FormatException {
        assertThat(Fs2Image.parse(image.bytes()).bytes()).isEqualTo(image.bytes());
        assertThat(Verifier.findings(image)).isNotNull();
        assertThat(ImageDiff.of(ImageView.of(image, FieldDictionary.empty()),
                ImageView.of(image, FieldDictionary.observed()))).isEmpty();
        ImageQuery query = ImageQuery.of(image);
        assertThat(query.size()).isEqualTo(image.size());
        image.rom().ifPresent(rom -> assertThat(rom.lines()).isNotNull());
        tolerant(image::fwConfiguration);
        tolerant(image::hashFile);
    }

    private void throughASource() throws Exception {
        Bytes source;
        try {
            source = new Disassembler(FieldDictionary.empty()).singleFile(image);
        } catch (AssembleException documented) {
            return;
        }
        ReleaseSource read = ReleaseSource.parse("fuzz", new String(source.toArray(),
                StandardCharsets.ISO_8859_1), NO_FOLDER);
        Fs2Image back = new Assembler(AssembleOptions.defaults())
                .assemble(read, Optional.empty()).image();
        assertThat(back.bytes()).isEqualTo(image.trimmed().bytes());
        anotherBoardFile();
    }

    private void anotherBoardFile() throws FormatException {
        try {
            Optional<Bytes> text = image.fwConfiguration();
            if (text.isPresent()) {
                BoardFile other = BoardFile.parse(text.get().toArray())
                        .with("HCA", "num_pfs", "1").with("ADAPTER", "PSID", "LAB_0000000001");
                Fs2Image made = new Assembler(AssembleOptions.defaults().withTextOnly(true))
                        .assemble(image, other).image();
                assertThat(made.fwConfiguration().orElseThrow())
                        .isEqualTo(Bytes.of(other.toByteArray()));
            }
        } catch (AssembleException | BoardFileException | FormatException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    private void edit() {
        boolean good = Verifier.good(Verifier.findings(image));
        List<Edit> edits = List.of(
                () -> ImageEditor.withGuids(image, GuidBlock.counted(0x2c90300ffff00L, 0x2c9ffff01L)),
                () -> ImageEditor.withBlankGuids(image),
                () -> ImageEditor.withVsd(image, "fuzz"),
                () -> InfoTagEditor.with(image, InfoTag.HARDWARE_IDS, Bytes.ofHex("000001f5000001f7")),
                () -> InfoTagEditor.without(image, InfoTag.GA_FLAG),
                () -> ImageEditor.withPsid(image, "LAB_0000000001"),
                () -> ImageEditor.withProductVersion(image, "1.2"),
                () -> ImageEditor.withBoardFile(image, Bytes.of(new byte[] {';', '\n'})),
                () -> ImageEditor.withHashFile(image, Bytes.empty()),
                () -> ImageEditor.withRom(image, ROM),
                () -> ImageEditor.withoutRom(image),
                () -> ImageEditor.withChunkMap(image, ChunkMap.contiguous()));
        for (Edit edit : edits) {
            Fs2Image changed;
            try {
                changed = edit.image();
            } catch (FormatException documented) {
                continue;
            }
            assertThat(Verifier.good(Verifier.findings(changed)) || !good)
                    .as("edit %d of a good image: %s", edits.indexOf(edit),
                            Verifier.findings(changed))
                    .isTrue();
        }
    }

    /** One change of the image. */
    private interface Edit {
        Fs2Image image() throws FormatException;
    }

    /** Something that may find out that it cannot be read. */
    private interface Look {
        Object take() throws FormatException;
    }

    private static void tolerant(Look look) {
        try {
            assertThat(look.take()).isNotNull();
        } catch (FormatException documented) {
            assertThat(documented.what()).isNotBlank();
        }
    }

    /** One block whose bytes sum to 0. */
    private static Bytes rom() {
        return new BytesBuilder().addWord(0x55aa0100L).fill(0, 508).build();
    }
}
