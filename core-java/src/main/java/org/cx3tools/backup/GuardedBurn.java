// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.burn.BurnException;
import org.cx3tools.burn.BurnListener;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.BurnStep;
import org.cx3tools.burn.Burner;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.device.AccessWay;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.state.StateFolder;

/**
 * A burn with a net: a backup of the whole flash first, a journal while it lasts. A flash file needs
 * neither: it is replaced as a whole or not at all.
 */
public final class GuardedBurn {
    private GuardedBurn() {}

    /**
     * Burns.
     *
     * @param plan the plan
     * @param device the card
     * @param content what its flash holds, read whole; empty: no backup is made
     * @param state where this host keeps backups and journals
     * @param listener told about the burn
     * @return the backup, if one was made or was there
     * @throws BurnException as {@link Burner#execute}; the journal stays
     * @throws DeviceException as {@link Burner#execute}; {@link DeviceCause#IO} also when backup or
     *     journal cannot be written, before anything was changed
     */
    public static Optional<BackupStore.Saved> execute(BurnPlan plan, Device device, Optional<FlashContent> content,
            StateFolder state, BurnListener listener) throws BurnException, DeviceException {
        if (device.card().access() == AccessWay.FILE) {
            Burner.execute(plan, device, listener);
            return Optional.empty();
        }
        Optional<BackupStore.Saved> backup;
        BurnJournal journal;
        try {
            backup = content.isPresent()
                    ? Optional.of(BackupStore.in(state).save(device.card(), content.get())) : Optional.empty();
            journal = BurnJournal.of(state, device.spec());
            if (plan.leavesImagesAlone()) {
                // Interrupted it is done again; recovery has no image to finish.
                Burner.execute(plan, device, listener);
                return backup;
            }
            journal.begin(plan, content, backup.map(saved -> saved.backup().file().toString()).orElse(""));
        } catch (IOException e) {
            throw new DeviceException(DeviceCause.IO, "backup and journal cannot be written below " + state.path()
                    + " (" + e.getMessage() + "); nothing was changed on the card. Make room there, or name another"
                    + " folder with CX3_STATE_DIR", DeviceException.Facts.NONE, Optional.of(e));
        }
        Burner.execute(plan, device, noting(journal, listener));
        try {
            journal.end();
        } catch (IOException e) {
            listener.warning("the journal of this burn could not be removed, although it is complete: "
                    + e.getMessage());
        }
        return backup;
    }

    private static BurnListener noting(BurnJournal journal, BurnListener listener) {
        return new BurnListener() {
            @Override
            public void stepStarted(BurnStep step) {
                try {
                    journal.step(step.text());
                } catch (IOException e) {
                    // The burn is more important than where it was.
                    listener.warning("the journal cannot be written: " + e.getMessage());
                }
                listener.stepStarted(step);
            }

            @Override
            public boolean progress(BurnStep step, long doneBytes, long totalBytes) {
                return listener.progress(step, doneBytes, totalBytes);
            }

            @Override
            public void stepFinished(BurnStep step) {
                listener.stepFinished(step);
            }

            @Override
            public void warning(String text) {
                listener.warning(text);
            }
        };
    }
}
