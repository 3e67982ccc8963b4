// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.image.FirmwareVersion;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageInfo;
import org.cx3tools.image.InfoTag;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Finding.Severity;
import org.cx3tools.verify.Verifier;

/** Judges the images of an archive, each one once however many boards share it. */
final class MfaChecker {
    /** Most errors that are told of one image, which many boards may share. */
    static final int MAX_ERRORS = 32;

    private final MfaArchive archive;
    private final Map<List<MfaBoard.Piece>, Judged> known = new HashMap<>();

    MfaChecker(MfaArchive archive) {
        this.archive = archive;
    }

    /** What is kept of an image: not its bytes. */
    private record Judged(Optional<Told> told, List<Finding> errors) {
    }

    /** What an image says about itself, and where. */
    private record Told(String psid, long psidAt, Optional<FirmwareVersion> version,
            long versionAt) {
        static Told of(ImageInfo info) {
            return new Told(info.psid().orElse("none"), offset(info, InfoTag.PSID),
                    info.fwVersion(), offset(info, InfoTag.FW_VERSION));
        }

        private static long offset(ImageInfo info, int tag) {
            return info.tag(tag).map(InfoTag::offset).orElse(info.start());
        }
    }

    List<MfaProblem> run() {
        List<MfaProblem> problems = new ArrayList<>();
        for (MfaBoard board : archive.boards()) {
            for (String tag : board.tags()) {
                for (Finding finding : check(board, tag)) {
                    problems.add(new MfaProblem(board.psid(), tag, finding));
                }
            }
        }
        return List.copyOf(problems);
    }

    private List<Finding> check(MfaBoard board, String tag) {
        List<MfaBoard.Piece> pieces = board.pieces(tag);
        Judged judged = known.get(pieces);
        if (judged == null) {
            judged = judge(board, tag);
            known.put(pieces, judged);
        }
        List<Finding> findings = new ArrayList<>(judged.errors());
        judged.told().ifPresent(told -> compare(board, tag, told, findings));
        return findings;
    }

    private Judged judge(MfaBoard board, String tag) {
        try {
            Fs2Image image = Fs2Image.parse(archive.image(board, tag));
            List<Finding> errors = new ArrayList<>();
            for (Finding finding : Verifier.findings(image)) {
                if (finding.severity() == Severity.ERROR && errors.size() < MAX_ERRORS) {
                    errors.add(error(finding.offset(), finding.what(), finding.expected(),
                            finding.found()));
                }
            }
            if (image.info().isEmpty()) {
                errors.add(error(0, "Image Info", "a section with the PSID", "none"));
            }
            return new Judged(image.info().map(Told::of), errors);
        } catch (FormatException e) {
            return new Judged(Optional.empty(),
                    List.of(error(e.offset(), e.what(), e.expected(), e.found())));
        }
    }

    private static void compare(MfaBoard board, String tag, Told told, List<Finding> findings) {
        if (!told.psid().equals(board.psid())) {
            findings.add(error(told.psidAt(), "PSID of the image",
                    board.psid() + " as the archive says", told.psid()));
        }
        for (MfaComponent c : board.components()) {
            if (c.isFirmware(tag) && c.kindCode() == MfaKind.FW.code()
                    && !c.version().isEmpty() && !isSame(c.version(), told.version())) {
                findings.add(error(told.versionAt(), "version of the image",
                        c.versionText() + " as the archive says",
                        told.version().map(FirmwareVersion::toString).orElse("none")));
            }
        }
    }

    private static boolean isSame(List<Integer> fields, Optional<FirmwareVersion> version) {
        return version.isPresent() && fields.size() >= 3
                && version.get().equals(new FirmwareVersion(fields.get(0), fields.get(1),
                        fields.get(2)));
    }

    private static Finding error(long offset, String what, String expected, String found) {
        return new Finding(offset, PlainText.escaped(what), PlainText.escaped(expected),
                PlainText.escaped(found), Severity.ERROR);
    }
}
