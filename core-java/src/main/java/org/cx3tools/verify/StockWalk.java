// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.binary.Crc16;
import org.cx3tools.image.Boot2Block;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.ImageHeader;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.LogicalMedium;
import org.cx3tools.image.Medium;
import org.cx3tools.image.Section;
import org.cx3tools.image.SectionType;

/**
 * Walks an image as the stock tool 4.21 does and writes down what that tool prints (fs2-image 7.4;
 * each text was compared with its output). It differs in one thing: the stock tool walks for ever
 * when a next pointer leads back to a section it has seen, this one ends with a failure.
 */
final class StockWalk {
    /** A chain without overlaps walks over less than the medium once. */
    private static final long MAX_WALKS = 4;

    private final Medium medium;
    private final boolean flash;
    private final List<Long> starts;
    private final StringBuilder text = new StringBuilder(2048);
    private PartCache parts;
    private StockReader reader;
    private int fullState;
    private boolean blankGuidSection;
    private boolean hasMic;

    /** The stock tool gives up; the message is its reason. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String reason) {
            super(reason, null, false, false);
        }
    }

    private StockWalk(Medium medium, boolean flash) throws IOException {
        this.medium = medium;
        this.flash = flash;
        starts = ImageLocator.starts(medium);
        open(ChunkMap.contiguous(), 0);
    }

    static StockWalk ofFile(Bytes file) throws IOException {
        return new StockWalk(Medium.of(file), false);
    }

    static StockWalk ofFlash(Medium medium) throws IOException {
        return new StockWalk(medium, true);
    }

    Medium medium() {
        return medium;
    }

    boolean isFlash() {
        return flash;
    }

    List<Long> starts() {
        return new ArrayList<>(starts);
    }

    /** What {@link #verdict} has read, for a second judge. */
    PartCache parts() {
        return parts;
    }

    StockVerdict verdict() throws IOException {
        String failure;
        try {
            walk();
            failure = "";
        } catch (Failure e) {
            failure = e.getMessage();
        } catch (StockReader.ReadError e) {
            failure = e.getMessage();
        }
        if (!failure.isEmpty()) {
            text.append("-E- FW image verification failed: ").append(failure)
                    .append(". AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE.\n");
            return new StockVerdict(false, text.toString(), failure, false);
        }
        StockQueryCheck query = new StockQueryCheck(reader);
        failure = query.run();
        if (!failure.isEmpty()) {
            text.append("\n\n-E- Failed to get Guids status. ").append(failure).append('\n');
            return new StockVerdict(false, text.toString(), failure, false);
        }
        if (query.blankGuids()) {
            text.append("\n\n-E- FW image verification failed: BLANK GUIDS. "
                    + "AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE.\n");
            return new StockVerdict(false, text.toString(), "", true);
        }
        text.append("\n-I- FW image verification succeeded. Image is bootable.\n\n");
        return new StockVerdict(true, text.toString(), "", false);
    }

    private void open(ChunkMap map, int slot) {
        parts = new PartCache(new LogicalMedium(medium, map, slot));
        reader = new StockReader(parts);
    }

    private void walk() throws Failure, StockReader.ReadError, IOException {
        findImage();
        Bytes header = reader.read("Image header", 0, ImageHeader.SIZE);
        fullState = new ImageHeader(header).crcState();
        long at = boot2(ImageHeader.SIZE);
        if (!reader.canRead(at, 4) || !SectionType.isKnown(reader.read("", at, 4).word(0))) {
            at = boot2(at);
        }
        long end = at;
        long walked = 0;
        while (at != 0 && at != Section.LAST) {
            Bytes gph = reader.canRead(at, Section.HEADER_SIZE)
                    ? reader.read("", at, Section.HEADER_SIZE)
                    : Bytes.of(new byte[Section.HEADER_SIZE]);
            end = section(at, gph);
            walked += end - at;
            at = gph.word(12);
            if (parts.hasPartAt(at) || walked > MAX_WALKS * medium.size()) {
                throw new Failure("Section chain runs in a circle at 0x" + Hex.eight(at));
            }
        }
        if (hasMic) {
            fullImage(header, end);
        }
    }

    private void findImage() throws Failure, IOException {
        if (starts.isEmpty()) {
            throw new Failure("No valid image found");
        }
        if (starts.size() > 2) {
            throw new Failure("More than 2 image start locations found at addresses "
                    + Hex.of(starts.get(0)) + ", " + Hex.of(starts.get(1)) + " and "
                    + Hex.of(starts.get(2)) + ". Image may be corrupted.");
        }
        long start = starts.get(0);
        if (start + ImageHeader.SIZE > medium.size()) {
            if (start == 0 && medium.size() >= ImageHeader.FAILSAFE_WORD) {
                return;
            }
            throw new Failure("Image header - read error (Reading " + Hex.of(ImageHeader.SIZE)
                    + " bytes from  address " + Hex.of(start) + " is out of image limits ("
                    + Hex.of(medium.size()) + " bytes))\n");
        }
        ImageHeader header = new ImageHeader(medium.read(start, ImageHeader.SIZE));
        if (!header.failsafeWordValid()) {
            text.append("\n    Can not read failsafe info word: Corrupted chunk size checksum\n");
            throw new Failure("Corrupted chunk size checksum");
        }
        ChunkMap map = header.chunkMap();
        if (!map.failsafe()) {
            if (start != 0) {
                throw new Failure("FS2 Non Failsafe image must start at address 0. "
                        + "Found non-fs image at address " + Hex.of(start));
            }
            text.append("\n     FS2 non failsafe image:\n\n");
            return;
        }
        text.append("\n     FS2 failsafe image. Start address: ").append(Hex.of(start))
                .append(". Chunk size ").append(Hex.of(map.chunkSize()))
                .append(":\n\n     NOTE: The addresses below are contiguous logical addresses. "
                        + "Physical addresses on\n           flash may be different, based on "
                        + "the image start address and chunk size\n\n");
        if (start != 0 && start != map.chunkSize()) {
            throw new Failure("FS2 Failsafe image must start at address 0 or at chunk size. "
                    + "Found a failsafe image at address " + Hex.of(start));
        }
        if (flash) {
            open(map, start == 0 ? 0 : 1);
        }
    }

    private long boot2(long at) throws Failure, StockReader.ReadError, IOException {
        String place = "     /0x" + Hex.eight(at);
        long words = reader.read(place + "/ (BOOT2)", at + 4, 4).word(0);
        if (words < Boot2Block.MIN_WORDS || words > Boot2Block.MAX_WORDS) {
            text.append(place).append("/ (BOOT2) /0x").append(Hex.eight(at + 4))
                    .append("/ - unexpected size (").append(Hex.of(words)).append(")\n");
            throw new Failure("(null)");
        }
        int length = (int) (words + 4) * 4;
        String name = name(at, length, "BOOT2");
        PartCache.Checked part = reader.part(name, at, length);
        result(name, part, false);
        fullState = Crc16.append(fullState, part.computed(), length - 4L);
        fullState = Crc16.updateWord(fullState, part.stored());
        return at + length;
    }

    /** Returns the end of the section. */
    private long section(long at, Bytes gph)
            throws Failure, StockReader.ReadError, IOException {
        long type = gph.word(0);
        // The stock tool counts in 32 bits, so a size of 0x40000000 words is 0 bytes to it.
        long payload = Section.payloadLength(type, gph.word(4)) & 0xffffffffL;
        int length = (int) (Section.HEADER_SIZE + payload + 4);
        String name = name(at, length, SectionType.nameOf(type));
        if (payload > Section.MAX_PAYLOAD) {
            text.append(name).append(" - size too big (").append(Hex.of(payload)).append(")\n");
            throw new Failure("(null)");
        }
        Bytes crc = reader.read(name, at + length - 4, 4);
        // The stock tool counts addresses in 32 bits: the CRC of a last section may be at 0.
        PartCache.Checked part = at + length <= 1L << 32 ? reader.part(name, at, length)
                : new PartCache.Checked(at, new BytesBuilder().add(gph).add(crc).build(),
                        Crc16.of(gph, 0, gph.length()));
        boolean blank = type == SectionType.GUID.code() && part.stored() == 0xffff
                && payload >= 8 && part.raw().u64(Section.HEADER_SIZE) == -1;
        blankGuidSection |= blank;
        result(name, part, blank);
        fullState = Crc16.append(fullState, part.computed(), length - 4L);
        fullState = Crc16.updateWord(fullState, part.computed());
        if (type == SectionType.IMAGE_INFO.code()) {
            StockInfo info = new StockInfo(part.raw().slice(Section.HEADER_SIZE, length - 20));
            if (!info.error().isEmpty()) {
                throw new Failure("Failed to read the info sector: " + info.error() + "\n");
            }
            hasMic |= info.hasMic();
        }
        return at + length;
    }

    private void result(String name, PartCache.Checked part, boolean blank) throws Failure {
        text.append(name);
        if (blank) {
            text.append(" - BLANK CRC (0xffff)\n");
        } else if (part.good()) {
            text.append(" - OK\n");
        } else {
            wrongCrc(part.start(), part.computed(), part.stored());
            throw new Failure("Bad CRC.");
        }
    }

    private void wrongCrc(long at, long expected, long found) {
        text.append(" /0x").append(Hex.eight(at)).append("/ - wrong CRC (exp:")
                .append(Hex.of(expected)).append(", act:").append(Hex.of(found)).append(")\n");
    }

    private void fullImage(Bytes header, long end) {
        text.append(name(0, (int) end, "Full Image"));
        int stored = header.u16(ImageHeader.CRC_WORD + 2);
        int computed = Crc16.finish(fullState);
        if (blankGuidSection) {
            text.append(" - BLANK CRC (0xffff)\n");
        } else if (stored == computed) {
            text.append(" - OK\n");
        } else {
            wrongCrc(0, computed, stored);
        }
    }

    private static String name(long at, int length, String name) {
        return "     /0x" + Hex.eight(at) + "-0x" + Hex.eight(at + length - 1) + " (0x"
                + Hex.six(length) + ")/ (" + name + ")";
    }
}
