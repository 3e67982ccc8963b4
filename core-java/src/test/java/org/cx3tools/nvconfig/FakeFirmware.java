// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.device.DeviceCause;
import org.cx3tools.device.DeviceException;

/**
 * Firmware in memory with the profiles of nv-config 1.5. Its answers are written out in hex, apart
 * from the table that reads them. Faults come at a chosen call.
 */
public final class FakeFirmware implements ConfigPort {
    /** No faults. */
    private static final int NEVER = -1;

    private final Bytes capabilities;
    private final Bytes[] defaults;
    private final Map<String, Bytes> stored = new HashMap<>();
    private int calls;
    private int writes;
    private int faultAtCall = NEVER;
    private int faultAtWrite = NEVER;
    private DeviceException fault;

    private FakeFirmware(Bytes capabilities, Bytes... defaults) {
        this.capabilities = capabilities;
        this.defaults = defaults.clone();
    }

    /** HP 544+FLR-QSFP with 2.42.5700. */
    public static FakeFirmware hp() {
        Bytes port = words(1 << 17, 3L << 25 | 1L << 29 | 1L << 16 | 1, 1L << 28, 0, 0, 0, 0);
        Bytes port2 = words(1 << 17, 3L << 25 | 1L << 29 | 1L << 16 | 1 | 1L << 27, 1L << 28, 0, 0, 0, 0);
        return new FakeFirmware(capabilities(0x3d, 4, 0), words(1 << 16 | 1 << 17,
                1L << 31 | 16 | 1 << 21 | 1L << 29, 0, 0, 0), port, port2);
    }

    /** Retail ConnectX-3 with 2.42.5000. */
    public static FakeFirmware retail() {
        Bytes port = words(0, 3L << 25 | 1L << 29 | 1L << 16 | 1, 1L << 28, 0, 0, 0, 0);
        return new FakeFirmware(capabilities(0x39, 2, 0), words(1 << 17,
                1L << 31 | 8 | 1 << 21 | 1L << 29, 0, 0, 0), port, port);
    }

    /** A card that offers all 31 parameters, with a PHY type of 0. */
    public static FakeFirmware everything() {
        Bytes port = words(1 << 17, 1L << 25 | 1 << 16, 1L << 28, 0, 0, 0, 0);
        return new FakeFirmware(capabilities(0x3f, 2, 0),
                words(0xf << 14, 8 | 1 << 21, 0, 0, 0), port, port);
    }

    private static Bytes capabilities(long offered, long log2Doorbells, long largestFunction) {
        return new BytesBuilder().fill(0, CAPABILITIES_SIZE).setWord(0xc0, offered)
                .setWord(0x48, log2Doorbells << 16).setWord(0x38, largestFunction)
                .setWord(0xc8, 5 << 3).build();
    }

    private static Bytes words(long... words) {
        BytesBuilder built = new BytesBuilder();
        Arrays.stream(words).forEach(built::addWord);
        return built.build();
    }

    /** The same card, whose firmware does not answer for one of its defaults. */
    public FakeFirmware withoutDefaults(int port) {
        defaults[port] = null;
        return this;
    }

    /** The call of this number, from 0 on, fails. */
    public void failAtCall(int number, DeviceException failure) {
        faultAtCall = calls + number;
        fault = failure;
    }

    /** The set or invalidate of this number, from 0 on, fails. */
    public void failAtWrite(int number, DeviceException failure) {
        faultAtWrite = writes + number;
        fault = failure;
    }

    /** How often it was asked anything. */
    public int calls() {
        return calls;
    }

    /** How often it was told to change something. */
    public int writes() {
        return writes;
    }

    /** What is stored, as {@code 0x11/0} to hex. */
    public Map<String, Bytes> stored() {
        return stored;
    }

    /** Stores a record behind everybody's back. */
    public FakeFirmware storing(String tlv, String hex) {
        stored.put(tlv, Bytes.ofHex(hex));
        return this;
    }

    @Override
    public Bytes deviceCapabilities() throws DeviceException {
        call();
        return capabilities;
    }

    @Override
    public Bytes defaultParameters(int port) throws DeviceException {
        call();
        if (defaults[port] == null) {
            throw new DeviceException(DeviceCause.NOT_SUPPORTED,
                    "QUERY_DEF_PARAMS (opcode 0x73) ended with status 0x3: refused");
        }
        return defaults[port];
    }

    @Override
    public Optional<Bytes> get(int type, int modifier, int length) throws DeviceException {
        call();
        Optional<Bytes> data = Optional.ofNullable(stored.get(key(type, modifier)));
        if (data.isPresent() && data.get().length() != length) {
            throw new DeviceException(DeviceCause.IO, "MNVA get: status 0x24: length too small");
        }
        return data;
    }

    @Override
    public void set(int type, int modifier, Bytes data) throws DeviceException {
        write();
        stored.put(key(type, modifier), data);
    }

    @Override
    public void invalidate(int type, int modifier) throws DeviceException {
        write();
        stored.remove(key(type, modifier));
    }

    @Override
    public void invalidateAll() throws DeviceException {
        write();
        stored.clear();
    }

    private static String key(int type, int modifier) {
        return "0x" + Integer.toHexString(type) + "/" + modifier;
    }

    private void write() throws DeviceException {
        if (writes++ == faultAtWrite) {
            throw fault;
        }
        call();
    }

    private void call() throws DeviceException {
        if (calls++ == faultAtCall) {
            throw fault;
        }
    }
}
