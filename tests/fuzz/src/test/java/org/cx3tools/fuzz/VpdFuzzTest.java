// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Vpd;

/** Vital product data of a card. */
class VpdFuzzTest {
    private static final int MOST = 1 << 12;

    @FuzzTest
    void anyBytesAreVitalProductDataOrOneKindOfError(byte[] data) throws Exception {
        Limits.within(MOST, data, () -> {
            try {
                Vpd vpd = Vpd.parse(data);
                for (Vpd.Field field : vpd.fields()) {
                    assertThat(field.keyword()).hasSize(2);
                    assertThat(vpd.value(field.keyword())).isPresent();
                }
            } catch (DeviceException documented) {
                assertThat(documented.reason()).isEqualTo(DeviceCause.BAD_VPD);
            }
        });
    }
}
