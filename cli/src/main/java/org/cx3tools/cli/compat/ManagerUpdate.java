// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.util.List;
import java.util.Optional;
import org.cx3tools.backup.GuardedBurn;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.DeviceNames;
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.Printable;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.FormatException;
import org.cx3tools.update.AvailableImage;

/**
 * The update of {@code mlxfwmanager -u}. Each card is burnt like with any other image: its GUIDs, MACs, vendor text and ROM stay,
 * an image that boots is on it at every moment, and the whole flash is backed up before.
 */
final class ManagerUpdate {
    private static final int ALL = 100;

    private final ManagerOptions options;
    private final Streams streams;
    /** Questions and progress. */
    private final Out out;
    private final FlintLog log;

    ManagerUpdate(ManagerOptions options, Streams streams) {
        this.options = options;
        this.streams = streams;
        this.out = options.xmlOnOutput() ? streams.err() : streams.out();
        this.log = options.has("--log-file") ? FlintLog.to(streams.resolve(options.value("--log-file"))) : FlintLog.none();
    }

    /**
     * A card to update.
     *
     * @param number its number in the list
     * @param name as given
     * @param image what to burn
     * @param file where it comes from, as given
     */
    record Job(int number, String name, AvailableImage image, String file) {
    }

    /**
     * Asks once, then burns.
     *
     * @return how many failed; nothing was done when the answer was no
     * @throws CliException before anything is burnt, when the record of it cannot be written
     */
    int run(List<Job> jobs) throws CliException {
        out.line("Found " + jobs.size() + " device(s) requiring firmware update...").newline();
        if (!agreed()) {
            out.line("No updates performed");
            return 0;
        }
        Optional<String> noRecord = log.add("Update of " + jobs.size() + " device(s)");
        if (noRecord.isPresent()) {
            throw CliException.failed(noRecord.get(), "nothing was burnt; name another file with -L");
        }
        int failed = 0;
        for (Job job : jobs) {
            failed += update(job) ? 0 : 1;
        }
        if (failed < jobs.size()) {
            out.newline().line("Restart needed for updates to take effect.");
        }
        return failed;
    }

    private boolean agreed() {
        out.print("Perform FW update? [y/N]: ");
        if (options.has("--yes") || options.has("--no")) {
            out.line(options.has("--yes") ? "y" : "N");
            return options.has("--yes");
        }
        out.flush();
        String answer = streams.readLine();
        if (!streams.terminal()) {
            out.newline();
        }
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    private boolean update(Job job) {
        Signals.install();
        String text = "Device #" + job.number() + ": Updating FW ...     ";
        out.print(text);
        out.flush();
        record("Updating " + job.name() + " from " + job.file());
        try (Device device = Devices.open(streams.resolveDevice(job.name()))) {
            FlashContent content = FlashContent.whole(device.flash(), Progress.NONE);
            BurnOptions wanted = options.has("--nofs") ? BurnOptions.defaults().with(BurnOptions.Choice.NOFS)
                : BurnOptions.defaults();
            BurnPlan plan = BurnPlan.make(job.image().image(), content, wanted, device.card());
            if (plan.dangerous() && !options.has("--nofs")) {
                return failed(job, "this update is not failsafe: " + plan.danger().or(plan::settingsRisk).orElse("")
                    + "; --nofs agrees to it");
            }
            GuardedBurn.execute(plan.dangerous() ? plan.withConsent() : plan, device, Optional.of(content),
                streams.state(), new Percent(text));
            out.line("Done");
            record("Done");
            return true;
        } catch (BurnException e) {
            return failed(job, e.failure().message() + "; " + e.failure().advice());
        } catch (DeviceException e) {
            return failed(job, FlintTarget.text(e));
        } catch (FormatException e) {
            return failed(job, "No valid image in " + job.file() + ": " + e.getMessage());
        }
    }

    private boolean failed(Job job, String why) {
        String reason = DeviceNames.without(why, job.name(), streams);
        out.line("Failed").line("-E- " + Printable.of(job.name()) + ": " + Printable.of(reason));
        record("Failed: " + reason);
        return false;
    }

    /** The first line of the record could be written, so a later one that cannot be stops no update half way. */
    private void record(String text) {
        log.add(Printable.of(text)).ifPresent(why -> streams.err().line("-W- " + why));
    }

    /** The percentage, overwritten in place on a terminal. */
    private final class Percent implements BurnListener {
        private final String text;
        private int shown = -1;

        private Percent(String text) {
            this.text = text;
        }

        @Override
        public boolean progress(BurnStep step, long doneBytes, long totalBytes) {
            int now = totalBytes == 0 ? 0 : (int) (doneBytes * ALL / totalBytes);
            if (streams.terminal() && !options.has("--no-progress") && now != shown) {
                shown = now;
                out.print("\r" + text + now + "%   \r" + text);
                out.flush();
            }
            return true;
        }

        @Override
        public void warning(String warning) {
            streams.err().line("-W- " + warning);
        }
    }
}
