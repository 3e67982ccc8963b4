// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnOptions;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnQuestion;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.burn.Burner;
import org.cx3tools.burn.FlashReader;
import org.cx3tools.device.Device;
import org.cx3tools.device.Devices;
import org.cx3tools.device.SafeStop;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;

/**
 * Opens a card, backs it up, switches SR-IOV off in its firmware, and burns it back.
 *
 * <pre>
 *   java ... org.cx3tools.examples.SwitchSriovOff sim:card.sim backup.bin
 *   java ... org.cx3tools.examples.SwitchSriovOff 23:00.0 backup.bin
 * </pre>
 */
public final class SwitchSriovOff {
    private SwitchSriovOff() {}

    /** Takes the name of a card and of a backup file that does not exist yet. */
    public static void main(String[] args) throws Exception {
        // Ctrl-C ends the burn at a safe point, with the locks of the card given back.
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> SafeStop.stopAll(Duration.ofSeconds(10))));
        System.out.println(switchOff(args[0], Path.of(args[1])));
    }

    static String switchOff(String card, Path backup) throws Exception {
        try (Device device = Devices.open(card)) {
            // 1. Read the image that boots; its checksums tell whether it may be trusted.
            FlashReader.Reading reading = FlashReader.current(device.flash(), Progress.NONE);
            if (!reading.problems().isEmpty()) {
                return "The image on the card is damaged: " + reading.problems();
            }
            Bytes whole = FlashReader.dump(device.flash(), Progress.NONE);
            Files.write(backup, whole.toArray(), StandardOpenOption.CREATE_NEW);

            // 2. Edit its board file; the assembler puts the setting into the firmware, too.
            Fs2Image image = reading.image();
            BoardFile board = BoardFile.parse(image.fwConfiguration().orElseThrow().toArray());
            Fs2Image edited = new Assembler(AssembleOptions.defaults())
                    .assemble(image, board.with("HCA", "sriov_en", "0")).image();

            // 3. Decide. A plan is a value: nothing has been changed yet.
            BurnPlan plan = BurnPlan.make(device, edited, BurnOptions.defaults());
            List<BurnQuestion> serious = plan.questions().stream()
                    .filter(q -> !(q instanceof BurnQuestion.NotNewer)).toList();
            if (!serious.isEmpty()) {
                return "Somebody has to decide: " + serious;
            }

            // 4. Burn. Whatever happens, an exception tells which image boots now.
            Burner.execute(plan, device, new BurnListener() {
                @Override
                public void stepStarted(BurnStep step) {
                    System.out.println(step.text());
                }
            });
            return String.format("Burnt to slot %d; reset the card or restart the machine",
                    plan.slot());
        }
    }
}
