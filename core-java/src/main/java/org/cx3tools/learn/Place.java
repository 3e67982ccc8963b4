// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.learn;

import org.cx3tools.assemble.BoardKey;
import org.cx3tools.assemble.Field;

/**
 * A place where all bits of a key's numbers fit.
 *
 * @param word     index of the word
 * @param address  address of the word
 * @param bit      lowest bit
 * @param size     bits that the key's largest number needs
 * @param maxWidth bits up to the first one that cannot be a zero on top of the key's numbers
 */
record Place(int word, long address, int bit, int size, int maxWidth) {
    Field field(BoardKey key, int width) {
        return new Field(key.fieldName(), address, bit, width);
    }
}
