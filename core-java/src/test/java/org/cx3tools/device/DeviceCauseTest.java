// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.cx3tools.nativecore.NativeStatus;
import org.junit.jupiter.api.Test;

class DeviceCauseTest {
    @Test
    void everyStatusOfTheNativeCoreHasACauseOfTheSameName() {
        assertThat(Arrays.stream(DeviceCause.values()).map(Enum::name)).containsAll(
                Arrays.stream(NativeStatus.values()).filter(s -> s != NativeStatus.OK)
                        .map(Enum::name).toList());
    }
}
