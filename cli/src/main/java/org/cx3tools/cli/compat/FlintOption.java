// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

/**
 * Options of the vendor's flint, by their long name. A known option that we do not offer is an error, never ignored:
 * its row says why.
 */
enum FlintOption {
    DEVICE("device", 'd', 1, ""),
    IMAGE("image", 'i', 1, ""),
    HELP("help", 'h', 0, ""),
    LONG_HELP("hh", '\0', 0, ""),
    YES("yes", 'y', 0, ""),
    NO("no", '\0', 0, ""),
    GUID("guid", '\0', 1, ""),
    GUIDS("guids", '\0', 4, ""),
    MAC("mac", '\0', 1, ""),
    MACS("macs", '\0', 2, ""),
    UID("uid", '\0', 1, ""),
    CLEAR_SEMAPHORE("clear_semaphore", '\0', 0, ""),
    QQ("qq", '\0', 0, ""),
    FLASHED_VERSION("flashed_version", '\0', 0, ""),
    NOFS("nofs", '\0', 0, ""),
    ALLOW_ROM_CHANGE("allow_rom_change", '\0', 0, ""),
    ALLOW_PSID_CHANGE("allow_psid_change", '\0', 0, ""),
    NO_FLASH_VERIFY("no_flash_verify", '\0', 0, ""),
    NO_DEVID_CHECK("no_devid_check", '\0', 0, ""),
    SILENT("silent", 's', 0, ""),
    VSD("vsd", '\0', 1, ""),
    USE_IMAGE_PS("use_image_ps", '\0', 0, ""),
    USE_IMAGE_GUIDS("use_image_guids", '\0', 0, ""),
    USE_IMAGE_ROM("use_image_rom", '\0', 0, ""),
    STRIPED_IMAGE("striped_image", '\0', 0, ""),
    PSID("psid", '\0', 1, ""),
    LOG("log", '\0', 1, ""),
    VERSION("version", 'v', 0, ""),

    BLANK_GUIDS("blank_guids", '\0', 0, "a card with blank GUIDs cannot boot; give -guid and -mac"),
    USE_DEV_ROM("use_dev_rom", '\0', 0, "the ROM of the card is kept when the image has none"),
    BANKS("banks", '\0', 1, "the number of flash chips is found by itself"),
    FLASH_PARAMS("flash_params", '\0', 1, "chips are found by their JEDEC id only"),
    USE_FW("use_fw", '\0', 0, "the flash is reached through the gateway only"),
    OVERRIDE_CACHE("override_cache_replacement", '\0', 0, "these cards have no such cache"),
    OCR("ocr", '\0', 0, "these cards have no such cache"),
    IGNORE_DEV_DATA("ignore_dev_data", '\0', 0, "FS2 images have no device data sections"),
    DUAL_IMAGE("dual_image", '\0', 0, "a burn writes one slot and keeps the other"),
    NO_FW_CTRL("no_fw_ctrl", '\0', 0, "these cards have no firmware controlled update"),
    LOW_CPU("low_cpu", '\0', 0, "it has no meaning here"),
    LATEST_FW("latest_fw", '\0', 0, "nothing is downloaded"),
    IR("ir", '\0', 0, "these cards cannot reactivate an image"),
    CC("cc", '\0', 1, Reason.NEWER),
    LINKX("linkx", '\0', 0, Reason.NEWER),
    DOWNSTREAM_START("downstream_device_id_start_index", '\0', 1, Reason.NEWER),
    DOWNSTREAM_COUNT("num_of_downstream_devices", '\0', 1, Reason.NEWER),
    DOWNSTREAM_IDS("downstream_device_ids", '\0', 1, Reason.NEWER),
    LINKX_AUTO("linkx_auto_update", '\0', 0, Reason.NEWER),
    ACTIVATE("activate", '\0', 0, Reason.NEWER),
    ACTIVATE_DELAY("activate_delay_sec", '\0', 1, Reason.NEWER),
    DOWNLOAD_TRANSFER("download_transfer", '\0', 0, Reason.NEWER),
    PRIVATE_KEY("private_key", '\0', 1, Reason.NEWER),
    PUBLIC_KEY("public_key", '\0', 1, Reason.NEWER),
    KEY_UUID("key_uuid", '\0', 1, Reason.NEWER),
    PRIVATE_KEY2("private_key2", '\0', 1, Reason.NEWER),
    HMAC_KEY("hmac_key", '\0', 1, Reason.NEWER),
    KEY_UUID2("key_uuid2", '\0', 1, Reason.NEWER),
    PUBLIC_KEY_LABEL("public_key_label", '\0', 1, Reason.NEWER),
    PRIVATE_KEY_LABEL("private_key_label", '\0', 1, Reason.NEWER),
    OPENSSL_ENGINE("openssl_engine", '\0', 1, Reason.NEWER),
    OPENSSL_KEY_ID("openssl_key_id", '\0', 1, Reason.NEWER),
    OUTPUT_FILE("output_file", '\0', 1, Reason.NEWER),
    USER_PASSWORD("user_password", '\0', 1, Reason.NEWER),
    CERT_CHAIN_INDEX("cert_chain_index", '\0', 1, Reason.NEWER);

    private final String longName;
    private final char shortName;
    private final int values;
    private final String whyNot;

    FlintOption(String longName, char shortName, int values, String whyNot) {
        this.longName = longName;
        this.shortName = shortName;
        this.values = values;
        this.whyNot = whyNot;
    }

    /** Name behind one or two dashes. */
    String longName() {
        return longName;
    }

    /** One-letter name, or NUL. */
    char shortName() {
        return shortName;
    }

    /** Number of values that follow, separated by blanks. */
    int valueCount() {
        return values;
    }

    /** Why it is not offered; empty when it is. */
    String whyNot() {
        return whyNot;
    }

    private static final class Reason {
        static final String NEWER = "it is for newer generations of cards";
    }
}
