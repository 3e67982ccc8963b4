// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.synthetic;

import org.cx3tools.image.FirmwareVersion;

/** Total lengths of BOOT2 blocks and sections as observed in listings of real images. */
enum SyntheticLayout {
    /** The operator's new image, 2.36.5000 (job page, step 7). */
    RELEASE_236(0x2540, 0xf8c, 0x17f0, 0xd300, 0x1064, 0x3d0, 0x3dc94, 0x4e84, 0x41f4, 0xaf8,
            0x2f564, 0x3bac, 0x15074, 0x108, 0x4c04),
    /** OEM ConnectX-3 Pro 2.42.5700 (fs2-image 1.5). */
    OEM_242(0x2324, 0xfa4, 0x17fc, 0xd3e4, 0x1064, 0x3f0, 0x3e644, 0x4e84, 0x45f4, 0xaf8, 0x301d4,
            0x3bac, 0x15574, 0x108, 0x5084),
    /** Release ConnectX-3 2.42.5000 (fs2-image 1.5). */
    RELEASE_242(0x2324, 0xfa4, 0x17fc, 0xd398, 0x1054, 0x3d0, 0x3dfd8, 0x4e84, 0x44d4, 0xaf8,
            0x2f0f4, 0x3bac, 0x14ef4, 0x108, 0x5084),
    /** No image that was seen: the same kinds of sections, little in them. */
    SMALL(0x624, 0xfa4, 0x17fc, 0x3e4, 0x1064, 0x3f0);

    /** First BOOT2, the same in all listings. */
    static final int BOOT2_FIRST = 0x624;
    /** Jump addresses, the same in all listings. */
    static final int JUMP_ADDRESSES = 0x74;

    private final int boot2Second;
    private final int firstConfiguration;
    private final int secondConfiguration;
    private final int[] ddr;

    SyntheticLayout(int boot2Second, int firstConfiguration, int secondConfiguration, int... ddr) {
        this.boot2Second = boot2Second;
        this.firstConfiguration = firstConfiguration;
        this.secondConfiguration = secondConfiguration;
        this.ddr = ddr;
    }

    static SyntheticLayout of(CardModel model, FirmwareVersion version) {
        if (version.minor() < 42) {
            return RELEASE_236;
        }
        return model == CardModel.HP_764285_B21 ? OEM_242 : RELEASE_242;
    }

    int boot2Second() {
        return boot2Second;
    }

    int firstConfiguration() {
        return firstConfiguration;
    }

    int secondConfiguration() {
        return secondConfiguration;
    }

    int[] ddr() {
        return ddr.clone();
    }
}
