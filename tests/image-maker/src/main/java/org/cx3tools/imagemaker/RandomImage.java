// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.imagemaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * An image with all the freedom the format has, decided by a seed alone.
 *
 * @param seed      the number that makes this very image again
 * @param layout    the contiguous image and its parts
 * @param boardText the board file inside, if any
 * @param rom       the expansion ROM inside, if any
 * @param traits    the rare features it has
 */
public record RandomImage(long seed, ImageLayout layout, Optional<String> boardText,
        Optional<byte[]> rom, List<String> traits) {

    /** How much room the image takes. */
    public enum Size {
        /** Some ten KiB: for tests that make hundreds. */
        SMALL,
        /** Like a release, 600 to 800 KiB. */
        RELEASE
    }

    /**
     * Makes an image.
     *
     * @param seed decides everything
     * @param size how large
     * @return an image that a verifier must accept, unless its GUIDs are blank
     */
    public static RandomImage of(long seed, Size size) {
        return new Maker(new Random(seed), size).make(seed);
    }

    /** Whether GUIDs and checksums are left blank, which makes an image not bootable. */
    public boolean blankGuids() {
        return layout.plan().blankGuids();
    }

    /** The seed and the features, for messages. */
    public String describe() {
        return "image of seed " + seed + " " + traits;
    }

    private static final class Maker {
        private final Random random;
        private final Traits traits;
        private final Size size;
        private final int deviceId;

        Maker(Random random, Size size) {
            this.random = random;
            this.traits = new Traits(random);
            this.size = size;
            this.deviceId = random.nextBoolean() ? 4103 : 4099;
        }

        RandomImage make(long seed) {
            boolean blank = traits.sometimes(12, "blank guids");
            InfoMaker info = new InfoMaker(random, traits);
            String psid = info.psid();
            List<Section> sections = new ArrayList<>();
            sections.add(section(Section.GUID, guids(blank)));
            sections.add(section(Section.INFO, info.make(deviceId, psid)));
            Optional<String> board = board(psid, sections);
            Optional<byte[]> rom = rom(sections);
            fillers(sections);
            Collections.shuffle(sections, random);
            ImagePlan plan = new ImagePlan(bytes(16, random.nextBoolean()),
                    random.nextInt(4) << 8 | (random.nextInt(4) == 0 ? 1 : 0),
                    random.nextInt(0x1000000), chunk(), boots(sections), sections, blank);
            return new RandomImage(seed, ImageLayout.of(plan), board, rom, traits.list());
        }

        private OptionalInt chunk() {
            if (traits.sometimes(4, "non-failsafe")) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(16 + random.nextInt(8));
        }

        private List<BootBlock> boots(List<Section> sections) {
            int code = BootBlock.MARK_LENGTH + 4 * random.nextInt(400);
            BootBlock first = new BootBlock(random.nextInt() & 0xFFFFFFFFL, bytes(code, false));
            List<BootBlock> blocks = new ArrayList<>();
            blocks.add(first.marked().orElseThrow());
            if (!sections.get(0).knownType() || !traits.sometimes(4, "one boot block")) {
                long word = 13 + (random.nextInt() & 0x7FFFFFFFL);
                blocks.add(new BootBlock(word, bytes(4 * (5 + random.nextInt(800)), false)));
            }
            return blocks;
        }

        private byte[] guids(boolean blank) {
            if (blank) {
                byte[] ones = new byte[48];
                java.util.Arrays.fill(ones, (byte) 0xFF);
                return ones;
            }
            int count = traits.sometimes(6, "four guid entries") ? 4
                    : traits.sometimes(10, "many guid entries") ? 7 + random.nextInt(26) : 6;
            boolean ethernetOnly = count >= 6 && traits.sometimes(8, "ethernet-only guids");
            long base = 0x0002C90300000000L | random.nextInt() & 0xFFFFFFFFL;
            Words out = new Words();
            for (int i = 0; i < count; i++) {
                out.twoWords(i < 4 ? ethernetOnly ? -1 : base + i : mac(base + i));
            }
            return out.toArray();
        }

        private long mac(long base) {
            long mac = 0x0002C9000000L | base & 0xFFFFFF;
            if (traits.sometimes(25, "multicast mac")) {
                return mac | 1L << 40;
            }
            return traits.sometimes(25, "mac of more than 48 bits") ? mac | 1L << 52 : mac;
        }

        private Optional<String> board(String psid, List<Section> sections) {
            if (traits.sometimes(15, "no board file")) {
                return Optional.empty();
            }
            BoardText maker = new BoardText(random);
            String text = maker.make(psid, traits.sometimes(15, "large board file"));
            sections.add(section(Section.FW_CONFIGURATION, maker.compressed(text)));
            return Optional.of(text);
        }

        private Optional<byte[]> rom(List<Section> sections) {
            if (random.nextInt(3) != 0) {
                return Optional.empty();
            }
            traits.add("rom");
            byte[] rom = new RomMaker(random, traits, deviceId).make();
            sections.add(section(Section.ROM, rom));
            return Optional.of(rom);
        }

        private void fillers(List<Section> sections) {
            sections.add(section(Section.CONFIGURATION, bytes(12 * random.nextInt(60), false)));
            int ddr = size == Size.SMALL ? random.nextInt(13) : 12;
            for (int i = 0; i < ddr || sections.size() < 3; i++) {
                int words = size == Size.SMALL ? random.nextInt(375)
                        : 11000 + random.nextInt(6000);
                sections.add(section(Section.DDR, bytes(4 * words, false)));
            }
            for (int type : new int[] {Section.CONFIGURATION, Section.JUMP, Section.BOARD_ID,
                Section.USER_DATA, Section.DDRZ}) {
                if (random.nextInt(3) == 0) {
                    sections.add(section(type, bytes(4 * random.nextInt(100), false)));
                }
            }
            if (traits.sometimes(5, "emt service")) {
                sections.add(section(Section.EMT, bytes(1 + random.nextInt(200), false)));
            }
            if (traits.sometimes(5, "hash file")) {
                BoardText text = new BoardText(random);
                sections.add(section(Section.HASH_FILE, text.compressed("synthetic hash " + ddr)));
            }
            if (traits.sometimes(6, "unknown section type")) {
                long type = random.nextBoolean() ? 13 + random.nextInt(300)
                        : 13 + (random.nextInt() & 0x7FFFFFFFL);
                sections.add(section(type, bytes(4 * random.nextInt(100), false)));
            }
        }

        private Section section(long type, byte[] payload) {
            return new Section(type, random.nextInt(4) == 0 ? random.nextInt() & 0xFFFFFFFFL : 0,
                    payload);
        }

        private byte[] bytes(int length, boolean zero) {
            byte[] result = new byte[length];
            if (!zero) {
                random.nextBytes(result);
            }
            return result;
        }
    }
}
