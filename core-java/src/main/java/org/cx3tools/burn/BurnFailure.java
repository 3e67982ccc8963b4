// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.List;
import java.util.stream.Collectors;
import org.cx3tools.image.ImageInfo;

/** Why a burn is refused, or how it failed; each kind with its facts. */
public sealed interface BurnFailure {
    /** {@return what is wrong, one sentence} */
    String message();

    /** {@return what the operator can do, one clause; empty when there is nothing to say} */
    String advice();

    /**
     * The image of the other slot is to boot again, and it is not clear which one that is.
     *
     * @param starts flash addresses of the images that could be brought back; none or several
     */
    record NoOtherImage(List<Long> starts) implements BurnFailure {
        /** Keeps a copy. */
        public NoOtherImage {
            starts = List.copyOf(starts);
        }

        @Override
        public String message() {
            return starts.isEmpty() ? "The flash holds no other image that is complete"
                    : "Several images could be brought back: " + String.join(", ",
                            starts.stream().map(start -> String.format("0x%x", start)).toList());
        }

        @Override
        public String advice() {
            return starts.isEmpty() ? "burn one, or restore a backup (cx3 backup --list)"
                    : "choose one with cx3 activate --at";
        }
    }

    /**
     * What was asked for would make a bad image of a good one.
     *
     * @param findings what would be wrong, one line each
     */
    record BadChange(List<String> findings) implements BurnFailure {
        /** Keeps a copy. */
        public BadChange {
            findings = List.copyOf(findings);
        }

        @Override
        public String message() {
            return "The image cannot be changed like this: " + String.join("; ", findings);
        }

        @Override
        public String advice() {
            return "nothing was changed";
        }
    }

    /**
     * Nobody knows where the settings of the firmware are.
     *
     * @param imageThere whether an intact image is on the flash, which then has no place for any (no tag 19)
     */
    record NoSettings(boolean imageThere) implements BurnFailure {
        @Override
        public String message() {
            return imageThere ? "The image on flash has no place for settings (Image Info has no tag 19)"
                    : "No intact image on flash tells where the settings are";
        }

        @Override
        public String advice() {
            return imageThere ? "its firmware keeps none; burn firmware 2.31.5000 or later to have them"
                    : "bring an image back with cx3 recover, or burn one";
        }
    }

    /**
     * The image to burn is not intact.
     *
     * @param findings what is wrong, one line each with offset, expected and found
     */
    record BadImage(List<String> findings) implements BurnFailure {
        private static final int MAX_SHOWN = 5;

        /** Keeps a copy. */
        public BadImage {
            findings = List.copyOf(findings);
        }

        @Override
        public String message() {
            int more = findings.size() - MAX_SHOWN;
            return "The image is damaged: " + String.join("; ",
                    more > 0 ? findings.subList(0, MAX_SHOWN) : findings)
                    + (more > 0 ? "; and " + more + " more" : "");
        }

        @Override
        public String advice() {
            return "get a good copy of the file; `cx3 verify` shows each part";
        }
    }

    /**
     * The image lacks something without which a card cannot live or cannot be burnt again.
     *
     * @param part "GUID section", "PSID tag", "VSD tag"
     */
    record MissingPart(String part) implements BurnFailure {
        @Override
        public String message() {
            return "The image has no " + part;
        }

        @Override
        public String advice() {
            return "use a complete image";
        }
    }

    /** The image is marked as synthetic and the target is a real card. */
    record SyntheticImage() implements BurnFailure {
        @Override
        public String message() {
            return "The image is a synthetic one: it cannot run and is burnt on virtual cards"
                    + " only";
        }

        @Override
        public String advice() {
            return "use firmware of the vendor, for example a backup of the card";
        }
    }

    /**
     * The image is for other hardware.
     *
     * @param hwId hardware id of the card
     * @param hwRevision hardware revision of the card
     * @param supported what the image is for, from tag 10
     */
    record WrongHardware(int hwId, int hwRevision, List<ImageInfo.HardwareId> supported)
            implements BurnFailure {
        /** Keeps a copy. */
        public WrongHardware {
            supported = List.copyOf(supported);
        }

        @Override
        public String message() {
            return "The image cannot be programmed to a " + HardwareNames.of(hwId, hwRevision)
                    + ", it is intended for "
                    + supported.stream().map(h -> HardwareNames.of(h.hwId(), h.revision()))
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String advice() {
            return "use an image for this chip";
        }
    }

    /**
     * The image is for another family, by the PCI device id in it (images without tag 10).
     *
     * @param imageFamily "ConnectX-3" or "ConnectX-3Pro"
     * @param deviceFamily the same of the card
     */
    record WrongFamily(String imageFamily, String deviceFamily) implements BurnFailure {
        @Override
        public String message() {
            return "A " + imageFamily + " image does not fit on a " + deviceFamily + " device";
        }

        @Override
        public String advice() {
            return "use an image for this chip";
        }
    }

    /**
     * Another PSID without consent.
     *
     * @param flash PSID on the flash
     * @param image PSID of the image
     */
    record PsidMismatch(String flash, String image) implements BurnFailure {
        @Override
        public String message() {
            return "The PSID on flash (" + flash + ") differs from the PSID in the given image ("
                    + image + ")";
        }

        @Override
        public String advice() {
            return "use an image of this PSID, or -allow_psid_change when you know that both"
                    + " boards are alike";
        }
    }

    /**
     * Configuration areas at different places, without consent.
     *
     * @param flashPad sectors of the flash image
     * @param imagePad sectors of the new image
     */
    record ConfigPadMismatch(long flashPad, long imagePad) implements BurnFailure {
        @Override
        public String message() {
            return "Configuration section offset on flash (" + flashPad
                    + " sectors) differs from the one in the image ("
                    + imagePad + " sectors): the configuration of the device would be lost";
        }

        @Override
        public String advice() {
            return "use the '-allow_psid_change' flag to force this change";
        }
    }

    /**
     * One is failsafe and the other is not.
     *
     * @param imageFailsafe whether the image is the failsafe one
     * @param noneOnFlash whether there is no image on the flash that can be read
     */
    record FailsafeMismatch(boolean imageFailsafe, boolean noneOnFlash) implements BurnFailure {
        @Override
        public String message() {
            if (imageFailsafe) {
                return noneOnFlash
                        ? "There is no image on the flash that can be read, so the burn cannot be"
                                + " failsafe"
                        : "The image on flash is not failsafe, the given image is";
            }
            return "The image on flash is failsafe, the given image is not";
        }

        @Override
        public String advice() {
            return "if you want to burn in non failsafe mode, use the \"-nofs\" switch";
        }
    }

    /**
     * Different interleaving.
     *
     * @param flash chunk size on flash in bytes
     * @param image chunk size of the image in bytes
     */
    record ChunkMismatch(long flash, long image) implements BurnFailure {
        @Override
        public String message() {
            return String.format(
                    "Failsafe chunk sizes in flash (0x%x) and in image (0x%x) are not the same",
                            flash, image);
        }

        @Override
        public String advice() {
            return "use an image of the same chunk size";
        }
    }

    /**
     * The image does not fit below the configuration area.
     *
     * @param size bytes needed
     * @param limit bytes there are
     * @param failsafe whether the limit is half of the flash
     */
    record TooBig(long size, long limit, boolean failsafe) implements BurnFailure {
        @Override
        public String message() {
            return String.format(
                    "Size of %s image (0x%x) is greater than max %s image size (0x%x%s)",
                    failsafe ? "failsafe" : "non-failsafe", size,
                            failsafe ? "failsafe" : "non-failsafe", limit,
                    failsafe ? " - half of total flash size" : " - total flash size");
        }

        @Override
        public String advice() {
            return "use a smaller image, for example one without boot ROM";
        }
    }

    /**
     * A MAC that no card may have.
     *
     * @param mac 64 bits as they are
     * @param given true if the operator gave it, false if it is on the flash or in the image
     * @param problem what is wrong with it
     */
    record BadMac(long mac, boolean given, String problem) implements BurnFailure {
        @Override
        public String message() {
            return String.format("Bad mac (%012x) %s: %s", mac, given ? "given" : "found on flash",
                    problem);
        }

        @Override
        public String advice() {
            return "please re-burn with a valid -mac flag value";
        }
    }

    /**
     * GUIDs that are not set.
     *
     * @param where "image" or "flash"
     */
    record BlankGuids(String where) implements BurnFailure {
        @Override
        public String message() {
            return "GUIDs of the " + where + " are blank: a card cannot boot with them";
        }

        @Override
        public String advice() {
            return "give the GUIDs and MACs of the card, for example from its sticker: -guid"
                    + " and -mac";
        }
    }

    /**
     * A part of the flash that has to be carried over is damaged.
     *
     * @param part "GUID", "Image Info", "ROM", "section chain"
     * @param start flash address where the image begins
     * @param problem offset, expected and found
     * @param wayOut what the operator can do
     */
    record DamagedPart(String part, long start, String problem, String wayOut)
            implements BurnFailure {
        @Override
        public String message() {
            return String.format("The %s of the image on flash (start 0x%x) is damaged: %s", part,
                    start, problem);
        }

        @Override
        public String advice() {
            return wayOut;
        }
    }

    /**
     * Nothing on the flash to carry it over from.
     *
     * @param what "GUIDs and MACs", "VSD"
     * @param why why the flash has none
     * @param wayOut what the operator can do
     */
    record NothingToKeep(String what, String why, String wayOut) implements BurnFailure {
        @Override
        public String message() {
            return "There are no " + what + " to take over from flash: " + why;
        }

        @Override
        public String advice() {
            return wayOut;
        }
    }

    /**
     * The vendor text is too long.
     *
     * @param length bytes given
     * @param limit bytes there are
     */
    record VsdTooLong(int length, int limit) implements BurnFailure {
        @Override
        public String message() {
            return "VSD string is too long (" + length + " bytes), at most " + limit
                    + " are allowed";
        }

        @Override
        public String advice() {
            return "shorten it";
        }
    }

    /**
     * The vendor text has characters that the image cannot hold.
     *
     * @param text the text given
     */
    record BadVsd(String text) implements BurnFailure {
        @Override
        public String message() {
            return "VSD string \"" + text + "\" has characters outside of ISO 8859-1, or a NUL";
        }

        @Override
        public String advice() {
            return "use plain letters";
        }
    }

    /**
     * Images on flash that contradict each other or lie where none may be.
     *
     * @param starts where images begin
     * @param why what is wrong
     */
    record UnclearFlash(List<Long> starts, String why) implements BurnFailure {
        /** Keeps a copy. */
        public UnclearFlash {
            starts = List.copyOf(starts);
        }

        @Override
        public String message() {
            return "Images begin at "
                    + starts.stream().map(s -> "0x"
                            + Long.toHexString(s)).collect(Collectors.joining(", ")) + ": " + why;
        }

        @Override
        public String advice() {
            return "back up the flash first; -nofs burns over it";
        }
    }

    /**
     * The image has not as many GUID entries as were given.
     *
     * @param entries those it has; four are for GUIDs, the fifth and sixth for MACs
     */
    record NoPlace(int entries) implements BurnFailure {
        @Override
        public String message() {
            return "The GUID section has " + entries + " entries: there is no place for "
                    + (entries < 4 ? "four GUIDs" : "MACs");
        }

        @Override
        public String advice() {
            return entries < 4 ? "burn a newer image" : "give GUIDs only, or burn a newer image";
        }
    }

    /**
     * What was given as a boot ROM is none.
     *
     * @param why what it is
     */
    record BadRom(String why) implements BurnFailure {
        @Override
        public String message() {
            return why;
        }

        @Override
        public String advice() {
            return "give a file as `cx3 flint rrom` writes it";
        }
    }

    /**
     * The ROM may not be removed or replaced.
     *
     * @param why the rule
     * @param wayOut what the operator can do
     */
    record RomStays(String why, String wayOut) implements BurnFailure {
        @Override
        public String message() {
            return why;
        }

        @Override
        public String advice() {
            return wayOut;
        }
    }

    /**
     * The plan destroys the only image before the new one is complete, and nobody agreed to that.
     *
     * @param danger between which steps nothing can boot
     */
    record ConsentMissing(String danger) implements BurnFailure {
        @Override
        public String message() {
            return "This burn is not failsafe: " + danger;
        }

        @Override
        public String advice() {
            return "agree to it explicitly";
        }
    }

    /**
     * How to bring a card back is for the operator to say, or there is no way.
     *
     * @param what what is in the way
     * @param wayOut what can be said or done
     */
    record Undecided(String what, String wayOut) implements BurnFailure {
        @Override
        public String message() {
            return what;
        }

        @Override
        public String advice() {
            return wayOut;
        }
    }

    /**
     * The flash does not hold what was planned for any more.
     *
     * @param what what changed
     */
    record FlashChanged(String what) implements BurnFailure {
        @Override
        public String message() {
            return "The flash changed after the plan was made: " + what;
        }

        @Override
        public String advice() {
            return "stop other flash tools and burn again";
        }
    }

    /**
     * The flash does not keep what is written.
     *
     * @param address first flash address that differs
     * @param expected byte that was written
     * @param found byte that is there
     * @param rounds how often it was written
     * @param state what boots now
     */
    record VerifyFailed(long address, int expected, int found, int rounds, String state)
            implements BurnFailure {
        @Override
        public String message() {
            return String.format(
                    "Flash address 0x%x holds 0x%02x instead of 0x%02x after %d tries. %s", address,
                            found,
                    expected, rounds, state);
        }

        @Override
        public String advice() {
            return "burn again; if it stays, the flash chip is worn out";
        }
    }

    /**
     * Stopped on request, or by a failing device.
     *
     * @param step what was being done
     * @param why what happened
     * @param cancelled whether it was on request
     * @param state what boots now
     * @param wayOut what the operator can do
     */
    record Interrupted(String step, String why, boolean cancelled, String state, String wayOut)
            implements BurnFailure {
        @Override
        public String message() {
            return (cancelled ? "Cancelled while " : "Failed while ") + step + ": " + why + ". "
                    + state;
        }

        @Override
        public String advice() {
            return wayOut;
        }
    }
}
