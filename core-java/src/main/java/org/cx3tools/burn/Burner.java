// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.flash.FlashPort;
import org.cx3tools.image.ImageLocator;

/**
 * Carries out a plan: stale signatures, body, verification of the whole slot, signature,
 * verification of its head, boot address, old signature. Until the signature is written the old
 * image boots, from then on the new one can; nothing else is failsafe (flash-access 9.3).
 */
public final class Burner {
    private Burner() {}

    /** What tells a chip where to start next time; register 0xf0000 of a card. */
    @FunctionalInterface
    interface BootAddress {
        /** A flash without a chip that boots. */
        BootAddress NONE = start -> {};

        /**
         * Sets the address.
         *
         * @param start flash address of the image
         * @throws DeviceException when the chip does not take it; the burn goes on with a warning
         */
        void set(long start) throws DeviceException;
    }

    /**
     * Burns onto a device.
     *
     * @throws BurnException when the image is synthetic and this is a real card, whatever card the
     *     plan was made for; when consent is missing, the flash changed since it was planned, it
     *     does not keep what is written, the listener stopped the burn, or the device failed (then
     *     its {@link DeviceException} is the cause). The failure tells what boots now.
     */
    public static void execute(BurnPlan plan, Device device, BurnListener listener)
            throws BurnException, DeviceException {
        BurnChecks.synthetic(plan.image(), device.card());
        execute(plan, device.flash(), device::setBootAddress, listener);
    }

    /** Burns onto a flash that was found fit for the image. */
    static void execute(BurnPlan plan, FlashPort flash, BootAddress boot,
            BurnListener listener) throws BurnException, DeviceException {
        requireNonNull(listener, "listener");
        if (plan.dangerous() && !plan.consent()) {
            throw new BurnException(new BurnFailure.ConsentMissing(
                    plan.danger().or(plan::settingsRisk).orElseThrow()));
        }
        checkUnchanged(plan, flash);
        new BurnRun(plan, flash, boot, listener).run();
    }

    private static void checkUnchanged(BurnPlan plan, FlashPort flash)
            throws BurnException, DeviceException {
        try {
            var starts = ImageLocator.starts(new FlashMedium(flash));
            if (!starts.equals(plan.signatures())) {
                throw new BurnException(new BurnFailure.FlashChanged("images began at "
                        + plan.signatures() + ", now at " + starts));
            }
        } catch (IOException e) {
            throw FlashMedium.unwrap(e);
        }
    }
}
