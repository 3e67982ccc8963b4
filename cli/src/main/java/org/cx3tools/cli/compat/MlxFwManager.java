// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.DeviceNames;
import org.cx3tools.cli.NamedImages;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.image.FormatException;
import org.cx3tools.update.AvailableImage;
import org.cx3tools.update.ManagedImage;
import org.cx3tools.update.UpdateStatus;

/** The vendor's {@code mlxfwmanager}: query and update of cards, content of archives (nv-config 5.1 to 5.3). */
public final class MlxFwManager {
    private static final String[] USAGE = {
        "Usage: cx3 mlxfwmanager [-d DEVICE[;DEVICE...]] [-i IMAGE | -D FOLDER] [-u] [OPTIONS]",
        "",
        "  -d, --dev DEVICE      23:00.0, sim:FILE and so on; several joined with ; or -d again   (without it: all of this",
        "                        machine)",
        "  -i, --image-file FILE an image, or an archive (.mfa) with the images of many boards",
        "  -D, --image-dir DIR   all images and archives of a folder   (without both: nothing to compare with)",
        "  -u, --update          burn the image for each card if it is newer",
        "  -f, --force           burn it even if it is not",
        "  -y, --yes / --no      answer the question of an update",
        "      --nofs            burn although no image boots for a while",
        "      --no_fw_ctrl      accepted; these cards have no firmware controlled update",
        "      --no-progress     no percentage",
        "  -L, --log-file FILE   append a record of the updates",
        "      --query           query only   (the default)",
        "      --query-format F  Text (default) or XML; --query-xml is XML, too",
        "  -o, --outfile FILE    write the query or the list to a file",
        "  -l, --list-content    list what -i or -D holds; --archive-names names the files, --psid PSID chooses a board",
        "      --extract         write the image of --psid PSID of the archive -i to --extract-file FILE",
        "      --extract-all     write all images of the archive -i to --extract-dir FOLDER",
        "      --clear-semaphore free the locks of the flash of -d, whoever holds them; with nothing else",
        "",
        "EXAMPLE",
        "  cx3 mlxfwmanager -d 23:00.0",
        "",
        "Exit codes: 0 done, 1 query failed, 2 burn failed, 3 bad arguments, 8 extraction failed, 9 no image,",
        "11 several images, 17 damaged file, 20 no device.",
    };

    private final Streams streams;
    private final ManagerOptions options;
    private final Out out;
    private final List<ManagerUpdate.Job> jobs = new ArrayList<>();
    /** Files by the PSID for which there are several images. */
    private final Map<String, List<String>> several = new LinkedHashMap<>();
    private int failed;
    private int without;

    private MlxFwManager(Streams streams, ManagerOptions options) {
        this.streams = streams;
        this.options = options;
        out = streams.out();
    }

    /**
     * Runs one command line.
     *
     * @param args the words after {@code mlxfwmanager}
     * @param streams where to read and print
     * @return exit code of the vendor's tool
     */
    public static int run(String[] args, Streams streams) {
        Out out = streams.out();
        try {
            ManagerOptions options = ManagerOptions.parse(args);
            if (options.has("--help")) {
                for (String line : USAGE) {
                    out.line(line);
                }
                return ManagerExit.OK;
            }
            if (options.has("--version")) {
                out.line("cx3 mlxfwmanager, cx3tools " + Version.text());
                return ManagerExit.OK;
            }
            return new MlxFwManager(streams, options).run();
        } catch (CliException e) {
            out.line("-E- " + Printable.of(e.line()));
            return e.getCause() instanceof FormatException ? ManagerExit.DAMAGED_FILE : ManagerExit.BAD_ARGUMENTS;
        } catch (IOException e) {
            out.line("-E- " + Printable.of(Problems.message(e)));
            return ManagerExit.BAD_ARGUMENTS;
        }
    }

    private int run() throws CliException, IOException {
        return switch (options.mode()) {
            case LIST -> list(images());
            case EXTRACT, EXTRACT_ALL -> new ManagerExtraction(streams, options).run();
            case CLEAR -> clear(names());
            case QUERY, UPDATE -> cards(images());
        };
    }

    private NamedImages images() throws CliException {
        if (options.has("--image-file")) {
            return NamedImages.ofFile(options.value("--image-file"), streams);
        }
        return options.has("--image-dir") ? NamedImages.ofFolder(options.value("--image-dir"), streams) : NamedImages.none();
    }

    private List<String> names() throws CliException {
        if (options.has("--dev")) {
            return DeviceNames.once(options.devices(), streams);
        }
        try {
            return Devices.list().stream().map(CardInfo::name).toList();
        } catch (DeviceException e) {
            throw CliException.failed(FlintTarget.text(e), "");
        }
    }

    private int list(NamedImages named) throws CliException, IOException {
        List<AvailableImage> chosen = options.has("--psid")
            ? named.images().matching(Optional.of(options.value("--psid"))) : named.images().all();
        if (chosen.isEmpty()) {
            out.line("-E- No image" + (options.has("--psid") ? " with PSID " + Printable.of(options.value("--psid")) : "")
                + " found in " + Printable.of(options.value("--image-file") + options.value("--image-dir")));
            return ManagerExit.NO_IMAGE;
        }
        ManagerOutputs outputs = ManagerOutputs.checked(options, streams, named.images(), List.of());
        outputs.print(target -> ManagerContents.print(target, named, chosen, options.has("--archive-names")));
        return ManagerExit.OK;
    }

    /** The stock flag: the locks of the flash are freed whoever holds them. */
    private int clear(List<String> names) {
        for (String name : names) {
            try (Device device = Devices.open(streams.resolveDevice(name))) {
                device.clearSemaphores();
            } catch (DeviceException e) {
                failed++;
                out.line("-E- " + Printable.of(name) + ": " + Printable.of(reason(e, name)));
            }
        }
        return failed > 0 ? ManagerExit.QUERY_FAILED : ManagerExit.OK;
    }

    private int cards(NamedImages images) throws CliException, IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            out.line("-E- No devices found or specified, mst might be stopped, run 'mst start' to load MST modules"
                + " (cx3 needs none: name a card with -d, cx3 list shows them)");
            return ManagerExit.NO_DEVICES;
        }
        ManagerOutputs.checked(options, streams, images.images(), names).print(target -> query(target, names, images));
        if (!options.xml()) {
            summary();
        }
        return options.mode() == ManagerMode.UPDATE ? update() : failed > 0 ? ManagerExit.QUERY_FAILED : ManagerExit.OK;
    }

    private void query(Out target, List<String> names, NamedImages images) {
        ManagerReport text = options.xml() ? new ManagerXml(target) : new ManagerText(target);
        text.begin();
        for (int i = 0; i < names.size(); i++) {
            card(text, i + 1, names.get(i), images);
        }
        text.end();
    }

    private void card(ManagerReport text, int number, String name, NamedImages images) {
        Signals.install();
        try (Device device = Devices.openForReading(DeviceAddress.parse(streams.resolveDevice(name)),
                OpenOptions.defaults())) {
            ManagedImage current = ManagedImage.ofCard(device).orElseThrow(
                () -> CliException.failed("No valid image found on the flash", ""));
            List<AvailableImage> matching = images.images().matching(current.query().psid());
            UpdateStatus status = UpdateStatus.of(current, matching, options.has("--force"));
            text.card(number, ManagerFacts.of(name, device, current, matching.size() == 1
                ? Optional.of(matching.get(0).managed()) : Optional.empty(), status));
            if (status.burns()) {
                jobs.add(new ManagerUpdate.Job(number, name, matching.get(0), images.name(matching.get(0))));
            } else if (status == UpdateStatus.NONE) {
                without++;
            } else if (status == UpdateStatus.MULTIPLE) {
                several.put(current.query().psid().orElse(""), images.names(matching));
            }
        } catch (DeviceException e) {
            failed++;
            text.failed(number, name, reason(e, name));
        } catch (FormatException | CliException e) {
            failed++;
            text.failed(number, name, e.getMessage());
        }
    }

    private String reason(DeviceException e, String name) {
        return DeviceNames.without(FlintTarget.text(e), name, streams);
    }

    private void summary() {
        if (!jobs.isEmpty() && options.mode() != ManagerMode.UPDATE) {
            out.line("---------");
            out.line("Found " + jobs.size() + " device(s) requiring firmware update. Please use -u flag to perform the "
                + "update.");
        }
        if (failed > 0) {
            out.line("-E- One or more errors were encountered.");
        }
        if (!options.images()) {
            return;
        }
        if (without > 0) {
            out.line("-E- Could not find matching firmware images for " + without + " device(s).");
        }
        several.forEach((psid, files) -> {
            out.line("-E- There are multiple image sources for device with PSID=" + Printable.of(psid) + " found in files:");
            files.forEach(file -> out.line("    " + Printable.of(file)));
        });
        if (jobs.isEmpty() && failed == 0 && without == 0 && several.isEmpty()) {
            out.line("All listed device(s) firmware images are up to date.");
        }
    }

    private int update() throws CliException {
        int burnFailures = jobs.isEmpty() ? 0 : new ManagerUpdate(options, streams).run(jobs);
        if (burnFailures > 0) {
            return ManagerExit.BURN_FAILED;
        }
        if (failed > 0) {
            return ManagerExit.QUERY_FAILED;
        }
        return without > 0 ? ManagerExit.NO_IMAGE : several.isEmpty() ? ManagerExit.OK : ManagerExit.SEVERAL_IMAGES;
    }
}
