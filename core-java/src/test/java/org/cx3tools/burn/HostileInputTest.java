// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cx3tools.assemble.AssembleException;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Seed;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageReader;
import org.cx3tools.image.Medium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;
import org.cx3tools.query.ImageQuery;
import org.cx3tools.synthetic.SyntheticMark;
import org.cx3tools.verify.VerifyReport;
import org.cx3tools.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: an answer or a checked exception of ours, soon. */
class HostileInputTest {
    /** Far above what each takes on a busy machine, far below what time by the square takes. */
    private static final long LIMIT_NANOS = 4_000_000_000L;
    private static final long[] WORDS = {0, 1, 3, 4, 12, 0x20, 0x3c, 0x7fffffffL, 0x80000000L,
        0xffffffffL, 0x40000000L, 0x40000001L, 0xff000000L, 0xfffffffcL, 0xfffffff0L, 0x400000L,
        0x100001L, 0x10000L, 0x0bffffffL, 0x3fffffffL, 5, 6, 9, 10};

    private final Fs2Image small = TestImages.fresh().withDdr(4000).build();

    private interface Work {
        void run() throws Exception;
    }

    @Test
    void mutatedImagesAndDumpsEndInAnAnswer() throws Exception {
        Random random = Seed.start("hostile input");
        List<Fs2Image> bases = List.of(small,
                TestImages.fresh().withDdr(3000).buildWithRom(TestImages.rom(4103)),
                TestImages.onCard().notFailsafe().withDdr(2000).build(),
                ImageEditor.withBlankGuids(TestImages.fresh().withDdr(800).build()));
        for (int round = 0; round < 150; round++) {
            Fs2Image base = bases.get(random.nextInt(bases.size()));
            everything(mutated(base.bytes(), base, random), base);
            Bytes flash = TestImages.flash(Optional.of(base), Optional.of(bases.get(0)));
            dump(mutated(flash, base, random));
        }
    }

    @Test
    void aChainOfVeryManySectionsIsJudgedSoon() throws Exception {
        List<Bytes> payloads = Collections.nCopies(60_000, Bytes.empty());
        everything(image(SectionType.DDR, payloads), small);
    }

    @Test
    void manySectionsThatUnpackToMuchAreNotAllUnpacked() throws Exception {
        Bytes bomb = FwConfiguration.deflate(Bytes.of(new byte[FwConfiguration.MAX_TEXT]));
        everything(image(SectionType.FW_CONFIGURATION, Collections.nCopies(1000, bomb)), small);
    }

    @Test
    void veryManyTagsAndRecordsTakeLittle() throws Exception {
        Bytes zeros = new BytesBuilder().fill(0, 3 << 20).build();
        everything(image(SectionType.IMAGE_INFO, List.of(zeros)), small);
        BytesBuilder records = new BytesBuilder();
        for (int i = 0; i < 200_000; i++) {
            records.addWord(0x1f99c).addWord(0x1f83f900L).addWord(0x7f8fff20L);
        }
        everything(image(SectionType.CONFIGURATION, List.of(records.build(), records.build())),
                small);
    }

    @Test
    void aBoardFileOfVeryManyChangedKeysIsComparedSoon() throws Exception {
        StringBuilder text = new StringBuilder("[ADAPTER]\nPSID = TEST_0001\n");
        for (int i = 0; i < 65_000; i++) {
            text.append("key").append(i).append(" = 1\n");
        }
        soon("board file", () -> new Assembler(AssembleOptions.defaults().withTextOnly(true))
                .assemble(small, BoardFile.parse(text.toString())));
    }

    @Test
    void aDumpThatIsNoMultipleOfFourBytesIsNotGood() {
        Bytes odd = new BytesBuilder().add(small.bytes()).fill(0xff, 2).build();
        assertThat(Verifier.verify(small.bytes()).good()).isTrue();
        assertThat(Verifier.verify(odd).good()).isFalse();
    }

    /** Random words in the places that steer a reader, often with the checksums put right. */
    private static Bytes mutated(Bytes good, Fs2Image image, Random random) {
        BytesBuilder out = BytesBuilder.copyOf(good);
        for (int i = random.nextInt(4); i >= 0; i--) {
            long word = WORDS[random.nextInt(WORDS.length)];
            Section section = image.sections().get(random.nextInt(image.sections().size()));
            int at = switch (random.nextInt(4)) {
                case 0 -> 4 * random.nextInt(ImageHeader.SIZE / 4);
                case 1 -> section.start() + 4 * random.nextInt(5);
                case 2 -> section.start() + 4 * random.nextInt(section.length() / 4);
                default -> 4 * random.nextInt(image.size() / 4);
            };
            out.setWord(at, word);
        }
        if (random.nextInt(3) > 0) {
            for (Section section : image.sections()) {
                out.setWord(section.crcStart(), out.crc16(section.start(), section.length() - 4));
            }
        }
        Bytes bad = out.build();
        return random.nextInt(5) > 0 ? bad : bad.slice(0, random.nextInt(bad.length()));
    }

    private static void everything(Bytes bytes, Fs2Image other) throws Exception {
        soon("verify", () -> {
            VerifyReport report = Verifier.verify(bytes);
            assertThat(report.good() && !report.stock().bootable()
                    && !report.stock().blankGuids()).as("better than stock").isFalse();
        });
        soon("striped", () -> Verifier.stockVerdict(bytes, true));
        soon("read", () -> ImageReader.read(Medium.of(bytes), 0));
        Fs2Image[] parsed = new Fs2Image[1];
        soon("parse", () -> parsed[0] = Fs2Image.parse(bytes));
        if (parsed[0] == null) {
            return;
        }
        Fs2Image image = parsed[0];
        soon("query", () -> ImageQuery.of(image).rom().ifPresent(rom -> rom.lines()));
        soon("mark", () -> SyntheticMark.isMarked(image));
        soon("without ROM", () -> ImageEditor.withoutRom(image));
        soon("with ROM", () -> ImageEditor.withRom(image, TestImages.rom(4103)));
        soon("GUIDs", () -> ImageEditor.withGuids(image, TestImages.CARD));
        soon("VSD", () -> ImageEditor.withVsd(image, "text"));
        soon("disassemble", () -> new Disassembler(FieldDictionary.observed())
                .disassemble(image, "fw"));
        soon("assemble", () -> new Assembler(AssembleOptions.defaults().withTextOnly(true))
                .assemble(image, BoardFile.parse("[IB]\nport1_802_3ap_56kr4_enable = 1\n")));
        soon("plan", () -> BurnPlan.make(new MemoryFlash(
                TestImages.flash(Optional.of(other), Optional.empty()), 1), image,
                BurnOptions.defaults().with(BurnOptions.Choice.NOFS)
                    .with(BurnOptions.Choice.PSID_CHANGE), Cards.virtual(503)));
    }

    private void dump(Bytes bytes) throws Exception {
        MemoryFlash flash = new MemoryFlash(new BytesBuilder().add(bytes).fill(0xff,
                TestImages.FLASH - bytes.length()).build(), 1);
        soon("current", () -> FlashReader.current(flash, Progress.NONE));
        soon("drop ROM", () -> edit(flash, image -> ImageChanges.withoutRom(image, true)));
        soon("ROM", () -> edit(flash,
                image -> ImageChanges.withRom(image, TestImages.rom(4103), true)));
        soon("identity", () -> edit(flash, image -> ImageChanges.withIdentity(image,
                Optional.of(List.of(1L, 2L, 3L, 4L)), Optional.of(List.of(5L, 6L)))));
        soon("vendor text", () -> edit(flash, image -> ImageChanges.withVsd(image, "text")));
        soon("burn", () -> Burner.execute(BurnPlan.make(flash, small, BurnOptions.defaults()
            .with(BurnOptions.Choice.NOFS).with(BurnOptions.Choice.PSID_CHANGE),
                Cards.virtual(503)).withConsent(), flash, Burner.BootAddress.NONE,
                BurnListener.NONE));
    }

    private interface Change {
        Fs2Image of(Fs2Image image) throws BurnException;
    }

    private static void edit(MemoryFlash flash, Change change) throws Exception {
        FlashEdit edit = FlashEdit.read(flash, Cards.virtual(503), Progress.NONE);
        edit.plan(change.of(edit.image()));
    }

    private static void soon(String what, Work work) throws Exception {
        long before = System.nanoTime();
        try {
            work.run();
        } catch (FormatException | AssembleException | BoardFileException | BurnException
                | DeviceException | IOException e) {
            assertThat(e).message().as(what).isNotBlank();
        }
        assertThat(System.nanoTime() - before).as("%s: nanoseconds", what)
                .isLessThan(LIMIT_NANOS);
    }

    /** A good image but for these sections behind its first BOOT2 blocks. */
    private Bytes image(SectionType type, List<Bytes> payloads) {
        BytesBuilder out = new BytesBuilder();
        out.add(small.bytes().slice(0, small.sections().get(0).start()));
        List<Section> tail = new ArrayList<>(small.sections());
        tail.removeIf(section -> section.is(type));
        for (Bytes payload : payloads) {
            section(out, type.code(), payload, false);
        }
        for (int i = 0; i < tail.size(); i++) {
            section(out, tail.get(i).typeCode(), tail.get(i).payload(), i == tail.size() - 1);
        }
        return out.setWord(ImageHeader.IMAGE_SIZE, out.length()).build();
    }

    private static void section(BytesBuilder out, long type, Bytes payload, boolean last) {
        int start = out.length();
        int end = start + Section.HEADER_SIZE + payload.length() + 4;
        out.addWord(type).addWord(payload.length() / 4).addWord(0)
                .addWord(last ? Section.LAST : end).add(payload);
        out.addWord(out.crc16(start, out.length() - start));
        if (type == SectionType.GUID.code()) {
            out.setWord(ImageHeader.GUID_POINTER, start + Section.HEADER_SIZE);
        } else if (type == SectionType.IMAGE_INFO.code()) {
            out.setWord(ImageHeader.INFO_POINTER,
                    ImageHeader.withCheckByte(start + Section.HEADER_SIZE));
        }
    }
}
