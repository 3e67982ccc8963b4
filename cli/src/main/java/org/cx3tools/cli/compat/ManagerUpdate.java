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
import org.cx3tools.cli.Signals;
import org.cx3tools.cli.Streams;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.update.AvailableImages;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.flash.Progress;

/**
 * The update of {@code mlxfwmanager -u}. Each card is burnt like with any other image: its GUIDs, MACs, vendor text and ROM stay,
 * an image that boots is on it at every moment, and the whole flash is backed up before.
 */
final class ManagerUpdate {
    private static final int ALL = 100;

    private final ManagerOptions options;
    private final Streams streams;
    private final FlintLog log;

    ManagerUpdate(ManagerOptions options, Streams streams) {
        this.options = options;
        this.streams = streams;
        this.log = options.has("--log-file") ? FlintLog.to(streams.resolve(options.value("--log-file"))) : FlintLog.none();
    }

    /**
     * A card to update.
     *
     * @param number its number in the list
     * @param name as given
     * @param image what to burn
     */
    record Job(int number, String name, AvailableImages.Source image) {
    }

    /**
     * Asks once, then burns.
     *
     * @return how many failed; nothing was done when the answer was no
     */
    int run(List<Job> jobs) {
        Out out = streams.out();
        out.line("Found " + jobs.size() + " device(s) requiring firmware update...").newline();
        if (!agreed()) {
            out.line("No updates performed");
            return 0;
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
        Out out = streams.out();
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
        Out out = streams.out();
        out.print(text);
        out.flush();
        log.add("Updating " + job.name() + " from " + job.image().file());
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
            log.add("Done");
            return true;
        } catch (BurnException e) {
            return failed(job, e.failure().message() + "; " + e.failure().advice());
        } catch (DeviceException e) {
            return failed(job, FlintTarget.text(e));
        } catch (CliException e) {
            return failed(job, e.line());
        }
    }

    private boolean failed(Job job, String why) {
        streams.out().line("Failed").line("-E- " + job.name() + ": " + why);
        log.add("Failed: " + why);
        return false;
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
                streams.out().print("\r" + text + now + "%   \r" + text);
                streams.out().flush();
            }
            return true;
        }

        @Override
        public void warning(String warning) {
            streams.err().line("-W- " + warning);
        }
    }
}
