// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cx3tools.assemble.AssembleException.KeyProblem;
import org.cx3tools.assemble.AssembleException.Reason;
import org.cx3tools.assemble.ImageParts.SectionPart;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileChange;
import org.cx3tools.image.BoardFileException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.FwConfiguration;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.SectionType;

/**
 * Makes an image of a release source or of another image, and a board file.
 *
 * <p>With the original board file the result is the original, byte for byte. With a changed one
 * the text, the PSID tag and the record bits of every changed key are set, and all sizes, pointers
 * and checksums are redone. A changed key whose field is not known is an error that lists all such
 * keys and the ways out: no bit is ever written that has no name.
 */
public final class Assembler {
    private final AssembleOptions options;

    /** Makes an assembler. */
    public Assembler(AssembleOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Assembles from a release source.
     *
     * @param source    the release source
     * @param boardFile the board file to use; if empty, the one beside the source, if it names one
     * @throws AssembleException  if no image can be made
     * @throws BoardFileException if a board file cannot be read
     * @throws IOException        if the board file beside the source cannot be read
     */
    public AssembleResult assemble(ReleaseSource source, Optional<BoardFile> boardFile)
            throws AssembleException, BoardFileException, IOException {
        try {
            Optional<BoardFile> used = boardFile.isPresent() ? boardFile : source.boardFile();
            AssembleResult result = used.isEmpty()
                    ? new AssembleResult(source.image(), List.of(), List.of(), List.of())
                    : new Assembler(options.withFields(
                            options.fields().plus(source.fields(), source.name())))
                            .assemble(source.image(), used.get());
            return result.withNotesBefore(source.notes());
        } catch (SourceException e) {
            throw new AssembleException(Reason.KEYS, e.getMessage(), e);
        }
    }

    /**
     * Assembles from an image. Bytes behind its end are left out, with a note.
     *
     * @param original  an image with right checksums
     * @param boardFile the board file to put in
     * @throws AssembleException if no image can be made
     */
    public AssembleResult assemble(Fs2Image original, BoardFile boardFile)
            throws AssembleException {
        ImageParts parts = takeApart(original);
        List<AssembleNote> notes = trailing(original);
        Fs2Image image = original.trimmed();
        Bytes text = Bytes.of(boardFile.toByteArray());
        Bytes oldText = originalText(image);
        if (text.equals(oldText)) {
            return new AssembleResult(image, List.of(), List.of(), notes);
        }
        BoardFile before = parsed(oldText);
        List<BoardFileChange> changes = BoardFile.diff(before, boardFile);
        KeyEditor editor = new KeyEditor(KeySetter.fields(image, options), boardFile, parts.sections());
        changes.forEach(editor::apply);
        notes.addAll(judge(editor.problems()));
        notes.addAll(editor.notes());
        try {
            Fs2Image result = new ImageParts(parts.reserved(), parts.crcWordHigh(),
                    parts.formatWord(), parts.failsafeWord(), parts.boot2(),
                    withText(editor.sections(), text), parts.lastNext(),
                    OptionalInt.empty()).build();
            return new AssembleResult(withPsid(result, boardFile, changes), changes,
                    editor.changes(), notes);
        } catch (FormatException e) {
            throw new AssembleException(Reason.RESULT, "the new image would not be one: "
                    + e.getMessage(), e);
        }
    }

    /** In text-only mode problems become notes; else they are the error. */
    private List<AssembleNote> judge(List<KeyProblem> problems) throws AssembleException {
        if (problems.isEmpty()) {
            return List.of();
        }
        if (!options.textOnly() || problems.stream().anyMatch(KeyProblem::mistake)) {
            throw new AssembleException(Reason.KEYS, message(problems), problems);
        }
        return problems.stream().map(p -> new AssembleNote(AssembleNote.Kind.TEXT_ONLY, p.key(),
                "[" + p.section() + "] " + p.key() + " changed in the text only, no register bit"
                + " was set: " + p.why())).toList();
    }

    static String message(List<KeyProblem> problems) {
        StringBuilder out = new StringBuilder(problems.size() == 1 ? "1 changed key"
                : problems.size() + " changed keys").append(" cannot be brought into the image:");
        Set<String> parameters = new LinkedHashSet<>();
        for (KeyProblem problem : problems) {
            out.append("\n  ").append(problem);
            if (!problem.parameter().isEmpty()) {
                parameters.add(problem.key() + " -> " + problem.parameter());
            }
        }
        if (problems.stream().allMatch(KeyProblem::mistake)) {
            return out.toString();
        }
        out.append("\nWays out:")
                .append("\n  --fields FILE   a dictionary of fields; any text"
                        + " with lines NAME ADDRESS.BIT WIDTH, a vendor's .mlx too;"
                        + " cx3 learn makes one of many images")
                .append("\n  --text-only     change the text alone; register bits"
                        + " stay as they are, so firmware may not see the change");
        if (!parameters.isEmpty()) {
            out.append("\nA non-volatile parameter of the card does the same and needs no new image"
                    + " (cx3 config set): ")
                    .append(String.join(", ", parameters));
        }
        return out.toString();
    }

    private static List<SectionPart> withText(List<SectionPart> sections, Bytes text) {
        List<SectionPart> out = new ArrayList<>(sections);
        for (int i = 0; i < out.size(); i++) {
            SectionPart part = out.get(i);
            if (part.is(SectionType.FW_CONFIGURATION)) {
                Bytes payload = FwConfiguration.deflate(text);
                out.set(i, new SectionPart(part.typeCode(), part.param(), payload.length(),
                        payload));
                break;
            }
        }
        return out;
    }

    /** The PSID goes into tag 4 when its key changed; any other tag stays. */
    private static Fs2Image withPsid(Fs2Image image, BoardFile boardFile,
            List<BoardFileChange> changes) throws AssembleException, FormatException {
        boolean changed = changes.stream()
                .anyMatch(c -> c.section().equals("ADAPTER") && c.key().equals("PSID"));
        if (!changed) {
            return image;
        }
        String psid = boardFile.get("ADAPTER", "PSID").orElse("");
        boolean printable = psid.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (psid.isEmpty() || !printable || psid.length() > ImageInfo.PSID_SIZE) {
            throw new AssembleException(Reason.PSID, "[ADAPTER] PSID must be 1 to "
                    + ImageInfo.PSID_SIZE + " printable characters without blanks, found "
                    + psid.length() + (psid.isEmpty() ? "; the key must not be removed" : ": '"
                            + psid.replaceAll("[^!-~]", "?") + "'"));
        }
        if (boardFile.all("ADAPTER", "PSID").stream().anyMatch(e -> !e.value().equals(psid))) {
            throw new AssembleException(Reason.PSID, "[ADAPTER] PSID is given different values"
                    + " in one file; keep one of them");
        }
        return ImageEditor.withInfoText(image, InfoTag.PSID, psid);
    }

    private static Bytes originalText(Fs2Image image) throws AssembleException {
        try {
            Optional<Bytes> text = image.fwConfiguration();
            if (text.isEmpty()) {
                throw new AssembleException(Reason.NO_BOARD_FILE, "the image has no FW"
                        + " Configuration section, so there is no board file to change");
            }
            return text.get();
        } catch (FormatException e) {
            throw new AssembleException(Reason.NO_BOARD_FILE, "the board file inside the image"
                    + " does not unpack: " + e.getMessage(), e);
        }
    }

    private static BoardFile parsed(Bytes text) throws AssembleException {
        try {
            return BoardFile.parse(text.toArray());
        } catch (BoardFileException e) {
            throw new AssembleException(Reason.NO_BOARD_FILE, "the board file inside the image"
                    + " cannot be compared: " + e.getMessage(), e);
        }
    }

    static ImageParts takeApart(Fs2Image image) throws AssembleException {
        try {
            return ImageParts.of(image);
        } catch (FormatException e) {
            throw new AssembleException(Reason.DAMAGED_IMAGE, "the image is damaged: "
                    + e.getMessage() + "; take a good one (verify shows all that is wrong)", e);
        }
    }

    static List<AssembleNote> trailing(Fs2Image image) {
        List<AssembleNote> notes = new ArrayList<>();
        int more = image.bytes().length() - image.size();
        if (more > 0) {
            notes.add(new AssembleNote(AssembleNote.Kind.TRAILING_BYTES, Integer.toString(more),
                    more + " bytes behind the end of the image (0x"
                    + Integer.toHexString(image.size()) + ") are no part of it and are left out"));
        }
        return notes;
    }
}
