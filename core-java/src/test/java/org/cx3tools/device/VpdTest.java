// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VpdTest {
    private final byte[] good = good();

    @Test
    void nameFieldsAndChecksumAreRead() throws Exception {
        Vpd vpd = Vpd.parse(good);
        assertThat(vpd.name()).isEqualTo("HP adapter");
        assertThat(vpd.value("PN")).contains("764285-B21");
        assertThat(vpd.value("V1")).contains("N/A");
        assertThat(vpd.fields()).extracting(Vpd.Field::keyword).containsExactly("PN", "V1");
        assertThat(vpd.checksumRight()).contains(true);
    }

    @Test
    void aChangedByteShowsInTheChecksum() throws Exception {
        byte[] changed = good.clone();
        changed[3] ^= 1;
        assertThat(Vpd.parse(changed).checksumRight()).contains(false);
    }

    @Test
    void everyTruncationIsAnErrorWithItsOffset() {
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            DeviceException e = catchThrowableOfType(DeviceException.class, () -> Vpd.parse(cut));
            assertThat(e).as("%d bytes", length).isNotNull();
            assertThat(e.reason()).isEqualTo(DeviceCause.BAD_VPD);
            assertThat(e.address()).isPresent();
        }
    }

    @Test
    void anUnknownTagIsAnError() {
        byte[] changed = good.clone();
        changed[0] = 0x11;
        assertThat(catchThrowableOfType(DeviceException.class, () -> Vpd.parse(changed)))
                .hasMessageContaining("0x11");
    }

    @Test
    void whatFollowsTheEndTagIsNotLookedAt() throws Exception {
        Vpd longer = Vpd.parse(Arrays.copyOf(good, 4096));
        assertThat(longer).usingRecursiveComparison().ignoringFields("raw").isEqualTo(Vpd.parse(good));
        assertThat(longer.raw().length()).isEqualTo(4096);
    }

    private static byte[] good() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, 0x82, text("HP adapter "));
        byte[] readOnly = join(field("PN", text("764285-B21")), field("RV", new byte[3]));
        tag(out, 0x90, readOnly);
        int sumAt = out.size() - 3;
        tag(out, 0x91, join(field("V1", text("N/A ")), field("RW", new byte[5])));
        out.write(0x78);
        byte[] all = out.toByteArray();
        int sum = 0;
        for (int i = 0; i < sumAt; i++) {
            sum += all[i];
        }
        all[sumAt] = (byte) -sum;
        return all;
    }

    private static void tag(ByteArrayOutputStream out, int tag, byte[] data) {
        out.write(tag);
        out.write(data.length);
        out.write(data.length >> 8);
        out.writeBytes(data);
    }

    private static byte[] field(String keyword, byte[] data) {
        return join(text(keyword), new byte[] {(byte) data.length}, data);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
