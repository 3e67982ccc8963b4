// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostCoreTest {
    @Test
    void rangesAndSingleCoresAreRead() {
        assertThat(HostCore.allowed("Name:\tjava\nCpus_allowed:\t27\nCpus_allowed_list:\t0-2,5\n")).containsExactly(0, 1, 2, 5);
        assertThat(HostCore.allowed("Cpus_allowed_list:\t7\n")).containsExactly(7);
        assertThat(HostCore.allowed("Name:\tjava\n")).isEmpty();
        assertThat(HostCore.allowed("Cpus_allowed_list:\tall\n")).isEmpty();
    }

    @Test
    void forksTakeTurnsAmongTheCoresThatAreAllowed() {
        assertThat(HostCore.prefix(1, List.of(3, 5))).containsExactly("taskset", "-c", "3");
        assertThat(HostCore.prefix(2, List.of(3, 5))).containsExactly("taskset", "-c", "5");
        assertThat(HostCore.prefix(3, List.of(3, 5))).containsExactly("taskset", "-c", "3");
    }

    @Test
    void oneCoreOrNoneIsLeftAsItIs() {
        assertThat(HostCore.prefix(1, List.of(3))).isEmpty();
        assertThat(HostCore.prefix(1, List.of())).isEmpty();
    }
}
