// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.Nearest;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.Version;
import org.cx3tools.cli.output.Out;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.image.FormatException;

/** The vendor's {@code mlxfwmanager}, as far as the query of a card goes (nv-config 5.1 to 5.3). */
public final class MlxFwManager {
    private static final int OK = 0;
    private static final int QUERY_FAILED = 1;
    private static final int BAD_ARGUMENTS = 3;
    private static final int NO_DEVICES = 20;
    private static final List<String> KNOWN = List.of("-d", "--dev", "-i", "--image-file", "--query",
        "--query-format", "-h", "--help", "-v", "--version");
    private static final List<String> NOT_OFFERED = List.of("-u", "--update", "-f", "--force", "-y", "--yes", "--no",
        "-D", "--image-dir", "-o", "--outfile", "--log", "-L", "--log-file", "--no-progress", "-l",
        "--list-content", "--archive-names", "--nofs", "--no_fw_ctrl", "--clear-semaphore", "--exe-rel-path",
        "--online", "--download", "--key", "--ssl-certificate");
    private static final String[] USAGE = {
        "Usage: cx3 mlxfwmanager -d DEVICE[;DEVICE...] [-i IMAGE] [--query-format Text|XML]",
        "",
        "  -d, --dev DEVICE      23:00.0, sim:FILE and so on; several joined with ;",
        "  -i, --image-file FILE compare with this image, or the one of this archive (.mfa) for the card",
        "  --query               query only; this is all that is offered, cx3 flint burns",
        "  --query-format F      Text (default) or XML",
        "",
        "EXAMPLE",
        "  cx3 mlxfwmanager -d 23:00.0",
        "",
        "Exit codes: 0 done, 1 query failed, 3 bad arguments, 20 no device.",
    };

    private MlxFwManager() {
    }

    /**
     * Runs one command line.
     *
     * @param args the words after {@code mlxfwmanager}
     * @param streams where to print
     * @return exit code of the vendor's tool
     */
    public static int run(String[] args, Streams streams) {
        Out out = streams.out();
        String devices = "";
        String image = "";
        boolean xml = false;
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            switch (word) {
                case "-h":
                case "--help":
                    for (String line : USAGE) {
                        out.line(line);
                    }
                    return OK;
                case "-v":
                case "--version":
                    out.line("cx3 mlxfwmanager, cx3tools " + Version.text());
                    return OK;
                case "--query":
                    continue;
                default:
                    break;
            }
            if (!KNOWN.contains(word)) {
                return refused(out, word);
            }
            if (i + 1 == args.length) {
                return error(out, "Flag " + word + " requires a value");
            }
            String value = args[++i];
            if (word.equals("-d") || word.equals("--dev")) {
                devices = value;
            } else if (word.equals("-i") || word.equals("--image-file")) {
                image = value;
            } else if (value.equalsIgnoreCase("XML") || value.equalsIgnoreCase("Text")) {
                xml = value.equalsIgnoreCase("XML");
            } else {
                return error(out, "Invalid query format: " + value + ", expected Text or XML");
            }
        }
        return query(streams, devices, image, xml);
    }

    private static int refused(Out out, String word) {
        if (NOT_OFFERED.contains(word)) {
            return error(out, "Flag " + word + " of the vendor's tool is not offered by cx3 mlxfwmanager; burn with "
                + "cx3 flint or cx3 burn");
        }
        return error(out, "Unknown flag " + word + "; " + Nearest.hint(word, KNOWN, "see --help"));
    }

    private static int error(Out out, String text) {
        out.line("-E- " + text);
        return BAD_ARGUMENTS;
    }

    private static int query(Streams streams, String devices, String image, boolean xml) {
        Out out = streams.out();
        if (devices.isEmpty()) {
            out.line("-E- No devices found or specified; name one with -d, cx3 list shows them");
            return NO_DEVICES;
        }
        AvailableImages available;
        try {
            available = image.isEmpty() ? AvailableImages.none() : AvailableImages.ofFile(streams, image);
        } catch (CliException e) {
            return error(out, e.line());
        }
        ManagerText text = new ManagerText(out, xml);
        text.begin();
        boolean failed = false;
        int number = 0;
        for (String name : devices.split(";")) {
            number++;
            Signals.install();
            try (Device device = Devices.openForReading(
                    DeviceAddress.parse(streams.resolveDevice(name)), OpenOptions.defaults())) {
                ManagedImage current = ManagedImage.ofCard(device);
                text.device(number, name, device, current, available.matching(current.query().psid()));
            } catch (DeviceException e) {
                failed = true;
                text.failed(number, name, FlintTarget.text(e));
            } catch (FormatException | CliException e) {
                failed = true;
                text.failed(number, name, e.getMessage());
            }
        }
        text.end();
        return failed ? QUERY_FAILED : OK;
    }
}
