// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.cli.CliException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;

/** GUIDs and MACs on a command line: all of them, counted from the first, or single ones. */
final class IdentityOptions {
    static final Opt GUID = Opt.value("guid", "GUID[,..]",
        "GUIDs: the first of four consecutive ones (node, port 1, port 2, system), or all four", "unchanged");
    static final Opt MAC = Opt.value("mac", "MAC[,..]", "MACs: the first of two consecutive ones, or both", "unchanged");
    static final Opt FROM_GUIDS = Opt.flag("macs-from-guids",
        "MACs from the port GUIDs: without their middle 16 bits", "unchanged");
    static final Opt BLANK = Opt.flag("blank-guids",
        "all GUIDs and MACs blank, as in a release image; only in a file", "unchanged");
    private static final List<Opt> SINGLE_GUIDS = List.of(
        Opt.value("node-guid", "GUID", "one GUID alone", "unchanged"),
        Opt.value("port1-guid", "GUID", "one GUID alone", "unchanged"),
        Opt.value("port2-guid", "GUID", "one GUID alone", "unchanged"),
        Opt.value("system-guid", "GUID", "one GUID alone", "unchanged"));
    private static final List<Opt> SINGLE_MACS = List.of(
        Opt.value("mac1", "MAC", "MAC of port 1 alone", "unchanged"),
        Opt.value("mac2", "MAC", "MAC of port 2 alone", "unchanged"));
    private static final int GUID_DIGITS = 16;
    private static final int MAC_DIGITS = 12;

    private IdentityOptions() {
    }

    /** All of them, for the help. */
    static List<Opt> all() {
        List<Opt> all = new ArrayList<>(List.of(GUID));
        all.addAll(SINGLE_GUIDS);
        all.add(MAC);
        all.addAll(SINGLE_MACS);
        all.addAll(List.of(FROM_GUIDS, BLANK));
        return all;
    }

    /** Four GUIDs, counted from the first if only one is given. */
    static List<Long> guids(Request request, Opt option) throws CliException {
        return numbers(request, option, 4, GUID_DIGITS);
    }

    /** Two MACs, counted from the first if only one is given. */
    static List<Long> macs(Request request, Opt option) throws CliException {
        return numbers(request, option, 2, MAC_DIGITS);
    }

    /** Whether an image with blank GUIDs is wanted. */
    static boolean blank(Request request) {
        return request.has(BLANK);
    }

    /** The image with the GUIDs and MACs that are wanted; the same if none are. */
    static Fs2Image apply(Request request, Fs2Image image) throws CliException, BurnException {
        check(request);
        if (request.has(BLANK)) {
            return ImageChanges.withBlankGuids(image);
        }
        Optional<List<Long>> guids = group(request, image, GUID, SINGLE_GUIDS, 0, GUID_DIGITS);
        Optional<List<Long>> macs = group(request, image, MAC, SINGLE_MACS, 4, MAC_DIGITS);
        Fs2Image changed = guids.isEmpty() && macs.isEmpty() ? image
            : ImageChanges.withIdentity(image, guids, macs);
        if (!request.has(FROM_GUIDS)) {
            return changed;
        }
        GuidBlock block = changed.guids().filter(b -> b.hasGuids() && b.port(1) != GuidBlock.BLANK
            && b.port(2) != GuidBlock.BLANK).orElseThrow(() -> CliException.failed(
            "the image has no port GUIDs to make MACs of", "give --guid as well, or --mac"));
        return ImageChanges.withIdentity(changed, Optional.empty(),
            Optional.of(List.of(block.derivedMac(1), block.derivedMac(2))));
    }

    private static Optional<List<Long>> group(Request request, Fs2Image image, Opt all, List<Opt> single, int first,
            int digits) throws CliException {
        if (request.has(all)) {
            return Optional.of(numbers(request, all, single.size(), digits));
        }
        if (single.stream().noneMatch(request::has)) {
            return Optional.empty();
        }
        List<Long> now = image.guids().map(GuidBlock::entries).orElse(List.of());
        if (now.size() < first + single.size()) {
            throw CliException.failed("the image has " + now.size() + " GUID entries, none for this", "");
        }
        List<Long> values = new ArrayList<>(now.subList(first, first + single.size()));
        if (image.hasBlankGuids()) {
            throw CliException.failed("the GUIDs of the image are blank: one alone cannot be set",
                "give all of them with --guid and --mac");
        }
        for (int i = 0; i < single.size(); i++) {
            if (request.has(single.get(i))) {
                values.set(i, number(request.value(single.get(i), ""), single.get(i), digits));
            }
        }
        return Optional.of(values);
    }

    private static void check(Request request) throws CliException {
        boolean guids = SINGLE_GUIDS.stream().anyMatch(request::has);
        boolean macs = SINGLE_MACS.stream().anyMatch(request::has);
        if (request.has(GUID) && guids || request.has(MAC) && macs) {
            throw CliException.usage("single ones exclude --guid and --mac", "give one way for the GUIDs and one for the MACs");
        }
        if (request.has(FROM_GUIDS) && (request.has(MAC) || macs)) {
            throw CliException.usage("--macs-from-guids excludes MACs that are given", "give one of them");
        }
        if (request.has(BLANK) && (request.has(GUID) || request.has(MAC) || guids || macs || request.has(FROM_GUIDS))) {
            throw CliException.usage("--blank-guids excludes all other GUIDs and MACs", "give one of them");
        }
    }

    private static List<Long> numbers(Request request, Opt option, int count, int digits) throws CliException {
        List<Long> numbers = new ArrayList<>();
        for (String word : request.value(option, "").split(",", -1)) {
            numbers.add(number(word, option, digits));
        }
        if (numbers.size() == 1) {
            for (int i = 1; i < count; i++) {
                numbers.add(usable(numbers.get(0) + i, option, digits));
            }
        }
        if (numbers.size() != count) {
            throw CliException.usage("--" + option.name() + " needs 1 or " + count + " values, not "
                + numbers.size(), "separate them by commas");
        }
        return numbers;
    }

    /** A digit that was forgotten must not make another address of it. */
    private static long number(String word, Opt option, int digits) throws CliException {
        String plain = word.startsWith("0x") || word.startsWith("0X") ? word.substring(2) : word;
        boolean grouped = plain.matches("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2})+|[0-9a-fA-F]{4}([:-][0-9a-fA-F]{4})+");
        String hex = grouped ? plain.replaceAll("[:-]", "") : plain;
        if (hex.length() != digits || !hex.matches("[0-9a-fA-F]+")) {
            throw CliException.usage("--" + option.name() + ": \"" + word + "\" has not " + digits
                + " hexadecimal digits", "write it as on the sticker of the card, with leading zeros");
        }
        return usable(Long.parseUnsignedLong(hex, 16), option, digits);
    }

    private static long usable(long value, Opt option, int digits) throws CliException {
        long ones = digits == GUID_DIGITS ? -1L : (1L << 4 * MAC_DIGITS) - 1;
        if (value == 0 || Long.compareUnsigned(value, ones) >= 0) {
            throw CliException.usage("--" + option.name() + ": zero, all ones, and what counts beyond them name nobody",
                "take the one on the sticker of the card");
        }
        return value;
    }
}
