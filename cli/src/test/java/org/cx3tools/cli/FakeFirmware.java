// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.device.DeviceException;
import org.cx3tools.nvconfig.ConfigPort;

/** Firmware in memory, with the two profiles of nv-config 1.5; the one of core-java has more faults. */
public final class FakeFirmware implements ConfigPort {
    /** Payload version 1. */
    private static final int KNOWN = 1 << 24;
    private final Bytes capabilities;
    private final Bytes global;
    private final Bytes[] ports;
    private final Map<String, Bytes> stored = new TreeMap<>();
    private DeviceException ofOpening;
    private DeviceException ofReading;
    private DeviceException ofWriting;
    private int goodWrites;

    private FakeFirmware(int offered, int log2Doorbells, Bytes global, Bytes... ports) {
        capabilities = new BytesBuilder().fill(0, CAPABILITIES_SIZE).setWord(0xc0, offered)
            .setWord(0x48, log2Doorbells << 16).setWord(0xc8, 5 << 3).build();
        this.global = global;
        this.ports = ports;
    }

    /** HP 544+FLR-QSFP with 2.42.5700. */
    public static FakeFirmware hp() {
        return new FakeFirmware(0x3d, 4, words(KNOWN | 3 << 16, 1L << 31 | 16 | 1 << 21 | 1 << 29, 0, 0, 0), port(1 << 17, 0),
            port(1 << 17, 1 << 27));
    }

    /** Retail ConnectX-3 with 2.42.5000. */
    public static FakeFirmware retail() {
        return new FakeFirmware(0x39, 2, words(KNOWN | 1 << 17, 1L << 31 | 8 | 1 << 21 | 1 << 29, 0, 0, 0), port(0, 0), port(0, 0));
    }

    private static Bytes port(int word0, int more) {
        return words(KNOWN | word0, 3 << 25 | 1 << 29 | 1 << 16 | 1 | more, 1 << 28, 0, 0, 0, 0);
    }

    private static Bytes words(long... words) {
        BytesBuilder built = new BytesBuilder();
        Arrays.stream(words).forEach(built::addWord);
        return built.build();
    }

    /** Stores a record. */
    public FakeFirmware storing(String tlv, String hex) {
        stored.put(tlv, Bytes.ofHex(hex));
        return this;
    }

    /** Answers nothing. */
    public FakeFirmware failingAtOpening(DeviceException failure) {
        ofOpening = failure;
        return this;
    }

    /** Answers for itself, but reads no record. */
    public FakeFirmware failingAtReading(DeviceException failure) {
        ofReading = failure;
        return this;
    }

    /** Writes so many records, then no more. */
    public FakeFirmware failingAfterWrites(int good, DeviceException failure) {
        goodWrites = good;
        ofWriting = failure;
        return this;
    }

    /** What it answers about itself: capabilities, and three defaults of 32 bytes each. */
    public Bytes answers() {
        BytesBuilder all = BytesBuilder.copyOf(capabilities);
        for (Bytes each : new Bytes[] {global, ports[0], ports[1]}) {
            all.add(each).padTo(32);
        }
        return all.build();
    }

    /** What is stored, as {@code 0x11/0} to data. */
    public Map<String, Bytes> stored() {
        return stored;
    }

    @Override
    public Bytes deviceCapabilities() throws DeviceException {
        fail(ofOpening);
        return capabilities;
    }

    @Override
    public Bytes defaultParameters(int port) {
        return port == 0 ? global : ports[port - 1];
    }

    @Override
    public Optional<Bytes> get(int type, int modifier, int length) throws DeviceException {
        fail(ofReading);
        return Optional.ofNullable(stored.get(key(type, modifier)));
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

    private void write() throws DeviceException {
        if (ofWriting != null && goodWrites-- <= 0) {
            throw ofWriting;
        }
    }

    private static void fail(DeviceException failure) throws DeviceException {
        if (failure != null) {
            throw failure;
        }
    }

    private static String key(int type, int modifier) {
        return "0x" + Integer.toHexString(type) + "/" + modifier;
    }
}
