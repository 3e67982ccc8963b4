// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Problems;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.OutputFile;
import org.cx3tools.cli.update.AvailableImages;
import org.cx3tools.cli.update.ManagedImage;
import org.cx3tools.cli.update.UpdateStatus;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.image.FormatException;

/** The vendor's {@code mlxfwmanager}: query and update of cards, content of archives (nv-config 5.1 to 5.3). */
public final class MlxFwManager {
    private static final int OK = 0;
    private static final int QUERY_FAILED = 1;
    private static final int BURN_FAILED = 2;
    private static final int BAD_ARGUMENTS = 3;
    private static final int NO_IMAGE = 9;
    private static final int SEVERAL_IMAGES = 11;
    private static final int NO_DEVICES = 20;
    private static final String[] USAGE = {
        "Usage: cx3 mlxfwmanager [-d DEVICE[;DEVICE...]] [-i IMAGE | -D FOLDER] [-u] [OPTIONS]",
        "",
        "  -d, --dev DEVICE      23:00.0, sim:FILE and so on; several joined with ;   (without it: all of this machine)",
        "  -i, --image-file FILE an image, or an archive (.mfa) with the images of many boards",
        "  -D, --image-dir DIR   all images and archives of a folder   (without both: nothing to compare with)",
        "  -u, --update          burn the image for each card if it is newer",
        "  -f, --force           burn it even if it is not",
        "  -y, --yes / --no      answer the question of an update",
        "      --nofs            burn although no image boots for a while",
        "      --no-progress     no percentage",
        "  -L, --log-file FILE   append a record of the updates",
        "      --query           query only   (the default)",
        "      --query-format F  Text (default) or XML",
        "  -o, --outfile FILE    write the query to a file",
        "  -l, --list-content    list what -i or -D holds; --archive-names names the files",
        "",
        "EXAMPLE",
        "  cx3 mlxfwmanager -d 23:00.0",
        "",
        "Exit codes: 0 done, 1 query failed, 2 burn failed, 3 bad arguments, 9 no image, 11 several images, 20 no device.",
    };

    private final Streams streams;
    private final ManagerOptions options;
    private final Out out;
    private final List<ManagerUpdate.Job> jobs = new ArrayList<>();
    private final List<String> several = new ArrayList<>();
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
                return OK;
            }
            if (options.has("--version")) {
                out.line("cx3 mlxfwmanager, cx3tools " + Version.text());
                return OK;
            }
            return new MlxFwManager(streams, options).run();
        } catch (CliException e) {
            out.line("-E- " + e.line());
            return BAD_ARGUMENTS;
        } catch (IOException e) {
            out.line("-E- " + Problems.message(e));
            return BAD_ARGUMENTS;
        }
    }

    private int run() throws CliException, IOException {
        AvailableImages images = images();
        if (options.has("--list-content")) {
            ManagerContents.print(out, images, options.has("--archive-names"));
            return OK;
        }
        List<String> names = names();
        if (names.isEmpty()) {
            out.line("-E- No devices found or specified, mst might be stopped, run 'mst start' to load MST modules"
                + " (cx3 needs none: name a card with -d, cx3 list shows them)");
            return NO_DEVICES;
        }
        query(names, images);
        if (!options.xml()) {
            summary(images);
        }
        return options.has("--update") ? update() : failed > 0 ? QUERY_FAILED : OK;
    }

    private AvailableImages images() throws CliException {
        if (options.has("--image-file")) {
            return AvailableImages.ofFile(options.value("--image-file"), streams);
        }
        return options.has("--image-dir") ? AvailableImages.ofFolder(options.value("--image-dir"), streams) : AvailableImages.none();
    }

    private List<String> names() throws CliException {
        if (options.has("--dev")) {
            return List.of(options.value("--dev").split(";"));
        }
        try {
            return Devices.list().stream().map(CardInfo::name).toList();
        } catch (DeviceException e) {
            throw CliException.failed(FlintTarget.text(e), "");
        }
    }

    /** To the output, or to the file of {@code -o} when all is known. */
    private void query(List<String> names, AvailableImages images) throws CliException, IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        boolean toFile = options.has("--outfile");
        if (toFile) {
            OutputFile.check(streams.resolve(options.value("--outfile")), true);
        }
        Out target = toFile ? new Out(file) : out;
        ManagerReport text = options.xml() ? new ManagerXml(target) : new ManagerText(target);
        text.begin();
        for (int i = 0; i < names.size(); i++) {
            card(text, i + 1, names.get(i), images);
        }
        text.end();
        if (toFile) {
            target.flush();
            OutputFile.write(streams.resolve(options.value("--outfile")), file.toByteArray(), true);
        }
    }

    private void card(ManagerReport text, int number, String name, AvailableImages images) {
        Signals.install();
        try (Device device = Devices.openForReading(DeviceAddress.parse(streams.resolveDevice(name)),
                OpenOptions.defaults())) {
            ManagedImage current = ManagedImage.ofCard(device);
            List<AvailableImages.Source> matching = images.matching(current.query().psid());
            UpdateStatus status = UpdateStatus.of(current, matching, options.has("--force"));
            text.card(number, ManagerFacts.of(name, device, current, matching.size() == 1
                ? Optional.of(matching.get(0).managed()) : Optional.empty(), status));
            if (status.burns()) {
                jobs.add(new ManagerUpdate.Job(number, name, matching.get(0)));
            } else if (status == UpdateStatus.NONE) {
                without++;
            } else if (status == UpdateStatus.MULTIPLE) {
                several.add("device with PSID=" + current.query().psid().orElse("") + " found in files: "
                    + String.join(", ", matching.stream().map(AvailableImages.Source::file).toList()));
            }
        } catch (DeviceException e) {
            failed++;
            text.failed(number, name, FlintTarget.text(e));
        } catch (FormatException | CliException e) {
            failed++;
            text.failed(number, name, e.getMessage());
        }
    }

    private void summary(AvailableImages images) {
        if (!jobs.isEmpty() && !options.has("--update")) {
            out.line("---------");
            out.line("Found " + jobs.size() + " device(s) requiring firmware update. Please use -u flag to perform the "
                + "update.");
        } else if (failed > 0) {
            out.line("-E- One or more errors were encountered.");
        }
        if (!images.given()) {
            return;
        }
        if (without > 0) {
            out.line("-E- Could not find matching firmware images for " + without + " device(s).");
        }
        several.forEach(text -> out.line("-E- There are multiple image sources for " + text));
        if (jobs.isEmpty() && failed == 0 && without == 0 && several.isEmpty()) {
            out.line("All listed device(s) firmware images are up to date.");
        }
    }

    private int update() {
        int burnFailures = jobs.isEmpty() ? 0 : new ManagerUpdate(options, streams).run(jobs);
        if (burnFailures > 0) {
            return BURN_FAILED;
        }
        if (failed > 0) {
            return QUERY_FAILED;
        }
        return without > 0 ? NO_IMAGE : several.isEmpty() ? OK : SEVERAL_IMAGES;
    }
}
