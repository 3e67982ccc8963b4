// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;

/**
 * A firmware archive of the vendor (MFA). It never changes; the layout is told in the description
 * of the package.
 *
 * <p>Reading needs about twice the memory of the unpacked archive, however small the file is.
 */
public final class MfaArchive {
    /** Largest archive, and largest section unpacked, in bytes. */
    public static final int MAX_SIZE = 256 << 20;
    /** Largest list of boards, in bytes unpacked. */
    public static final int MAX_MAP_SIZE = 16 << 20;
    /** Most boards. */
    public static final int MAX_BOARDS = 4096;
    /** Most pairs of metadata of a board. */
    public static final int MAX_PAIRS = 256;
    /** Most entries of the TOC. */
    public static final int MAX_TOC_ENTRIES = 1 << 16;
    /** Most components of all boards together. */
    public static final int MAX_COMPONENTS = 1 << 16;

    private final List<MfaBoard> boards;
    private final Map<String, MfaBoard> byPsid = new HashMap<>();
    private final Bytes data;

    MfaArchive(List<MfaBoard> boards, Bytes data) {
        this.boards = List.copyOf(boards);
        this.data = data;
        for (MfaBoard board : boards) {
            byPsid.put(board.psid(), board);
        }
    }

    /**
     * Tells whether a file says that it is an archive.
     *
     * @param file any bytes
     * @return true if it starts with {@code MFAR}
     */
    public static boolean isArchive(Bytes file) {
        return file.length() >= MfaReader.MAGIC.length()
                && file.slice(0, MfaReader.MAGIC.length()).equals(MfaReader.MAGIC);
    }

    /**
     * Reads an archive, checks its CRC-32 and unpacks it. The images are not looked at.
     *
     * @param file the whole archive
     * @return what it holds
     * @throws FormatException if a field is wrong or a limit is exceeded; the first error is told.
     *     Its offset counts in the file, or, where it says unpacked, in the unpacked section.
     */
    public static MfaArchive parse(Bytes file) throws FormatException {
        return MfaReader.read(Objects.requireNonNull(file, "file"));
    }

    /**
     * Makes an archive. The same boards give the same bytes.
     *
     * @param boards what to put in, in order
     * @param xz true to pack the sections, false to store them plainly
     * @return the archive; {@link #parse} reads it
     * @throws ArchiveException if a board cannot be put in, or two have one PSID
     */
    public static Bytes create(List<MfaInput> boards, boolean xz) throws ArchiveException {
        return MfaWriter.write(List.copyOf(boards), xz);
    }

    /** {@return the boards in order; at least one, each with firmware} */
    public List<MfaBoard> boards() {
        return boards;
    }

    /** {@return bytes of all pieces of images, unpacked: what it takes to keep the archive} */
    public int dataSize() {
        return data.length();
    }

    /**
     * Looks a board up.
     *
     * @param psid board id
     * @return the board with it
     */
    public Optional<MfaBoard> board(String psid) {
        return Optional.ofNullable(byPsid.get(psid));
    }

    /**
     * Puts the firmware image of a board together.
     *
     * @param psid board id
     * @return the image with the first of its {@link MfaBoard#tags()}, not checked
     * @throws NoSuchElementException if no board has this id
     */
    public Bytes image(String psid) {
        return image(board(psid).orElseThrow(
                () -> new NoSuchElementException("no board with PSID " + psid)));
    }

    /**
     * Puts the firmware image of a board together.
     *
     * @param board one of the boards of this archive
     * @return the image with the first of its {@link MfaBoard#tags()}, not checked
     */
    public Bytes image(MfaBoard board) {
        return image(board, board.tags().get(0));
    }

    /**
     * Puts one of several firmware images of a board together: of each run of entries with one
     * group id the first one that has bytes.
     *
     * @param board one of the boards of this archive
     * @param tag one of its {@link MfaBoard#tags()}
     * @return the image, not checked
     * @throws NoSuchElementException if the board is of another archive or has no such tag
     */
    public Bytes image(MfaBoard board, String tag) {
        if (!board.equals(byPsid.get(board.psid()))) {
            throw new NoSuchElementException("no such board: " + board.psid());
        }
        List<MfaBoard.Piece> pieces = board.pieces(tag);
        if (pieces.isEmpty()) {
            throw new NoSuchElementException("no image with tag \"" + tag + "\"");
        }
        if (pieces.size() == 1) {
            return data.slice(pieces.get(0).offset(), pieces.get(0).size());
        }
        BytesBuilder image = new BytesBuilder();
        for (MfaBoard.Piece piece : pieces) {
            image.add(data.slice(piece.offset(), piece.size()));
        }
        return image.build();
    }

    /**
     * Judges all images: each one is a whole FS2 image without errors, has the PSID of its board
     * and the version that the archive tells.
     *
     * @return what is wrong, in order of the boards, at most 32 checksums and structures of one
     *     image; empty if all is good
     */
    public List<MfaProblem> check() {
        return new MfaChecker(this).run();
    }
}
