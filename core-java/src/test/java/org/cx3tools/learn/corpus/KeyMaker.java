// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cx3tools.learn.corpus.HiddenKey.HiddenField;

/** Invents the hidden dictionary and what each board says. */
final class KeyMaker {
    private static final int FIELDS = 300;
    private static final int TEXT_ONLY = 10;
    private static final int TEXTS = 12;
    private static final String[] SECTIONS = {"HCA", "IB", "PLL", "ADAPTER", "PORT"};

    private final Random random;
    private final int boards;
    private final List<HiddenKey> keys = new ArrayList<>();
    private long address = 0x1f000;
    private int bit;

    KeyMaker(Random random, int boards) {
        this.random = random;
        this.boards = boards;
    }

    List<HiddenKey> make() {
        for (int i = 0; i < FIELDS; i++) {
            int width = random.nextInt(10) < 4 ? 1 : 2 + random.nextInt(15);
            Optional<HiddenField> field = Optional.of(place(width));
            int kind = random.nextInt(100);
            int last = keys.size() - 1;
            if (kind < 5) {
                long always = below(1L << width);
                add(field, width, always, numbers(new long[] {always}, 0.5));
            } else if (kind < 10 && last >= 0 && keys.get(last).twin() < 0
                    && keys.get(last).largest() < 1L << width && keys.get(last).distinct() > 1) {
                addTwin(field, last, width);
            } else {
                double rare = new double[] {0.04, 0.1, 0.2, 0.35, 0.5}[random.nextInt(5)];
                add(field, width, random.nextInt(3) == 0 ? 0 : below(1L << width),
                        numbers(pool(width), rare));
            }
        }
        for (int i = 0; i < TEXT_ONLY; i++) {
            add(Optional.empty(), 4, 0, numbers(pool(1 + random.nextInt(4)), 0.4));
        }
        return keys;
    }

    /** Makes keys with words, behind the fields of the others and some without a field. */
    List<HiddenText> makeTexts() {
        List<HiddenText> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            Optional<HiddenField> field = i % 3 == 2 ? Optional.empty() : Optional.of(place(2));
            texts.add(HiddenText.make("mode_" + i, field, boards, random));
        }
        return texts;
    }

    private void add(Optional<HiddenField> field, int width, long defaultValue, Long[] numbers) {
        int i = keys.size();
        String section = SECTIONS[i % SECTIONS.length];
        String name = section.equals("IB") && i % 3 == 0
                ? "port" + (1 + i % 2) + "_802_3ap_ability_" + i : "Some_key_" + i;
        keys.add(new HiddenKey(section, name, field, defaultValue, numbers, -1));
    }

    /** Makes a key that goes with the one before on every board, for switches often against it. */
    private void addTwin(Optional<HiddenField> field, int last, int width) {
        HiddenKey other = keys.get(last);
        boolean inverted = other.largest() == 1 && random.nextBoolean();
        Long[] numbers = other.numbers().clone();
        for (int board = 0; board < boards && inverted; board++) {
            numbers[board] = numbers[board] == null ? null : 1 - numbers[board];
        }
        add(field, width, below(1L << width), numbers);
        HiddenKey made = keys.remove(last + 1);
        keys.add(new HiddenKey(made.section(), made.name(), field, made.defaultValue(), numbers,
                last));
        keys.set(last, new HiddenKey(other.section(), other.name(), other.field(),
                other.defaultValue(), other.numbers(), last + 1));
    }

    /** Numbers that boards choose from; the first is the usual one. */
    private long[] pool(int width) {
        long[] pool = new long[2 + random.nextInt(Math.min(5, 1 << width - 1))];
        // Some fields are never filled to the top.
        long limit = random.nextInt(6) == 0 ? 1L << (width + 1) / 2 : 1L << width;
        pool[0] = below(limit);
        for (int i = 1; i < pool.length; i++) {
            do {
                pool[i] = below(limit);
            } while (pool[i] == pool[0]);
        }
        return pool;
    }

    private Long[] numbers(long[] pool, double rare) {
        double absent = random.nextInt(3) == 0 ? 0.25 : 0;
        Long[] numbers = new Long[boards];
        for (int board = 0; board < boards; board++) {
            boolean usual = pool.length == 1 || random.nextDouble() >= rare;
            numbers[board] = random.nextDouble() < absent ? null
                    : pool[usual ? 0 : 1 + random.nextInt(pool.length - 1)];
        }
        return numbers;
    }

    private HiddenField place(int width) {
        bit += random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        if (bit + width > 32 || random.nextInt(6) == 0) {
            address += 4L * (1 + random.nextInt(3));
            bit = random.nextInt(3) * Math.min(1, 32 - width);
        }
        HiddenField field = new HiddenField(address, bit, width);
        bit += width;
        return field;
    }

    private long below(long limit) {
        return random.nextLong() >>> 1 & limit - 1;
    }
}
