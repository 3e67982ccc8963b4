// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.backup.Backup;
import org.cx3tools.backup.BackupException;
import org.cx3tools.backup.BackupStore;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.Json;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.ProgressView;
import org.cx3tools.device.Device;

/** {@code cx3 backup}. */
final class BackupCommand implements Command {
    private static final Opt VERIFY = Opt.value("verify", "FILE", "judge a backup anew: size, hash, every image", "back up");
    private static final Opt LIST = Opt.flag("list", "list the backups of this host, or of a folder", "back up");

    @Override
    public Spec spec() {
        return new Spec("backup", "-d DEVICE [FOLDER] | --verify FILE | --list [FOLDER]", List.of(
            "Keeps the whole flash of a card, byte for byte, with a manifest that tells of which card it is, when it was",
            "made, and how good each image on it is. The same content is kept once. Every burn does this by itself.",
            "Without FOLDER backups go to /var/lib/cx3tools/backups (or CX3_STATE_DIR, or ~/.local/state/cx3tools)."),
            List.of(Opt.DEVICE, VERIFY, LIST, Opt.JSON), 0, 1,
            List.of("cx3 backup -d 23:00.0", "cx3 backup -d 23:00.0 /mnt/usb", "cx3 backup --verify BACKUP.bin",
                "cx3 backup --list"));
    }

    @Override
    public int run(Request request) throws Exception {
        boolean other = request.has(VERIFY) || request.has(LIST);
        if (other && request.has(Opt.DEVICE) || request.has(VERIFY) && (request.has(LIST)
                || !request.arguments().isEmpty())) {
            throw CliException.usage("-d DEVICE, --verify FILE and --list exclude each other, and --verify takes one file",
                "give one of them");
        }
        if (request.has(VERIFY)) {
            return verify(request, request.streams().resolve(request.value(VERIFY, "")));
        }
        return request.has(LIST) ? list(request) : save(request);
    }

    private static BackupStore store(Request request) throws IOException {
        String folder = request.argument(0, "");
        return folder.isEmpty() ? BackupStore.in(request.streams().state())
            : new BackupStore(request.streams().resolve(folder));
    }

    private static int save(Request request) throws Exception {
        BackupStore store = store(request);
        if (!Files.isDirectory(store.folder())) {
            throw CliException.failed(store.folder() + ": no such folder", "make it, or choose another one");
        }
        BackupStore.Saved saved;
        try (Device device = Targets.reading(request); ProgressView view = new ProgressView(request.streams())) {
            saved = store.save(device.card(), FlashContent.whole(device.flash(), view));
        }
        Backup backup = saved.backup();
        boolean fresh = saved.outcome() == BackupStore.Outcome.WRITTEN;
        if (request.json()) {
            Map<String, Object> map = map(backup);
            map.put("written", fresh);
            Json.print(request.out(), map);
        } else {
            Out out = request.out();
            out.line((fresh ? "Backup written: " : "This very content is backed up already: ") + backup.file());
            out.line("  " + backup.manifest().sizeBytes() + " bytes, SHA-256 " + backup.manifest().sha256());
            out.line("  images: " + images(backup));
        }
        return ExitCode.DONE;
    }

    private static int list(Request request) throws IOException {
        List<Object> all = new ArrayList<>();
        for (Backup backup : store(request).list()) {
            all.add(map(backup));
            if (!request.json()) {
                request.out().line(backup.manifest().value("time") + "  " + backup.manifest().value("device") + "  "
                    + images(backup) + "  " + backup.file());
            }
        }
        if (request.json()) {
            Json.print(request.out(), Map.of("backups", all));
        } else if (all.isEmpty()) {
            request.out().line("no backups");
        }
        return ExitCode.DONE;
    }

    private static int verify(Request request, Path file) throws IOException {
        List<String> problems;
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            Backup backup = Backup.open(file);
            problems = backup.problems();
            map.putAll(map(backup));
            map.put("boots", problems.isEmpty() && backup.boots());
        } catch (BackupException e) {
            problems = List.of(e.getMessage());
        }
        map.put("good", problems.isEmpty());
        map.put("problems", problems);
        if (request.json()) {
            Json.print(request.out(), map);
        } else {
            problems.forEach(problem -> request.out().line("problem: " + problem));
            request.out().line(file + (problems.isEmpty() ? ": good; images: " + map.get("images") : ": bad"));
            if (problems.isEmpty() && map.get("boots").equals(false)) {
                request.out().line("It is a faithful copy of a flash from which nothing boots.");
            }
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Map<String, Object> map(Backup backup) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", backup.file().toString());
        map.put("bytes", backup.manifest().sizeBytes());
        map.put("sha256", backup.manifest().sha256());
        map.put("images", images(backup));
        map.put("manifest", backup.manifest().values());
        return map;
    }

    private static String images(Backup backup) {
        String slots = backup.manifest().value("slots");
        return slots.isEmpty() ? "none" : slots;
    }
}
