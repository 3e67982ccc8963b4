// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.DeviceNames;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.NamedImages;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.cli.output.UpdateText;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.image.FormatException;
import org.cx3tools.update.AvailableImage;
import org.cx3tools.update.ManagedImage;
import org.cx3tools.update.UpdateStatus;

/** {@code cx3 update}: each card gets the image with its PSID, if there is one that is newer. */
final class UpdateCommand implements Command {
    private static final Opt IMAGES = new Opt("i", "image", "FILE|FOLDER",
        "image, archive (.mfa), or a folder with both", "none");
    private static final Opt FORCE = new Opt("f", "force", "", "burn what is not newer, too", "newer only");

    @Override
    public Spec spec() {
        return new Spec("update", "[-d DEVICE] -i FILE|FOLDER [OPTIONS]", List.of(
            "Compares cards with images: of a file, of an archive, or of a folder. Each card for which there is exactly one",
            "image with its PSID, and a newer one, gets it, one card after the other, as cx3 burn does it: backup, plan,",
            "question, failsafe. A card that fails stops none of the others; the exit code is 1 then, as it is for a card",
            "without an image or with several."),
            List.of(Opt.DEVICE, IMAGES, FORCE, Opt.YES, Burning.PLAN, Burning.REHEARSE, Burning.NO_BACKUP, Burning.NOFS,
                ChangeTarget.UNBIND, ChangeTarget.BESIDE, Opt.JSON), 0, 0,
            List.of("cx3 update -d 23:00.0 -i boards.mfa --plan", "cx3 update -d 23:00.0 -i new_firmware.bin -y"));
    }

    /** A card beside the images. */
    private record Card(String name, UpdateStatus status, List<AvailableImage> matching, Map<String, Object> map) {
    }

    @Override
    public int run(Request request) throws Exception {
        NamedImages images = images(request, request.required(IMAGES));
        List<String> names = names(request);
        List<Map<String, Object>> all = new ArrayList<>();
        List<Card> cards = new ArrayList<>();
        int code = ExitCode.DONE;
        for (String name : names) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("device", name);
            all.add(map);
            try {
                Card card = look(name, images, request, map);
                cards.add(card);
                code = Math.max(code, card.matching().size() == 1 ? ExitCode.DONE : ExitCode.FAILED);
            } catch (DeviceException | FormatException | CliException e) {
                code = Math.max(code, failed(request, name, map, e));
            }
        }
        for (Card card : cards) {
            if (card.status().burns()) {
                code = Math.max(code, update(request, card, images));
            }
        }
        if (request.json()) {
            Json.print(request.out(), Map.of("cards", all));
        }
        return code;
    }

    private static NamedImages images(Request request, String name) throws CliException {
        NamedImages images = Files.isDirectory(request.streams().resolve(name))
            ? NamedImages.ofFolder(name, request.streams()) : NamedImages.ofFile(name, request.streams());
        if (images.images().all().isEmpty()) {
            throw CliException.failed(name + " holds no image and no archive of images (.mfa)", "name another folder");
        }
        return images;
    }

    private static List<String> names(Request request) throws CliException, DeviceException {
        if (request.has(Opt.DEVICE)) {
            return List.of(request.value(Opt.DEVICE, ""));
        }
        List<String> names = Devices.list().stream().map(CardInfo::name).toList();
        if (names.isEmpty()) {
            throw CliException.failed("this machine has no ConnectX-3 card", "name a virtual one with -d sim:FILE");
        }
        return names;
    }

    private static Card look(String name, NamedImages images, Request request, Map<String, Object> map)
            throws DeviceException, FormatException, CliException {
        try (Device device = Targets.reading(request, name)) {
            ManagedImage current = ManagedImage.ofCard(device).orElseThrow(() -> CliException.failed(
                "No valid image found on the flash", "cx3 recover -d " + name + " tells what happened"));
            List<AvailableImage> matching = images.images().matching(current.query().psid());
            UpdateStatus status = UpdateStatus.of(current, matching, request.has(FORCE));
            List<String> files = images.names(matching);
            map.put("psid", current.query().psid().orElse(""));
            map.put("current", UpdateText.firmware(current));
            map.put("available", matching.size() == 1 ? UpdateText.firmware(matching.get(0).managed()) : "");
            map.put("files", files);
            map.put("status", UpdateText.status(status));
            if (!request.json()) {
                print(request.out(), name, map, files);
            }
            return new Card(name, status, matching, map);
        }
    }

    private static void print(Out out, String name, Map<String, Object> map, List<String> files) {
        String available = map.get("available").toString();
        out.line(name + ": " + Printable.of(map.get("psid").toString()) + ", firmware " + map.get("current")
            + (available.isEmpty() ? "" : ", available " + available) + ": " + map.get("status")
            + (files.isEmpty() ? "" : " (" + Printable.of(String.join(", ", files)) + ")"));
    }

    private static int update(Request request, Card card, NamedImages images) {
        AvailableImage image = card.matching().get(0);
        if (!request.json()) {
            request.out().newline().line("Updating " + card.name());
        }
        try (ChangeTarget target = ChangeTarget.open(request, card.name(), request.has(Burning.PLAN))) {
            Burning burning = Burning.on(request, target.device());
            BurnPlan plan = BurnPlan.make(image.image(), burning.content(), BurnCommand.options(request),
                target.device().card());
            return burning.carryOutInto(card.map(), images.name(image), plan);
        } catch (Exception e) {
            return failed(request, card.name(), card.map(), e);
        }
    }

    private static int failed(Request request, String name, Map<String, Object> map, Exception e) {
        CliException error = Problems.explain(e);
        map.put("error", error.line());
        request.out().flush();
        request.err().line("cx3: error: " + Printable.of(name) + ": "
            + Printable.lines(DeviceNames.without(error.line(), name, request.streams())));
        return error.exitCode();
    }
}
