// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn.corpus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cx3tools.binary.Bytes;
import org.cx3tools.binary.BytesBuilder;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageFixture;
import org.cx3tools.learn.corpus.HiddenKey.HiddenField;

/**
 * Images of many boards of one firmware version, made from a hidden dictionary: absent keys with
 * defaults, masks that leave fields or single bits out on some boards, records that only some
 * boards have, two Configuration sections with repeated and (rarely) disagreeing records, keys
 * with words, constant filler. Shares nothing with the learner.
 */
public final class SyntheticCorpus {
    private static final int WORDS = 500;
    private static final int CONFIGURATION = 2;

    private final Random random;
    private final int boards;
    private final List<HiddenKey> keys;
    private final List<HiddenText> texts;
    private final Registers registers;
    private final Set<Long> disputed = new HashSet<>();

    /** Makes a corpus of so many boards. */
    public SyntheticCorpus(Random random, int boards) {
        this.random = random;
        this.boards = boards;
        registers = new Registers(boards);
        KeyMaker maker = new KeyMaker(random, boards);
        keys = maker.make();
        texts = maker.makeTexts();
        fillRegisters();
    }

    /** {@return the number of boards} */
    public int boards() {
        return boards;
    }

    /** {@return the hidden keys} */
    public List<HiddenKey> keys() {
        return keys;
    }

    /** {@return the hidden keys with words} */
    public List<HiddenText> texts() {
        return texts;
    }

    /** {@return what firmware gets on each board} */
    public Registers registers() {
        return registers;
    }

    /** {@return words whose records disagree on some board} */
    public Set<Long> disputed() {
        return disputed;
    }

    /** {@return the image of each board} */
    public List<Fs2Image> images() {
        List<Fs2Image> images = new ArrayList<>();
        for (int board = 0; board < boards; board++) {
            images.add(image(board));
        }
        return images;
    }

    /** Flips bits of fields on some boards, as people do with hex editors. */
    public void editByHand(int bits) {
        for (int left = bits; left > 0;) {
            HiddenKey key = keys.get(random.nextInt(keys.size()));
            int board = random.nextInt(boards);
            if (key.field().isPresent()) {
                HiddenField field = key.field().get();
                int bit = field.bit() + random.nextInt(field.width());
                if (registers.covered(field.address(), board, bit)) {
                    registers.flip(field.address(), board, bit);
                    left--;
                }
            }
        }
    }

    private void fillRegisters() {
        Set<Long> used = new HashSet<>();
        keys.forEach(key -> key.field().ifPresent(field -> used.add(field.address())));
        texts.forEach(key -> key.field().ifPresent(field -> used.add(field.address())));
        for (long address : used) {
            boolean someBoards = random.nextInt(10) == 0;
            boolean masksDiffer = random.nextInt(6) == 0;
            if (random.nextInt(60) == 0) {
                disputed.add(address);
            }
            // Bits of fields that no key sets, where no hidden field is.
            long reserved = random.nextInt(3) == 0 ? random.nextInt() & 0xffffffffL : 0;
            long constant = random.nextInt() & 0xffffffffL;
            for (HiddenKey key : keys) {
                reserved &= key.field().isPresent() && key.field().get().address() == address
                        ? ~mask(key.field().get()) : -1;
            }
            for (HiddenText key : texts) {
                reserved &= key.field().isPresent() && key.field().get().address() == address
                        ? ~mask(key.field().get()) : -1;
            }
            registers.put(address, 0, 0, 0);
            Set<HiddenKey> whole = new HashSet<>();
            for (int board = 0; board < boards; board++) {
                if (someBoards && random.nextInt(5) < 2) {
                    continue;
                }
                registers.put(address, board, constant, reserved);
                putFields(address, board, masksDiffer, whole);
            }
        }
        for (long address = 0x20000; used.size() < WORDS; address += 4) {
            used.add(address);
            long value = random.nextInt();
            for (int board = 0; board < boards; board++) {
                registers.put(address, board, value, 0xff00ff0fL);
            }
        }
    }

    private void putFields(long address, int board, boolean masksDiffer, Set<HiddenKey> whole) {
        for (HiddenKey key : keys) {
            if (key.field().isPresent() && key.field().get().address() == address
                    && !(masksDiffer && random.nextInt(4) == 0)) {
                HiddenField field = key.field().get();
                // A field that has no record with all of its bits would not be the one of a mask.
                long holes = masksDiffer && whole.contains(key) && random.nextInt(6) == 0
                        ? random.nextInt() : -1;
                whole.add(key);
                registers.put(address, board, key.content(board) << field.bit(),
                        mask(field) & holes);
            }
        }
        for (HiddenText key : texts) {
            if (key.field().isPresent() && key.field().get().address() == address) {
                HiddenField field = key.field().get();
                registers.put(address, board, key.codes()[board] << field.bit(), mask(field));
            }
        }
    }

    static long mask(HiddenField field) {
        return (1L << field.width()) - 1 << field.bit();
    }

    private Fs2Image image(int board) {
        BytesBuilder first = new BytesBuilder();
        BytesBuilder second = new BytesBuilder();
        for (long address : registers.addresses()) {
            long mask = registers.mask(address, board);
            if (mask == 0) {
                continue;
            }
            long value = registers.value(address, board);
            // Whatever stands outside of the mask means nothing.
            long shown = random.nextInt(4) == 0 ? value | random.nextInt() & ~mask & 0xffffffffL
                    : value;
            (random.nextBoolean() ? first : second).addWord(address).addWord(shown).addWord(mask);
            if (disputed.contains(address)) {
                second.addWord(address).addWord(~value & 0xffffffffL).addWord(mask);
            } else if (random.nextInt(20) == 0) {
                second.addWord(address).addWord(value).addWord(mask);
            }
        }
        try {
            Fs2Image plain = Fs2Image.parse(new ImageFixture()
                    .section(CONFIGURATION, first.build()).section(CONFIGURATION, second.build())
                    .build());
            return ImageEditor.withBoardFile(plain, Bytes.ofText(boardFile(board)));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private String boardFile(int board) {
        Spelling spelling = new Spelling(random);
        StringBuilder text = new StringBuilder("[PS_INFO]\nName = BOARD_" + board
                + "\nDescription = Synthetic board " + board + "\n[ADAPTER]\nPSID = SYN_" + board
                + "\n");
        text.append("[HCA]\n");
        for (HiddenText key : texts) {
            if (key.words()[board] != null) {
                text.append(key.name()).append(" = ").append(key.words()[board]).append('\n');
            }
        }
        for (String section : List.of("HCA", "IB", "PLL", "ADAPTER", "PORT")) {
            text.append('[').append(section).append("]\n");
            for (HiddenKey key : keys) {
                if (key.section().equals(section) && key.numbers()[board] != null) {
                    text.append(spelling.line(key.name(), key.numbers()[board]));
                }
            }
        }
        return text.toString();
    }
}
