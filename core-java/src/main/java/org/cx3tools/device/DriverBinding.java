// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A kernel driver that is bound to a card. It can be taken off for a while: with a live driver the
 * kernel keeps BAR0, the driver resets the chip when it likes, and a change of the flash may be cut
 * in half. Works on attributes of sysfs only and touches no register.
 */
public final class DriverBinding {
    /** A driver that shuts its card down properly takes a second or two; a stuck one takes for ever. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String WRITE = "printf '%s' \"$1\" >\"$2\"";

    private final Path pci;
    private final String function;
    private final String driver;
    private final Duration deadline;

    private DriverBinding(Path pci, String function, String driver, Duration deadline) {
        this.pci = pci;
        this.function = function;
        this.driver = driver;
        this.deadline = deadline;
    }

    /**
     * Looks for the driver of a card.
     *
     * @param function the PCI function
     * @param sysfsRoot another root than /sys (tests)
     * @return the driver, empty when none is bound
     */
    public static Optional<DriverBinding> of(DeviceAddress.PciFunction function, Optional<Path> sysfsRoot) {
        Path pci = requireNonNull(sysfsRoot, "sysfsRoot").orElse(Path.of("/sys")).resolve("bus/pci");
        return bound(pci, function.toString()).map(driver -> new DriverBinding(pci, function.toString(), driver, DEADLINE));
    }

    /** The same with another patience (tests). */
    DriverBinding within(Duration other) {
        return new DriverBinding(pci, function, driver, other);
    }

    /** {@return its name, such as mlx4_core} */
    public String driver() {
        return driver;
    }

    /** {@return the command that does by hand what {@link #unbind} does} */
    public String unbindCommand() {
        return "echo " + function + " > " + attribute("unbind");
    }

    /**
     * Refuses a driver that is still starting up. It resets the chip when it starts, and once more when it
     * gives up; mlx4_core of Linux 6.1 then waits 10 s for the lock of the flash and ends in a kernel BUG when
     * somebody has it (seen: a burn beside it).
     *
     * @throws DeviceException {@link DeviceCause#DRIVER_BOUND} while it is
     */
    public void checkStarted() throws DeviceException {
        // The kernel makes it when the driver has looked at all its cards.
        Path unbind = attribute("unbind");
        if (!Files.exists(unbind)) {
            throw new DeviceException(DeviceCause.DRIVER_BOUND, driver + " is still starting up on " + function
                    + " (no " + unbind + " yet); try again in a minute");
        }
    }

    /**
     * Takes the driver off the card.
     *
     * @throws DeviceException {@link DeviceCause#NOT_ROOT} without privilege, {@link
     *     DeviceCause#DRIVER_BOUND} when it does not let go within 20 s
     */
    public void unbind() throws DeviceException {
        write("unbind", "let go of");
        if (bound(pci, function).isPresent()) {
            throw stuck("is still bound to");
        }
    }

    /**
     * Gives the card back to the driver.
     *
     * @throws DeviceException when the driver refuses it, or does not take it within 20 s
     */
    public void bind() throws DeviceException {
        if (bound(pci, function).isEmpty()) {
            write("bind", "take");
        }
    }

    private static Optional<String> bound(Path pci, String function) {
        try {
            Path link = Files.readSymbolicLink(pci.resolve("devices").resolve(function).resolve("driver"));
            return Optional.of(link.getFileName().toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path attribute(String name) {
        return pci.resolve("drivers").resolve(driver).resolve(name);
    }

    /**
     * The kernel does the work inside of the write, and no signal ends it while a driver is stuck. So
     * a process of its own writes, which can be left alone.
     */
    private void write(String attribute, String doing) throws DeviceException {
        checkStarted();
        Path file = attribute(attribute);
        if (!Files.isWritable(file)) {
            throw new DeviceException(DeviceCause.NOT_ROOT, file + " cannot be written");
        }
        try {
            Process writer = new ProcessBuilder("/bin/sh", "-c", WRITE, "sh", function, file.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            writer.getOutputStream().close();
            if (!writer.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
                writer.destroy();
                throw stuck("does not " + doing);
            }
            if (writer.exitValue() != 0) {
                throw new DeviceException(DeviceCause.IO, driver + " did not " + doing + " " + function
                        + "; the kernel log (dmesg) tells why");
            }
        } catch (IOException e) {
            throw new DeviceException(DeviceCause.IO, "Driver " + driver + " of " + function + ": " + e.getMessage(),
                    DeviceException.Facts.NONE, Optional.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceException(DeviceCause.CANCELLED, "Driver " + driver + " of " + function);
        }
    }

    private DeviceException stuck(String what) {
        return new DeviceException(DeviceCause.DRIVER_BOUND, driver + " " + what + " " + function + " (waited "
                + deadline.toSeconds() + " s); restart the machine with this driver left out (kernel option"
                + " modprobe.blacklist=" + driver + ")");
    }
}
