// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.cx3tools.assemble.ImageParts;
import org.cx3tools.assemble.ImageParts.Boot2Part;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * Makes synthetic images: the structure of real ones, the sizes of observed ones, filler as code,
 * and always the mark of {@link SyntheticMark}. The same settings give the same bytes.
 *
 * <p>Start from a card model, change what is wanted, {@link #build()}. Not for several threads.
 */
public final class SyntheticImage {
    /** First word of a BOOT2 block as seen in a real image. */
    private static final long BOOT2_WORD = 0x00100040;
    /** Header word 0x24 as seen in a real image. */
    private static final long FORMAT_WORD = 4;
    private static final int DEFAULT_LOG2_CHUNK = 19;

    private final CardModel model;
    private FirmwareVersion version;
    private LocalDate date = LocalDate.of(2018, 9, 13);
    private Optional<String> psid = Optional.empty();
    private BoardFile boardFile;
    private GuidBlock guids;
    private boolean rom;
    private boolean failsafe;
    private int log2Chunk = DEFAULT_LOG2_CHUNK;
    private String vsd = "";
    private Optional<String> productVersion = Optional.empty();
    private boolean micVersion = true;
    private Optional<Bytes> hashFile = Optional.empty();
    private long seed;
    private boolean small;

    private SyntheticImage(CardModel model) {
        this.model = model;
        CardFacts facts = model.facts();
        version = facts.firmware();
        boardFile = SyntheticBoardFile.parsed(model);
        GuidBlock all = GuidBlock.counted(facts.nodeGuid(), facts.mac());
        guids = all;
        rom = true;
        failsafe = facts.failsafe();
    }

    /** {@return a maker set to the firmware that comes with a card, boot ROM included} */
    public static SyntheticImage of(CardModel model) {
        return new SyntheticImage(Objects.requireNonNull(model, "model"));
    }

    /** Sets the firmware version; versions before 2.42 get the section sizes of a 2.36 image. */
    public SyntheticImage version(FirmwareVersion newVersion) {
        version = Objects.requireNonNull(newVersion, "newVersion");
        return this;
    }

    /** {@return this maker, with this build date} */
    public SyntheticImage date(LocalDate newDate) {
        date = Objects.requireNonNull(newDate, "newDate");
        return this;
    }

    /** Sets the PSID tag; otherwise it is the PSID of the board file. At most 16 characters. */
    public SyntheticImage psid(String newPsid) {
        psid = Optional.of(newPsid);
        return this;
    }

    /** {@return this maker, with this board file} Record bits follow it where a key is known. */
    public SyntheticImage boardFile(BoardFile newBoardFile) {
        boardFile = Objects.requireNonNull(newBoardFile, "newBoardFile");
        return this;
    }

    /** {@return this maker, with these GUIDs and MACs: any number of entries, also blank ones} */
    public SyntheticImage guids(GuidBlock newGuids) {
        guids = Objects.requireNonNull(newGuids, "newGuids");
        return this;
    }

    /** {@return this maker, told whether the image has a boot ROM (PXE and UEFI)} */
    public SyntheticImage rom(boolean wanted) {
        rom = wanted;
        return this;
    }

    /** {@return this maker, told to make a failsafe image or a contiguous one at address 0} */
    public SyntheticImage failsafe(boolean wanted) {
        failsafe = wanted;
        return this;
    }

    /** {@return this maker, with this chunk size of failsafe images, 16 (64 KiB) to 23 (8 MiB)} */
    public SyntheticImage log2Chunk(int log2) {
        if (log2 < 16 || log2 > 23) {
            throw new IllegalArgumentException("no such chunk size: 2^" + log2);
        }
        log2Chunk = log2;
        return this;
    }

    /** {@return this maker, with this vendor text (VSD), at most 208 characters} */
    public SyntheticImage vsd(String newVsd) {
        vsd = Objects.requireNonNull(newVsd, "newVsd");
        return this;
    }

    /** {@return this maker, with a product version, at most 16 characters} */
    public SyntheticImage productVersion(String newVersion) {
        productVersion = Optional.of(newVersion);
        return this;
    }

    /** Chooses whether there is a MIC version tag, which makes stock check the full CRC. */
    public SyntheticImage micVersion(boolean wanted) {
        micVersion = wanted;
        return this;
    }

    /** {@return this maker, adding a hash file section with this text} */
    public SyntheticImage hashFile(Bytes text) {
        hashFile = Optional.of(text);
        return this;
    }

    /**
     * Makes the filler sections and the boot ROM short, some 60 KiB in all: for cards whose registers
     * are slow to reach.
     *
     * @return this maker
     */
    public SyntheticImage small() {
        small = true;
        return this;
    }

    /** {@return makes other filler} */
    public SyntheticImage seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /** {@return the image} */
    public Fs2Image build() {
        try {
            return parts().build();
        } catch (FormatException e) {
            throw new IllegalStateException("the maker broke its own format", e);
        }
    }

    private ImageParts parts() {
        SyntheticLayout layout = small ? SyntheticLayout.SMALL : SyntheticLayout.of(model, version);
        long failsafeWord = failsafe ? ImageHeader.withCheckByte(8 | log2Chunk - 16) : 0;
        return new ImageParts(new BytesBuilder().fill(0, 16).build(),
                model.facts().hwRevision() << 8, FORMAT_WORD, failsafeWord,
                List.of(new Boot2Part(BOOT2_WORD, markedFiller(SyntheticLayout.BOOT2_FIRST - 12)),
                        new Boot2Part(BOOT2_WORD, filler(1, layout.boot2Second() - 12))),
                sections(layout), Section.LAST, OptionalInt.empty());
    }

    private List<SectionPart> sections(SyntheticLayout layout) {
        SyntheticRecords records = new SyntheticRecords(boardFile, random(2));
        int overhead = Section.HEADER_SIZE + 4;
        List<SectionPart> out = new ArrayList<>();
        out.add(SectionPart.of(SectionType.CONFIGURATION,
                records.first(layout.firstConfiguration() - overhead)));
        if (rom) {
            out.add(SectionPart.of(SectionType.ROM, SyntheticRom.of(model.facts().deviceId(), small)));
        }
        out.add(SectionPart.of(SectionType.GUID, guids.toBytes()));
        out.add(SectionPart.of(SectionType.IMAGE_INFO, info()));
        int index = 3;
        for (int total : layout.ddr()) {
            out.add(SectionPart.of(SectionType.DDR, filler(index++, total - overhead)));
        }
        out.add(SectionPart.of(SectionType.CONFIGURATION,
                records.second(layout.secondConfiguration() - overhead)));
        out.add(SectionPart.of(SectionType.JUMP_ADDRESSES,
                filler(index, SyntheticLayout.JUMP_ADDRESSES - overhead)));
        hashFile.ifPresent(text -> out.add(SectionPart.of(SectionType.HASH_FILE,
                FwConfiguration.deflate(text))));
        out.add(SectionPart.of(SectionType.FW_CONFIGURATION,
                FwConfiguration.deflate(Bytes.of(boardFile.toByteArray()))));
        return out;
    }

    private Bytes info() {
        CardFacts facts = model.facts();
        SyntheticInfo info = new SyntheticInfo().words(InfoTag.FORMAT_REVISION, 1)
                .version(InfoTag.FW_VERSION, version).date(date)
                .words(InfoTag.DEVICE_TYPE, facts.deviceId())
                .psid(psid.or(() -> boardFile.get("ADAPTER", "PSID")).orElse(facts.psid()))
                .vsd(vsd);
        productVersion.ifPresent(text -> info.text(InfoTag.PRODUCT_VERSION, text, 16));
        info.words(InfoTag.VSD_VENDOR, ImageInfo.VENDOR_MELLANOX).words(InfoTag.GA_FLAG, 1);
        if (facts.hwId() == 503) {
            info.words(InfoTag.HARDWARE_IDS, facts.hwId());
        } else {
            info.words(InfoTag.HARDWARE_IDS, facts.hwId(), 1 << 16 | facts.hwId());
        }
        if (micVersion) {
            info.version(InfoTag.MIC_VERSION, new FirmwareVersion(2, 0, 0));
        }
        // One configuration sector of 64 KiB (2^6 KiB), no pad.
        return info.words(InfoTag.CONFIG_AREA, 1, 0, 6)
                .prs("synthetic_" + model.modelName() + ".prs").end();
    }

    private Bytes markedFiller(int length) {
        Bytes filler = filler(0, length);
        return new BytesBuilder(length).add(SyntheticMark.MARK)
                .add(filler.from(SyntheticMark.SIZE)).build();
    }

    private Bytes filler(int part, int length) {
        SplittableRandom random = random(part);
        BytesBuilder out = new BytesBuilder(length);
        for (int i = 0; i < length; i += 4) {
            out.addWord(random.nextInt());
        }
        return out.build();
    }

    private SplittableRandom random(int part) {
        long mix = seed;
        for (int number : new int[] {model.ordinal(), version.major(), version.minor(),
            version.subminor(), part}) {
            mix = mix * 0x9e3779b97f4a7c15L + number + 1;
        }
        return new SplittableRandom(mix);
    }
}
