// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.IOException;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceException;
import org.cx3tools.flash.FlashMedium;
import org.cx3tools.verify.StockVerdict;
import org.cx3tools.verify.Verifier;

/** The command {@code verify} (fs2-image 7.4), to the letter of stock 4.21. */
final class FlintVerify {
    /** The stock tool adds this, without a newline, to every failure before the image is looked at. */
    private static final String NOT_OPENED = "-E- FW image verification failed: No valid FS4 image found.Check the"
        + " flash parameters, if specified..AN HCA DEVICE CAN NOT BOOT FROM THIS IMAGE";

    private FlintVerify() {
    }

    static int run(FlintSession session) {
        if (!session.check("verify", 0, 1, "showitoc", FlintSession.Target.EITHER)) {
            return notOpened(session);
        }
        if (session.onDevice()) {
            return device(session);
        }
        Optional<Bytes> content = FlintTarget.image(session);
        if (content.isEmpty()) {
            return notOpened(session);
        }
        return print(session, Verifier.stockVerdict(content.get(), session.has(FlintOption.STRIPED_IMAGE)));
    }

    private static int device(FlintSession session) {
        Optional<Device> opened = FlintTarget.reading(session);
        if (opened.isEmpty()) {
            return notOpened(session);
        }
        try (Device device = opened.get()) {
            return print(session, Verifier.stockVerdict(new FlashMedium(device.flash())));
        } catch (IOException e) {
            return FlintTarget.failed(session, FlashMedium.unwrap(e));
        } catch (DeviceException e) {
            return FlintTarget.failed(session, e);
        }
    }

    private static int print(FlintSession session, StockVerdict verdict) {
        session.out().print(verdict.text());
        return verdict.bootable() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static int notOpened(FlintSession session) {
        session.out().print(NOT_OPENED);
        return ExitCode.FAILED;
    }
}
