// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A made-up sysfs whose attributes are pipes, so that somebody can play the kernel behind them. */
@Timeout(60)
class DriverBindingTest {
    private static final DeviceAddress.PciFunction FUNCTION = new DeviceAddress.PciFunction(0, 0x23, 0, 0);

    @TempDir
    private Path sysfs;

    private Path link;
    private Path driver;

    @BeforeEach
    void aCardWithADriver() throws Exception {
        driver = Files.createDirectories(sysfs.resolve("bus/pci/drivers/mlx4_core"));
        link = Files.createDirectories(sysfs.resolve("bus/pci/devices/" + FUNCTION)).resolve("driver");
        Files.createSymbolicLink(link, driver);
    }

    private DriverBinding binding() {
        return DriverBinding.of(FUNCTION, Optional.of(sysfs)).orElseThrow();
    }

    /** The kernel's side of one attribute: what was written, and then something happens. */
    private CompletableFuture<String> kernel(String attribute, Action then) throws Exception {
        Path pipe = driver.resolve(attribute);
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
        return CompletableFuture.supplyAsync(() -> {
            try (var in = Files.newInputStream(pipe)) {
                // Done before the writer can see the end.
                byte[] address = in.readNBytes(FUNCTION.toString().length());
                then.run();
                return new String(address);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Action {
        void run() throws Exception;
    }

    @Test
    void aDriverIsTakenOffAndPutBack() throws Exception {
        DriverBinding binding = binding();
        assertThat(binding.driver()).isEqualTo("mlx4_core");
        assertThat(binding.unbindCommand()).isEqualTo("echo 0000:23:00.0 > " + driver.resolve("unbind"));
        CompletableFuture<String> unbound = kernel("unbind", () -> Files.delete(link));
        try {
            binding.unbind();
        } catch (DeviceException e) {
            // The shell may be done before the reader has taken the link away.
            assertThat(e.reason()).isEqualTo(DeviceCause.DRIVER_BOUND);
        }
        assertThat(unbound.get(10, TimeUnit.SECONDS)).isEqualTo("0000:23:00.0");
        assertThat(DriverBinding.of(FUNCTION, Optional.of(sysfs))).isEmpty();

        CompletableFuture<String> bound = kernel("bind", () -> Files.createSymbolicLink(link, driver));
        binding.bind();
        assertThat(bound.get(10, TimeUnit.SECONDS)).isEqualTo("0000:23:00.0");
        binding.bind();
    }

    @Test
    void aDriverThatStaysIsAnError() throws Exception {
        Files.createFile(driver.resolve("unbind"));
        DeviceException e = catchThrowableOfType(DeviceException.class, () -> binding().unbind());
        assertThat(e.reason()).isEqualTo(DeviceCause.DRIVER_BOUND);
        assertThat(e).hasMessageContaining("mlx4_core is still bound to 0000:23:00.0")
                .hasMessageContaining("modprobe.blacklist=mlx4_core");
    }

    @Test
    void aDriverThatHangsIsGivenUp() throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", driver.resolve("unbind").toString()).start().waitFor() == 0);
        DriverBinding impatient = binding().within(Duration.ofSeconds(1));
        DeviceException e = catchThrowableOfType(DeviceException.class, impatient::unbind);
        assertThat(e.reason()).isEqualTo(DeviceCause.DRIVER_BOUND);
        assertThat(e).hasMessageContaining("does not let go of 0000:23:00.0 (waited 1 s)");
    }

    @Test
    void aDriverThatHasStartedIsTold() throws Exception {
        assertThat(catchThrowableOfType(DeviceException.class, () -> binding().checkStarted()).reason())
                .isEqualTo(DeviceCause.DRIVER_BOUND);
        Files.createFile(driver.resolve("unbind"));
        binding().checkStarted();
    }

    @Test
    void aDriverThatIsStillStartingCannotBeTakenOff() {
        DeviceException e = catchThrowableOfType(DeviceException.class, () -> binding().unbind());
        assertThat(e.reason()).isEqualTo(DeviceCause.DRIVER_BOUND);
        assertThat(e).hasMessageContaining("still starting up").hasMessageContaining(driver.resolve("unbind").toString());
    }
}
