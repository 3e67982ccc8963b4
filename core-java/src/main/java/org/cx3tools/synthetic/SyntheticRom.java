// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;

/**
 * A boot ROM of filler: a PXE image and an UEFI image one behind the other, each with a PCI
 * expansion ROM header, a PCI data structure, a version record (fs2-image 6.2) and a checksum.
 */
final class SyntheticRom {
    private static final int BLOCK = 512;
    private static final int PXE_BLOCKS = 128;
    private static final int UEFI_BLOCKS = 160;
    private static final int SMALL_BLOCKS = 16;
    private static final int PCIR = 0x40;
    private static final int SIGNATURE = 0x100;
    private static final int PRODUCT_PXE = 0x10;
    private static final int PRODUCT_UEFI = 0x11;
    private static final int CODE_X86 = 0;
    private static final int CODE_EFI = 3;
    private static final int CPU_AMD64 = 1;
    private static final int PROTOCOL_VPI = 2;

    private SyntheticRom() {
    }

    static Bytes of(int deviceId, boolean small) {
        int pxe = small ? SMALL_BLOCKS : PXE_BLOCKS;
        int uefi = small ? SMALL_BLOCKS : UEFI_BLOCKS;
        return new BytesBuilder()
                .add(rom(deviceId, PRODUCT_PXE, new int[] {3, 4, 752}, CODE_X86, pxe, false))
                .add(rom(deviceId, PRODUCT_UEFI, new int[] {14, 11, 45}, CODE_EFI, uefi,
                        true))
                .build();
    }

    private static Bytes rom(int deviceId, int product, int[] version, int code, int blocks,
            boolean last) {
        byte[] rom = new byte[blocks * BLOCK];
        SplittableRandom random = new SplittableRandom(product);
        for (int i = PCIR; i < rom.length; i++) {
            // High bit set: filler can never spell a signature.
            rom[i] = (byte) (random.nextInt() | 0x80);
        }
        ByteBuffer out = ByteBuffer.wrap(rom).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort(0, (short) 0xaa55).put(2, (byte) blocks).putShort(0x18, (short) PCIR);
        out.put(PCIR, "PCIR".getBytes(StandardCharsets.US_ASCII));
        out.putShort(PCIR + 4, (short) CardFacts.VENDOR_ID).putShort(PCIR + 6, (short) deviceId);
        out.putInt(PCIR + 8, 0x18 << 16).putInt(PCIR + 12, 0x02000000);
        out.putShort(PCIR + 16, (short) blocks).putShort(PCIR + 18, (short) 0);
        out.put(PCIR + 20, (byte) code).put(PCIR + 21, (byte) (last ? 0x80 : 0));
        out.put(SIGNATURE, "mlxsign:".getBytes(StandardCharsets.US_ASCII));
        out.putInt(SIGNATURE + 8, product << 16 | version[0]);
        out.putInt(SIGNATURE + 12, version[1] << 16 | version[2]);
        out.putInt(SIGNATURE + 16, deviceId << 16 | CPU_AMD64 << 8 | PROTOCOL_VPI);
        rom[rom.length - 1] = 0;
        int sum = 0;
        for (byte b : rom) {
            sum += b;
        }
        rom[rom.length - 1] = (byte) -sum;
        return Bytes.of(rom);
    }
}
