// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NativeConfigTest {
    private static final int SRIOV = 0x11;
    private static final int LINK_TYPE = 0x12;
    private static final int HCR_LOCK = 0xf03bc;
    private static final byte[] ON_EIGHT = {(byte) 0x80, 0, 0, 8};

    @TempDir
    Path folder;

    private Path card;
    private NativeDevice device;
    private NativeConfig config;

    @BeforeEach
    void open() throws NativeException {
        card = TestCard.create(folder, "card.sim");
        TestFirmware.install(card);
        device = TestCard.open(card);
        config = device.config();
    }

    @AfterEach
    void close() throws NativeException {
        device.close();
        assertThat(locked()).isFalse();
    }

    @Test
    void theFirmwareTellsWhatItCanDo() throws NativeException {
        ByteBuffer capabilities = ByteBuffer.wrap(config.deviceCapabilities());
        assertThat(capabilities.capacity()).isEqualTo(NativeConfig.CAPABILITY_BYTES);
        assertThat(capabilities.getInt(0xc0)).isEqualTo(0x3d);
        assertThat(capabilities.getInt(0x38) & 0xff).isEqualTo(128);
    }

    @Test
    void theFirmwareTellsItsDefaults() throws NativeException {
        ByteBuffer global = ByteBuffer.wrap(config.defaultParameters(0));
        assertThat(global.capacity()).isEqualTo(NativeConfig.GLOBAL_DEFAULT_BYTES);
        assertThat(global.getInt(4) & 0xff).isEqualTo(16);
        ByteBuffer port = ByteBuffer.wrap(config.defaultParameters(2));
        assertThat(port.capacity()).isEqualTo(NativeConfig.PORT_DEFAULT_BYTES);
        assertThat(port.getInt(4) >> 25 & 3).isEqualTo(3);
        assertThatThrownBy(() -> config.defaultParameters(3))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3");
    }

    @Test
    void aSettingIsStoredReadAndDropped() throws NativeException {
        assertThat(config.get(SRIOV, 0, 4)).isNull();
        config.set(SRIOV, 0, ON_EIGHT);
        config.set(LINK_TYPE, 1, new byte[] {0, 0, 0, 1});
        assertThat(config.get(SRIOV, 0, 4)).isEqualTo(ON_EIGHT);
        config.invalidate(SRIOV, 0);
        config.invalidate(SRIOV, 0);
        assertThat(config.get(SRIOV, 0, 4)).isNull();
        assertThat(config.get(LINK_TYPE, 1, 4)).containsExactly(0, 0, 0, 1);
        config.invalidateAll();
        assertThat(config.get(LINK_TYPE, 1, 4)).isNull();
    }

    @Test
    void aSettingCountsFromTheNextResetOn() throws NativeException {
        config.set(SRIOV, 0, ON_EIGHT);
        config.set(LINK_TYPE, 1, new byte[] {0, 0, 0, 1});
        assertThat(NativeSim.info(card).applied().virtualFunctions()).isEqualTo(16);
        device.reset();
        NativeSimInfo.Applied applied = NativeSim.info(card).applied();
        assertThat(applied.virtualFunctions()).isEqualTo(8);
        assertThat(applied.sriov()).isTrue();
        assertThat(applied.port1LinkType()).isEqualTo(1);
        assertThat(applied.port2LinkType()).isEqualTo(3);
        assertThat(applied.logBarSize()).isEqualTo(5);
        assertThat(applied.port1OptionRom()).isTrue();
        assertThat(device.readRegister(0x1f148) >>> 29).isEqualTo(1);
        assertThat(config.get(SRIOV, 0, 4)).isEqualTo(ON_EIGHT);
    }

    @Test
    void theMailboxInRegisterSpaceIsUsedToo() throws NativeException {
        NativeSim.setOptions(card, Map.of(NativeSimOption.CR_MAILBOX, 1L));
        config.set(SRIOV, 0, ON_EIGHT);
        assertThat(config.get(SRIOV, 0, 4)).isEqualTo(ON_EIGHT);
        NativeSim.setOptions(card, Map.of(NativeSimOption.CR_MAILBOX, 0L));
        assertStatus(NativeStatus.HCR_BAD_PARAMETER, () -> config.get(SRIOV, 0, 4));
    }

    @Test
    void whatFirmwareSaysComesOut() throws NativeException {
        fault(NativeSimFault.Kind.NV_STATUS, 0x22);
        assertStatus(NativeStatus.NV_CONFIG_CORRUPT, () -> config.get(SRIOV, 0, 4));
        assertThatThrownBy(() -> config.set(SRIOV, 0, ON_EIGHT)).hasMessageContaining("0x22")
                .hasMessageContaining("MNVA set of TLV 0x11/0");
        fault(NativeSimFault.Kind.HCR_STATUS, 2);
        assertStatus(NativeStatus.FIRMWARE_UNSUPPORTED, config::deviceCapabilities);
        fault(NativeSimFault.Kind.STUCK_HCR, 0);
        assertStatus(NativeStatus.HCR_TIMEOUT, config::deviceCapabilities);
        assertStatus(NativeStatus.HCR_BUSY, config::deviceCapabilities);
        fault(NativeSimFault.Kind.OLD_PAYLOAD, 0);
        assertThat(config.defaultParameters(0)[0]).isZero();
    }

    @Test
    void aLockThatStaysCanBeCleared() throws NativeException {
        assertThat(config.isLocked()).isFalse();
        fault(NativeSimFault.Kind.LOCK_HELD, HCR_LOCK);
        assertThat(config.isLocked()).isTrue();
        assertStatus(NativeStatus.HCR_LOCKED, config::invalidateAll);
        config.clearLock();
        config.invalidateAll();
        assertThat(config.isLocked()).isFalse();
    }

    @Test
    void aCardWithoutFirmwareIsRefused() throws NativeException {
        Path blank = TestCard.create(folder, "blank.sim");
        try (NativeDevice other = TestCard.open(blank)) {
            assertStatus(NativeStatus.NOT_SUPPORTED, () -> other.config().deviceCapabilities());
            assertThat(NativeSim.info(blank).applied().virtualFunctions()).isZero();
        }
    }

    @Test
    void argumentsThatNoSettingHasAreRefused() {
        for (int length : new int[] {-4, 0, 2, 132}) {
            assertThatThrownBy(() -> config.get(SRIOV, 0, length))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("" + length);
        }
        assertThatThrownBy(() -> config.set(SRIOV, 0, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config.set(SRIOV, 0, null))
                .isInstanceOf(NullPointerException.class).hasMessage("data");
        assertThatThrownBy(() -> config.invalidate(0x10000, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("type");
        assertThatThrownBy(() -> config.invalidate(SRIOV, 256))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("modifier");
    }

    @Test
    void afterCancelAndCloseNothingIsAsked() throws NativeException {
        device.cancel();
        assertStatus(NativeStatus.CANCELLED, () -> config.get(SRIOV, 0, 4));
        device.close();
        assertStatus(NativeStatus.CLOSED, () -> config.get(SRIOV, 0, 4));
    }

    private boolean locked() throws NativeException {
        return (NativeSim.info(card).semaphoresHeld() & 1L << (HCR_LOCK - 0xf0300) / 4) != 0;
    }

    private void fault(NativeSimFault.Kind kind, int value) throws NativeException {
        NativeSim.setFault(card, new NativeSimFault(kind, kind == NativeSimFault.Kind.LOCK_HELD ? 0 : 1,
                0, value, 1));
    }

    /** A call that may end in a failure of C. */
    private interface Call {
        void run() throws NativeException;
    }

    private static void assertStatus(NativeStatus status, Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(NativeException.class,
                e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
    }
}
