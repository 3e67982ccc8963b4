// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;

/** Reads an archive; stops at the first error. */
final class MfaReader {
    static final Bytes MAGIC = Bytes.ofText("MFAR");
    static final int HEADER_SIZE = 16;
    static final int VERSION = 4;
    static final int CRC_SIZE = 4;

    private final Bytes file;
    private final List<TocEntry> toc = new ArrayList<>();
    private final Map<String, MfaBoard> boards = new LinkedHashMap<>();
    private final Set<List<MfaBoard.Piece>> images = new HashSet<>();
    private Bytes data = Bytes.empty();
    private long imageTotal;
    private int componentTotal;

    private MfaReader(Bytes file) {
        this.file = file;
    }

    static MfaArchive read(Bytes file) throws FormatException {
        MfaReader reader = new MfaReader(file);
        reader.run();
        return new MfaArchive(List.copyOf(reader.boards.values()), reader.data);
    }

    static int crc32(Bytes bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.buffer());
        return (int) crc.getValue();
    }

    private void run() throws FormatException {
        checkHeader();
        int end = file.length() - CRC_SIZE;
        int at = HEADER_SIZE;
        List<SectionHeader> heads = new ArrayList<>();
        for (SectionKind kind : SectionKind.values()) {
            SectionHeader head = SectionHeader.parse(file, at, end, kind);
            heads.add(head);
            at += SectionHeader.SIZE + head.size();
        }
        if (at != end) {
            throw new FormatException(at, "end of the sections", "a CRC-32 of " + CRC_SIZE
                    + " bytes and the end of the file", file.length() - at + " bytes");
        }
        long crc = crc32(file.slice(0, end)) & 0xffffffffL;
        if (file.word(end) != crc) {
            throw new FormatException(end, "CRC-32 of the archive", PlainText.hex(crc),
                    PlainText.hex(file.word(end)));
        }
        at = HEADER_SIZE;
        List<Payload> payloads = new ArrayList<>();
        for (SectionHeader head : heads) {
            at += SectionHeader.SIZE;
            payloads.add(payload(head, at));
            at += head.size();
        }
        data = payloads.get(SectionKind.DATA.ordinal()).bytes();
        Payload tocPayload = payloads.get(SectionKind.TOC.ordinal());
        readToc(tocPayload);
        checkOverlap(tocPayload);
        readMap(payloads.get(SectionKind.MAP.ordinal()));
    }

    private void checkHeader() throws FormatException {
        if (file.length() < HEADER_SIZE || file.length() > MfaArchive.MAX_SIZE) {
            throw new FormatException(file.length(), "size of the archive", HEADER_SIZE + " to "
                    + MfaArchive.MAX_SIZE + " bytes", file.length() + " bytes");
        }
        if (!MfaArchive.isArchive(file)) {
            throw new FormatException(0, "magic of the archive", MAGIC.hex(),
                    file.slice(0, MAGIC.length()).hex());
        }
        if (file.word(VERSION) != 1) {
            throw new FormatException(VERSION, "version of the archive", "1",
                    PlainText.hex(file.word(VERSION)));
        }
    }

    private Payload payload(SectionHeader head, int at) throws FormatException {
        Bytes stored = file.slice(at, head.size());
        return head.xz() ? new Payload(head.kind(), XzCodec.unpack(stored, head.kind(), at), 0,
                true) : new Payload(head.kind(), stored, at, false);
    }

    private void readToc(Payload payload) throws FormatException {
        int size = payload.bytes().length();
        if (size % TocEntry.SIZE != 0) {
            throw payload.wrong(size, "size of TOC", "a multiple of " + TocEntry.SIZE + " bytes",
                    size + " bytes");
        }
        for (int at = 0; at < size; at += TocEntry.SIZE) {
            toc.add(TocEntry.parse(payload, at, data.length()));
        }
    }

    /** Pieces may be the same, or apart: then no archive holds more than its DATA. */
    private void checkOverlap(Payload payload) throws FormatException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < toc.size(); i++) {
            if (toc.get(i).size() > 0) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparing((Integer i) -> toc.get(i).offset())
                .thenComparing(i -> toc.get(i).size()));
        for (int k = 1; k < order.size(); k++) {
            TocEntry before = toc.get(order.get(k - 1));
            TocEntry entry = toc.get(order.get(k));
            boolean same = before.offset() == entry.offset() && before.size() == entry.size();
            if (!same && entry.offset() < before.end()) {
                throw payload.wrong((long) order.get(k) * TocEntry.SIZE,
                        "offset of a TOC entry", "a piece of its own, behind "
                        + PlainText.hex(before.end()), PlainText.hex(entry.offset()));
            }
        }
    }

    private void readMap(Payload map) throws FormatException {
        int at = 0;
        do {
            MapEntry entry = MapEntry.parse(map, at, toc.size() * TocEntry.SIZE);
            if (boards.size() == MfaArchive.MAX_BOARDS) {
                throw map.wrong(at, "number of boards", "at most " + MfaArchive.MAX_BOARDS,
                        "more");
            }
            componentTotal += entry.images().size();
            if (componentTotal > MfaArchive.MAX_COMPONENTS) {
                throw map.wrong(at, "number of images of all boards",
                        "at most " + MfaArchive.MAX_COMPONENTS, "more");
            }
            if (boards.containsKey(entry.psid())) {
                throw map.wrong(at, "PSID of a board", "no other board with " + entry.psid(),
                        "two of them");
            }
            boards.put(entry.psid(), board(map, at, entry));
            at += entry.size();
        } while (at < map.bytes().length());
    }

    private MfaBoard board(Payload map, int at, MapEntry entry) throws FormatException {
        List<MfaComponent> components = new ArrayList<>(entry.images().size());
        for (MapImage image : entry.images()) {
            TocEntry piece = toc.get(image.tocOffset() / TocEntry.SIZE);
            components.add(new MfaComponent(image.type(), piece.kind(), piece.version(),
                    image.tag(), image.group(), piece.offset(), piece.size()));
        }
        if (components.stream().noneMatch(MfaComponent::isFirmwarePiece)) {
            throw map.wrong(at, "board " + entry.psid(), "an image of type "
                    + MfaComponent.FIRMWARE + " with bytes", "none");
        }
        Map<String, String> other = new LinkedHashMap<>(entry.metadata());
        String partNumber = other.remove(Metadata.PART_NUMBER);
        String description = other.remove(Metadata.DESCRIPTION);
        MfaBoard board = new MfaBoard(entry.psid(), partNumber == null ? "" : partNumber,
                description == null ? "" : description, other, components);
        for (String tag : board.tags()) {
            countImage(map, at, board, tag);
        }
        return board;
    }

    /** An image of many pieces could be large although DATA is small. */
    private void countImage(Payload map, int at, MfaBoard board, String tag)
            throws FormatException {
        List<MfaBoard.Piece> pieces = board.pieces(tag);
        if (images.add(pieces)) {
            imageTotal += pieces.stream().mapToLong(MfaBoard.Piece::size).sum();
        }
        if (imageTotal > MfaArchive.MAX_SIZE) {
            throw map.wrong(at, "size of all images up to board " + board.psid(),
                    "at most " + MfaArchive.MAX_SIZE + " bytes", imageTotal + " bytes");
        }
    }
}
