// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.util.List;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void missingPrivilegeAndPrerequisitesAreExitCode3() {
        for (DeviceCause cause : List.of(DeviceCause.NOT_ROOT, DeviceCause.KERNEL_LOCKDOWN, DeviceCause.LIBRARY)) {
            CliException error = Problems.explain(new DeviceException(cause, "23:00.0: refused"));
            assertThat(error.exitCode()).as(cause.name()).isEqualTo(3);
            assertThat(error.line()).isEqualTo("23:00.0: refused; " + cause.advice());
        }
    }

    @Test
    void everyOtherFailureOfADeviceIsOneLineWithItsAdvice() {
        for (DeviceCause cause : DeviceCause.values()) {
            CliException error = Problems.explain(new DeviceException(cause, "a\nb"));
            assertThat(error.line()).as(cause.name()).startsWith("a; b").doesNotContain("\n").endsWith(cause.advice());
        }
    }

    @Test
    void aFileWithoutPermissionNamesTheFile() {
        assertThat(Problems.explain(new AccessDeniedException("/x")).line())
            .isEqualTo("/x: permission denied; check the owner of the file and of its folder");
    }

    @Test
    void anUnexpectedFailureAsksForAReport() {
        CliException error = Problems.explain(new IllegalStateException("odd"));
        assertThat(error.exitCode()).isEqualTo(1);
        assertThat(error.line()).contains("internal error", "odd", "report it");
    }
}
