// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random Image Info sections: the tags in any order, with some that nobody knows. */
final class InfoMaker {
    private static final String PRINTABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. ";

    private final Random random;
    private final Traits traits;

    InfoMaker(Random random, Traits traits) {
        this.random = random;
        this.traits = traits;
    }

    String psid() {
        if (traits.sometimes(12, "psid of full length")) {
            return text(16).replace(' ', 'X');
        }
        return "CX3_" + (1000000000L + random.nextInt(1000000000));
    }

    byte[] make(int deviceId, String psid) {
        List<InfoTag> tags = new ArrayList<>();
        tags.add(version());
        tags.add(InfoTag.buildTime(2010 + random.nextInt(20), 1 + random.nextInt(12),
                1 + random.nextInt(28), random.nextInt(24), random.nextInt(60),
                random.nextInt(60)));
        tags.add(InfoTag.words(3, (long) random.nextInt(3) << 16 | deviceId));
        tags.add(InfoTag.text(4, psid, 16));
        tags.add(InfoTag.text(5, vsd(), 208));
        tags.add(InfoTag.prsName("synthetic_" + random.nextInt(10000) + ".prs"));
        optionalTags(tags, deviceId);
        int unknown = random.nextInt(4);
        for (int i = 0; i < unknown; i++) {
            traits.add("unknown info tags");
            byte[] data = new byte[4 * random.nextInt(9)];
            random.nextBytes(data);
            tags.add(new InfoTag(21 + random.nextInt(234), data));
        }
        Collections.shuffle(tags, random);
        tags.add(new InfoTag(InfoTag.END, new byte[0]));
        return InfoTag.section(tags);
    }

    private InfoTag version() {
        int minor = traits.sometimes(10, "minor version with four digits")
                ? 100 + random.nextInt(9900) : random.nextInt(100);
        return InfoTag.firmwareVersion(1 + random.nextInt(3), minor, random.nextInt(10000));
    }

    private String vsd() {
        if (traits.sometimes(12, "vsd of full length")) {
            return text(208);
        }
        return random.nextBoolean() ? "" : text(1 + random.nextInt(60));
    }

    private void optionalTags(List<InfoTag> tags, int deviceId) {
        if (random.nextBoolean()) {
            tags.add(InfoTag.words(0, 1));
        }
        if (random.nextBoolean()) {
            tags.add(InfoTag.words(6, random.nextInt(), random.nextInt()));
        }
        if (traits.sometimes(3, "product version")) {
            tags.add(InfoTag.text(7, traits.sometimes(8, "product version of full length")
                    ? "02.42.50.00.1234" : "02.42.50.00", 16));
        }
        if (random.nextInt(4) != 0) {
            tags.add(InfoTag.words(8, traits.sometimes(10, "foreign vendor id") ? 0x1590
                    : 0x15B3));
        }
        if (random.nextBoolean()) {
            tags.add(InfoTag.words(9, random.nextInt(2)));
        }
        if (random.nextInt(4) != 0) {
            tags.add(hardwareIds(deviceId));
        }
        if (!traits.sometimes(6, "no mic version")) {
            tags.add(InfoTag.words(11, (long) random.nextInt(5) << 16,
                    (long) random.nextInt(200) << 16 | random.nextInt(200)));
        }
        if (traits.sometimes(5, "min fit version")) {
            tags.add(InfoTag.words(12, random.nextInt(), random.nextInt()));
        }
        if (traits.sometimes(5, "hardware access key")) {
            tags.add(InfoTag.words(13, random.nextBoolean() ? 0 : random.nextInt(),
                    random.nextInt(3)));
        }
        for (int id = 14; id <= 18; id++) {
            if (random.nextInt(3) == 0) {
                byte[] data = new byte[4 * (1 + random.nextInt(6))];
                random.nextBytes(data);
                tags.add(new InfoTag(id, data));
            }
        }
        configArea(tags);
    }

    private InfoTag hardwareIds(int deviceId) {
        long[] ids = new long[1 + random.nextInt(4)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) i << 16 | (deviceId == 4103 ? 0x1F7 : 0x1F5);
        }
        return InfoTag.words(10, ids);
    }

    private void configArea(List<InfoTag> tags) {
        int sectors = random.nextInt(5);
        int pad = random.nextInt(3);
        switch (random.nextInt(3)) {
            case 0 -> tags.add(InfoTag.words(19, sectors, pad));
            case 1 -> tags.add(InfoTag.words(19, sectors, pad, random.nextBoolean() ? 2 : 6));
            default -> traits.add("no config area tag");
        }
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(PRINTABLE.charAt(random.nextInt(PRINTABLE.length())));
        }
        return text.toString();
    }
}
