// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashEdit;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.DiffText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.device.DeviceException;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageFile;
import org.cx3tools.inspect.Difference;
import org.cx3tools.inspect.ImageDiff;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.verify.Finding;
import org.cx3tools.verify.Verifier;

/**
 * The image of {@code -i} or {@code -d}, for a command that changes it. What changes is shown first. A file is
 * replaced at once, after what was written was read back; a card is burnt like with any other image.
 */
final class EditTarget implements AutoCloseable {
    static final Opt OUTPUT = new Opt("o", "output", "FILE", "write the changed image to a new file",
        "the file itself is changed");
    /** What every command takes that changes an image. */
    static final List<Opt> OPTIONS = List.of(Opt.DEVICE, Opt.IMAGE, Opt.PSID, OUTPUT, Opt.FORCE, Burning.PLAN,
        Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.YES, Opt.JSON);

    private final Request request;
    private final FieldDictionary fields;
    private final String name;
    private final Optional<ChangeTarget> card;
    private final Optional<Burning> burning;
    private final Optional<FlashEdit> edit;
    private final Optional<ImageFile> file;

    private EditTarget(Request request, FieldDictionary fields, String name, Optional<ChangeTarget> card, Optional<Burning> burning,
            Optional<FlashEdit> edit, Optional<ImageFile> file) {
        this.request = request;
        this.fields = fields;
        this.name = name;
        this.card = card;
        this.burning = burning;
        this.edit = edit;
        this.file = file;
    }

    /**
     * Opens what the command line names.
     *
     * @param fields names of register fields for what is shown, beside those that ship with us
     * @throws CliException when it names nothing, both, or what cannot be changed
     */
    static EditTarget open(Request request, FieldDictionary fields) throws Exception {
        if (Targets.isDevice(request)) {
            request.refuse("an image file", List.of(OUTPUT, Opt.FORCE));
            ChangeTarget card = ChangeTarget.open(request, request.has(Burning.PLAN));
            try {
                Burning burning = Burning.on(request, card.device());
                return new EditTarget(request, fields, request.value(Opt.DEVICE, ""), Optional.of(card), Optional.of(burning),
                    Optional.of(FlashEdit.of(burning.content(), card.device().card())), Optional.empty());
            } catch (Exception e) {
                card.close();
                throw e;
            }
        }
        request.refuse("a card", List.of(Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS, ChangeTarget.UNBIND,
            ChangeTarget.BESIDE));
        String name = request.value(Opt.IMAGE, "");
        if (Images.isArchive(request, name) && !request.has(OUTPUT)) {
            throw CliException.usage(name + " is an archive, which is not changed in place",
                "add -o FILE for the changed image");
        }
        if (request.has(OUTPUT)) {
            OutputFile.check(request.streams().resolve(request.value(OUTPUT, "")), request.has(Opt.FORCE),
                request.streams().resolve(name));
        } else {
            request.refuse("-o", List.of(Opt.FORCE));
        }
        return new EditTarget(request, fields, name, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.of(ImageFile.parse(Images.file(request, name).bytes(), false)));
    }

    Fs2Image image() {
        return edit.isPresent() ? edit.get().image() : file.orElseThrow().image();
    }

    boolean onCard() {
        return card.isPresent();
    }

    /**
     * Shows what changes and does it. With {@code --plan} it is only shown.
     *
     * @param changed the image as it is wanted
     * @param what name of the changed image for the plan of a burn
     * @param notes what an operator should know
     * @return exit code
     */
    int finish(Fs2Image changed, String what, List<String> notes) throws Exception {
        notes.forEach(request::note);
        List<Difference> differences = ImageDiff.of(ImageView.of(image(), fields), ImageView.of(changed, fields));
        boolean nothing = differences.isEmpty() && !request.has(OUTPUT);
        if (!request.json()) {
            DiffText.print(request.out(), differences);
        }
        if (onCard() && !nothing) {
            BurnPlan plan = edit.orElseThrow().plan(changed);
            return burning.orElseThrow().carryOut(what, plan, Map.of("differences", DiffText.list(differences),
                "notes", notes));
        }
        boolean toNewFile = request.has(OUTPUT);
        String output = toNewFile ? request.value(OUTPUT, "") : name;
        Bytes content = nothing ? Bytes.empty() : toNewFile ? changed.trimmed().bytes() : newContent(changed);
        boolean write = !nothing && !request.has(Burning.PLAN);
        if (write) {
            write(request.streams().resolve(output), content, toNewFile);
        }
        if (request.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("image", name);
            map.put("differences", DiffText.list(differences));
            map.put("notes", notes);
            map.put(onCard() ? "burnt" : "written", onCard() ? Boolean.FALSE : write ? output : null);
            Json.print(request.out(), map);
        } else {
            request.out().line(write ? output + ": " + content.length() + " bytes written" : "nothing was changed");
        }
        return ExitCode.DONE;
    }

    private Bytes newContent(Fs2Image changed) throws CliException {
        try {
            return file.orElseThrow().with(changed);
        } catch (FormatException e) {
            throw CliException.failed(name + " would lose something: " + e.getMessage(), "write the changed image to a"
                + " new file with -o; a dump of a flash is changed as a card: -d file:" + name);
        }
    }

    private void write(Path path, Bytes content, boolean toNewFile) throws CliException, IOException {
        Optional<Finding> wrong = Verifier.firstError(Verifier.verify(content).findings());
        if (wrong.isPresent()) {
            throw CliException.failed("the changed image would not be good: " + wrong.get(), "nothing was written");
        }
        if (toNewFile) {
            OutputFile.write(path, content.toArray(), request.has(Opt.FORCE));
        } else {
            OutputFile.rewrite(path, content.toArray());
        }
    }

    @Override
    public void close() throws DeviceException {
        if (card.isPresent()) {
            card.get().close();
        }
    }
}
