// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import org.cx3tools.binary.Bytes;

/**
 * One tag of the Image Info section (fs2-image 4).
 *
 * @param id 0 to 255
 * @param offset offset of the tag word in the image; the data is 4 bytes behind it
 * @param data the data, a multiple of 4 bytes
 */
public record InfoTag(int id, int offset, Bytes data) {
    /** Format revision. */
    public static final int FORMAT_REVISION = 0;
    /** Firmware version. */
    public static final int FW_VERSION = 1;
    /** Build time, BCD. */
    public static final int BUILD_TIME = 2;
    /** PCI device id and revision. */
    public static final int DEVICE_TYPE = 3;
    /** PSID, 16 bytes. */
    public static final int PSID = 4;
    /** Vendor text, 208 bytes. */
    public static final int VSD = 5;
    /** Supported PSIDs, layout unknown. */
    public static final int SUPPORTED_PSIDS = 6;
    /** Product version text, 16 bytes. */
    public static final int PRODUCT_VERSION = 7;
    /** Vendor id of the VSD. */
    public static final int VSD_VENDOR = 8;
    /** General availability flag. */
    public static final int GA_FLAG = 9;
    /** Hardware ids that are supported. */
    public static final int HARDWARE_IDS = 10;
    /** Version of the image tool; its presence makes stock check the full CRC. */
    public static final int MIC_VERSION = 11;
    /** Least version of the configuration format. */
    public static final int MIN_FIT_VERSION = 12;
    /** Hardware access key. */
    public static final int HW_ACCESS_KEY = 13;
    /** Configuration area. */
    public static final int CONFIG_AREA = 19;
    /** Name of the PRS file. */
    public static final int PRS_NAME = 20;
    /** End of the tags. */
    public static final int END = 255;
}
