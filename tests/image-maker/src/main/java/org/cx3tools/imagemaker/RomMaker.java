// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random expansion ROMs: little-endian inside, unlike all the rest of an image. */
final class RomMaker {
    private static final List<Integer> VERSIONED_PRODUCTS =
            List.of(1, 2, 3, 4, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x21);
    private static final int TEXT_PRODUCT = 0x0F;
    private static final int UNKNOWN_PRODUCT = 0x77;
    private static final int PCI_DATA = 0x40;
    private static final int FIRST_RECORD = 0x80;
    private static final int RECORD_SPACE = 0x60;

    private final Random random;
    private final Traits traits;
    private final int deviceId;

    RomMaker(Random random, Traits traits, int deviceId) {
        this.random = random;
        this.traits = traits;
        this.deviceId = deviceId;
    }

    /** One to three ROM images back to back, each with one record or more. */
    byte[] make() {
        Words out = new Words();
        int images = 1 + random.nextInt(3);
        for (int i = 0; i < images; i++) {
            int records = random.nextInt(12) == 0 ? 2 + random.nextInt(5) : 1;
            out.bytes(image(records, i));
        }
        byte[] rom = out.toArray();
        spoil(rom);
        return rom;
    }

    private byte[] image(int records, int index) {
        int blocks = 2 + random.nextInt(6);
        byte[] rom = new byte[blocks * 512];
        random.nextBytes(rom);
        rom[0] = 0x55;
        rom[1] = (byte) 0xAA;
        rom[2] = (byte) blocks;
        little(rom, 0x18, PCI_DATA, 2);
        System.arraycopy("PCIR".getBytes(StandardCharsets.US_ASCII), 0, rom, PCI_DATA, 4);
        little(rom, PCI_DATA + 4, traits.sometimes(20, "rom with foreign vendor id") ? 0x8086
                : 0x15B3, 2);
        int device = traits.sometimes(15, "rom for another device") ? deviceId ^ 4 : deviceId;
        little(rom, PCI_DATA + 6, device, 2);
        for (int i = 0; i < records; i++) {
            record(rom, FIRST_RECORD + i * RECORD_SPACE + 4 * random.nextInt(4),
                    product(index), device);
        }
        balance(rom);
        return rom;
    }

    private int product(int index) {
        if (index == 0 && random.nextBoolean()) {
            return 0x10;
        }
        if (traits.sometimes(12, "text CLP record")) {
            return TEXT_PRODUCT;
        }
        if (traits.sometimes(25, "unknown rom product")) {
            return UNKNOWN_PRODUCT;
        }
        return VERSIONED_PRODUCTS.get(random.nextInt(VERSIONED_PRODUCTS.size()));
    }

    private void record(byte[] rom, int at, int product, int device) {
        traits.add("rom product 0x" + Integer.toHexString(product));
        System.arraycopy("mlxsign:".getBytes(StandardCharsets.US_ASCII), 0, rom, at, 8);
        little(rom, at + 8, product << 16 | random.nextInt(20), 4);
        little(rom, at + 12, random.nextInt(20) << 16 | random.nextInt(1000), 4);
        int protocol = random.nextInt(8) == 0 ? 0xFF : random.nextInt(4);
        int cpu = random.nextInt(6);
        int port = random.nextInt(3);
        little(rom, at + 16, device << 16 | port << 12 | cpu << 8 | protocol, 4);
        if (product == TEXT_PRODUCT) {
            String text = random.nextInt(10000) + (random.nextBoolean() ? "" : " build");
            int words = (text.length() + 3) / 4 + 4;
            little(rom, at + 20, text.length() << 8 | words, 4);
            byte[] field = Words.padded(text.getBytes(StandardCharsets.US_ASCII));
            System.arraycopy(field, 0, rom, at + 24, field.length);
        }
    }

    private void spoil(byte[] rom) {
        if (traits.sometimes(20, "rom with bad checksum")) {
            rom[0x30]++;
        } else if (traits.sometimes(30, "rom with size field 0")) {
            rom[2] = 0;
        } else if (traits.sometimes(30, "rom with size field too large")) {
            rom[2] = (byte) 0xFF;
        } else if (traits.sometimes(30, "rom without signature")) {
            for (int i = 0; i < rom.length; i++) {
                rom[i] = rom[i] == 'm' ? (byte) 'n' : rom[i];
            }
        }
    }

    /** Makes the bytes sum to 0 by the last one. */
    private static void balance(byte[] rom) {
        rom[rom.length - 1] = 0;
        int sum = 0;
        for (byte value : rom) {
            sum += value;
        }
        rom[rom.length - 1] = (byte) -sum;
    }

    private static void little(byte[] rom, int at, int value, int width) {
        for (int i = 0; i < width; i++) {
            rom[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
