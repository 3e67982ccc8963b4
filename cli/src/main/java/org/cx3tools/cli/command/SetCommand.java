// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cx3tools.assemble.AssembleNote;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.AssembleResult;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Assignment;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.KeySetter;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.ImageChanges;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Nearest;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.InfoTag;
import org.cx3tools.image.InfoTagValue;
import org.cx3tools.image.SectionType;

/** {@code cx3 set}. */
final class SetCommand implements Command {
    private static final Opt BOARD = Opt.value("board-file", "FILE", "replace the board file (.ini)", "unchanged");
    private static final Opt NEW_PSID = Opt.value("new-psid", "PSID", "PSID, in its tag and in the board file",
        "unchanged");
    private static final Opt VSD = Opt.value("vsd", "TEXT", "vendor text, up to 208 bytes", "unchanged");
    private static final Opt PRODUCT = Opt.value("product-version", "TEXT", "product version, up to 16 bytes",
        "unchanged");
    private static final Opt TAG = Opt.value("tag", "NAME=VALUE",
        "an Image Info tag by name or as tag[ID], written as cx3 inspect shows it; may be repeated", "unchanged");
    /** A card would be burnt with an image that says it is for another, or for none. */
    private static final Set<Integer> HARDWARE_TAGS = Set.of(InfoTag.DEVICE_TYPE, InfoTag.HARDWARE_IDS);
    private static final Opt NO_TAG = Opt.value("remove-tag", "NAME", "remove an Image Info tag; may be repeated",
        "unchanged");

    @Override
    public Spec spec() {
        List<Opt> options = new ArrayList<>(EditTarget.OPTIONS);
        options.addAll(IdentityOptions.all());
        options.addAll(List.of(NEW_PSID, VSD, PRODUCT, TAG, NO_TAG, BOARD, AssembleCommand.FIELDS,
            AssembleCommand.TEXT_ONLY));
        return new Spec("set", "-i FILE [-o FILE] | -d DEVICE  [OPTIONS] [NAME=VALUE ...]", List.of(
            "Changes an image, in a file or on a card: GUIDs and MACs, PSID, texts and tags of Image Info, the board file.",
            "NAME=VALUE sets a key of the board file ([SECTION] key, or the key alone) or a register field by its name;",
            "a key reaches the image as text and as the bits of its field, as in cx3 assemble. What changes is shown",
            "first; --plan shows it and changes nothing. A file is replaced at once when the new image was verified."),
            options, 0, 1000,
            List.of("cx3 set -i new_firmware.bin --new-psid MT_1090120019 -o changed.bin",
                "cx3 set -i new_firmware.bin \"[HCA] sriov_en=0\" --plan",
                "cx3 set -d 23:00.0 --mac 24:be:05:c5:57:c1 -y"));
    }

    @Override
    public int run(Request request) throws Exception {
        List<Assignment> wishes = wishes(request);
        boolean anything = Stream.concat(IdentityOptions.all().stream(), Stream.of(NEW_PSID, VSD, PRODUCT, TAG, NO_TAG,
            BOARD)).anyMatch(request::has);
        if (wishes.isEmpty() && !anything) {
            throw CliException.usage("nothing to set", "name what is to be changed; cx3 set --help lists it");
        }
        FieldDictionary fields = AssembleCommand.fields(request);
        try (EditTarget target = EditTarget.open(request, fields)) {
            if (target.onCard() && IdentityOptions.blank(request)) {
                throw CliException.usage("--blank-guids goes with a file", "a card with blank GUIDs does not boot");
            }
            List<String> notes = new ArrayList<>();
            Fs2Image changed = boardFile(request, target.image(), wishes,
                AssembleOptions.defaults().withFields(fields).withTextOnly(request.has(AssembleCommand.TEXT_ONLY)), notes);
            changed = tags(request, changed, target.onCard());
            changed = IdentityOptions.apply(request, changed);
            return target.finish(changed, "the changed image of the card", notes);
        }
    }

    private static List<Assignment> wishes(Request request) throws CliException {
        List<Assignment> wishes = new ArrayList<>();
        for (String word : request.arguments()) {
            wishes.add(assignment(word));
        }
        return wishes;
    }

    private static Assignment assignment(String word) throws CliException {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw CliException.usage("\"" + word + "\" is not NAME=VALUE",
                "write it as \"[IB] port1_802_3ap_kr_enable=1\" or sriov_en=0");
        }
        return new Assignment(word.substring(0, equals).strip(), word.substring(equals + 1).strip());
    }

    /** Board file, then keys and fields, then the PSID, which is a key too. */
    private static Fs2Image boardFile(Request request, Fs2Image image, List<Assignment> wishes, AssembleOptions options,
            List<String> notes) throws Exception {
        Fs2Image changed = image;
        if (request.has(BOARD)) {
            changed = told(new Assembler(options).assemble(changed, AssembleCommand.boardFile(
                request.streams().resolve(request.value(BOARD, "")))), notes);
        }
        List<Assignment> all = new ArrayList<>(wishes);
        if (request.has(NEW_PSID)) {
            if (image.section(SectionType.FW_CONFIGURATION).isPresent()) {
                all.add(new Assignment("[ADAPTER] PSID", request.value(NEW_PSID, "")));
            } else {
                changed = text(changed, InfoTag.PSID, request.value(NEW_PSID, ""), NEW_PSID);
            }
        }
        return all.isEmpty() ? changed : told(KeySetter.set(changed, all, options), notes);
    }

    private static Fs2Image told(AssembleResult result, List<String> notes) {
        result.notes().stream().map(AssembleNote::text).forEach(notes::add);
        return result.image();
    }

    private static Fs2Image tags(Request request, Fs2Image image, boolean onCard) throws CliException, BurnException {
        Fs2Image changed = image;
        for (String name : request.values(NO_TAG)) {
            int id = id(name);
            if (onCard && HARDWARE_TAGS.contains(id)) {
                throw CliException.usage("tag " + name + " tells which hardware an image is for",
                    "it is removed in a file only");
            }
            changed = ImageChanges.withoutTag(changed, id);
        }
        for (String word : request.values(TAG)) {
            Assignment tag = assignment(word);
            int id = id(tag.name());
            if (id == InfoTag.PSID) {
                throw CliException.usage("the PSID stands in the board file too", "set both with --new-psid");
            }
            if (onCard && HARDWARE_TAGS.contains(id)) {
                throw CliException.usage("tag " + tag.name() + " tells which hardware an image is for",
                    "it is changed in a file only");
            }
            Bytes data = InfoTagValue.parse(id, tag.value()).or(() -> InfoTagValue.parseWords(tag.value()))
                .or(() -> InfoTagValue.parse(id, "\"" + tag.value() + "\""))
                .orElseThrow(() -> CliException.usage("tag " + tag.name() + " cannot be \"" + tag.value() + "\"",
                    "write it as cx3 inspect shows it: 2.36.5000, 2016-01-06 12:34:56, or words 0x00000001 0x00000002"));
            changed = ImageChanges.withTag(changed, id, data);
        }
        if (request.has(PRODUCT)) {
            changed = text(changed, InfoTag.PRODUCT_VERSION, request.value(PRODUCT, ""), PRODUCT);
        }
        if (request.has(VSD) && !request.value(VSD, "").matches("[ -~]*")) {
            throw CliException.usage("--vsd: printable characters only", "");
        }
        return request.has(VSD) ? ImageChanges.withVsd(changed, request.value(VSD, "")) : changed;
    }

    private static Fs2Image text(Fs2Image image, int tag, String text, Opt option) throws CliException, BurnException {
        Optional<Bytes> data = InfoTagValue.parse(tag, "\"" + text + "\"");
        if (data.isEmpty()) {
            throw CliException.usage("--" + option.name() + ": up to 16 printable characters without quotes", "");
        }
        return ImageChanges.withTag(image, tag, data.get());
    }

    private static int id(String name) throws CliException {
        Optional<Integer> id = InfoTagValue.id(name);
        if (id.isEmpty()) {
            throw CliException.usage("no Image Info tag is called " + name,
                Nearest.hint(name, InfoTagValue.names(), "the names: " + String.join(" ", InfoTagValue.names())));
        }
        return id.get();
    }
}
