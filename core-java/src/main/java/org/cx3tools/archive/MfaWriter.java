// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.archive.ArchiveException.Reason;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.RomRecord;

/** Makes archives. */
final class MfaWriter {
    /** Not 0: a reader that starts with 0 as the last group would see no change. */
    private static final int GROUP = 1;
    private static final int MAX_TEXT = 1024;
    private static final Set<String> OWN_KEYS =
            Set.of(Metadata.PART_NUMBER, Metadata.DESCRIPTION);
    /** Where the texts of a board are in its board file, best first. */
    private static final List<String> NAME_SECTIONS = List.of("PS_INFO", "ADAPTER");

    private final BytesBuilder map = new BytesBuilder();
    private final BytesBuilder toc = new BytesBuilder();
    private final List<Bytes> data = new ArrayList<>();
    private final Set<String> psids = new HashSet<>();
    private int dataSize;
    private int index = -1;

    private MfaWriter() {
    }

    static Bytes write(List<MfaInput> boards, boolean xz) throws ArchiveException {
        return new MfaWriter().run(boards, xz);
    }

    private Bytes run(List<MfaInput> boards, boolean xz) throws ArchiveException {
        if (boards.isEmpty() || boards.size() > MfaArchive.MAX_BOARDS) {
            throw refused(Reason.COUNT, "an archive has 1 to " + MfaArchive.MAX_BOARDS
                    + " boards, not " + boards.size());
        }
        for (MfaInput board : boards) {
            index++;
            add(board);
        }
        index = -1;
        BytesBuilder images = new BytesBuilder(dataSize);
        data.forEach(images::add);
        Bytes all = images.build();
        BytesBuilder out = new BytesBuilder(xz ? all.length() / 2 : all.length() + (1 << 16));
        out.add(MfaReader.MAGIC).addWord(1).addU64(0);
        section(out, SectionKind.MAP, map.build(), xz);
        section(out, SectionKind.TOC, toc.build(), xz);
        section(out, SectionKind.DATA, all, xz);
        if (out.length() > MfaArchive.MAX_SIZE - MfaReader.CRC_SIZE) {
            throw refused(Reason.SIZE, "the archive would have more than " + MfaArchive.MAX_SIZE
                    + " bytes");
        }
        return out.addWord(MfaReader.crc32(out.build())).build();
    }

    private void section(BytesBuilder out, SectionKind kind, Bytes payload, boolean xz)
            throws ArchiveException {
        if (payload.length() > kind.limit()) {
            throw refused(Reason.SIZE, "section " + kind + " would have more than "
                    + kind.limit() + " bytes");
        }
        Bytes stored = xz ? XzCodec.pack(payload) : payload;
        new SectionHeader(kind, xz, stored.length()).write(out);
        out.add(stored);
    }

    private void add(MfaInput board) throws ArchiveException {
        Fs2Image image = board.image();
        String psid = psid(image);
        FirmwareVersion version = image.info().flatMap(ImageInfo::fwVersion).orElseThrow(
                () -> refused(Reason.VERSION, psid + ": the image tells no firmware version"));
        if (!psids.add(psid)) {
            throw refused(Reason.DUPLICATE_PSID, "two images have PSID " + psid);
        }
        Map<String, String> metadata = metadata(board, psid);
        List<MapImage> entries = new ArrayList<>();
        // One image has one PSID, and that occurs once: no two images can be the same bytes.
        Bytes bytes = image.bytes();
        if (bytes.length() > MfaArchive.MAX_SIZE - dataSize) {
            throw refused(Reason.SIZE, "the images have more than " + MfaArchive.MAX_SIZE
                    + " bytes");
        }
        entry(entries, new TocEntry(dataSize, bytes.length(), MfaKind.FW.code(),
                List.of(version.major(), version.minor(), version.subminor())));
        data.add(bytes);
        Set<MfaKind> told = new HashSet<>();
        for (RomRecord record : image.rom().map(rom -> rom.records()).orElse(List.of())) {
            Optional<MfaKind> kind = kind(record);
            if (kind.isPresent() && told.add(kind.get())) {
                entry(entries, new TocEntry(0, 0, kind.get().code(), version(record)));
            }
        }
        dataSize += bytes.length();
        MapEntry.write(map, psid, metadata, entries);
    }

    private void entry(List<MapImage> entries, TocEntry entry) {
        entries.add(new MapImage(toc.length(), MfaComponent.FIRMWARE, GROUP, ""));
        entry.write(toc);
    }

    private String psid(Fs2Image image) throws ArchiveException {
        Optional<String> psid = image.info().flatMap(ImageInfo::psid);
        if (psid.isEmpty() || !PlainText.isPsid(psid.get())) {
            throw refused(Reason.PSID, "an image needs a PSID of printable ASCII without blank"
                    + " and slash, no dot in front; found " + psid.map(text -> "\""
                    + PlainText.escaped(text) + "\"").orElse("none"));
        }
        return psid.get();
    }

    private Map<String, String> metadata(MfaInput board, String psid) throws ArchiveException {
        Map<String, String> pairs = new LinkedHashMap<>();
        Optional<BoardFile> file = board.partNumber().isPresent()
                && board.description().isPresent() ? Optional.empty()
                : boardFile(board.image(), psid, board.partNumber().isEmpty());
        pairs.put(Metadata.PART_NUMBER, board.partNumber().or(() -> text(file, "Name"))
                .orElseThrow(() -> refused(Reason.BOARD_FILE, psid + ": the board file tells no"
                        + " part number; give one")));
        pairs.put(Metadata.DESCRIPTION, board.description()
                .or(() -> text(file, "Description")).orElse(""));
        for (Map.Entry<String, String> pair : board.other().entrySet()) {
            if (pair.getKey().isEmpty() || OWN_KEYS.contains(pair.getKey())) {
                throw refused(Reason.TEXT, psid + ": metadata cannot have the key \""
                        + pair.getKey() + "\" here");
            }
            pairs.put(pair.getKey(), pair.getValue());
        }
        int size = 0;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            size += checked(psid, pair.getKey()) + checked(psid, pair.getValue()) + 2;
        }
        if (pairs.size() > MfaArchive.MAX_PAIRS || size > 0xff00) {
            throw refused(Reason.TEXT, psid + ": too much metadata");
        }
        return pairs;
    }

    private int checked(String psid, String text) throws ArchiveException {
        if (!PlainText.isPrintable(text) || text.length() > MAX_TEXT) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw refused(Reason.TEXT, psid + ": \"" + PlainText.escaped(shown)
                    + "\" is not printable ASCII of at most " + MAX_TEXT + " characters");
        }
        return text.length();
    }

    /** A description alone may be missing, so a bad board file stops only who needs it. */
    private Optional<BoardFile> boardFile(Fs2Image image, String psid, boolean needed)
            throws ArchiveException {
        try {
            Optional<Bytes> text = image.fwConfiguration();
            return text.isEmpty() ? Optional.empty()
                    : Optional.of(BoardFile.parse(text.get().toArray()));
        } catch (FormatException | BoardFileException e) {
            if (!needed) {
                return Optional.empty();
            }
            throw refused(Reason.BOARD_FILE, psid + ": the board file cannot be read: "
                    + PlainText.escaped(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<String> text(Optional<BoardFile> file, String key) {
        return file.flatMap(f -> NAME_SECTIONS.stream()
                .flatMap(section -> f.get(section, key).stream()).findFirst());
    }

    private static Optional<MfaKind> kind(RomRecord record) {
        return switch (record.productName()) {
            case "CLP" -> Optional.of(MfaKind.CLP);
            case "PXE" -> Optional.of(MfaKind.PXE);
            case "UEFI" -> Optional.of(MfaKind.UEFI);
            case "FCODE" -> Optional.of(MfaKind.FCODE);
            default -> Optional.empty();
        };
    }

    private static List<Integer> version(RomRecord record) {
        List<Integer> fields = new ArrayList<>();
        for (String field : record.version().split("\\.")) {
            fields.add(Integer.parseInt(field));
        }
        return fields;
    }

    private ArchiveException refused(Reason reason, String message) {
        return new ArchiveException(reason, index, message);
    }
}
