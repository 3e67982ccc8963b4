// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.image;

import java.io.IOException;
import org.cx3tools.binary.Bytes;

/** A medium in memory; its reads share storage. */
record BytesMedium(Bytes content) implements Medium {
    @Override
    public long size() {
        return content.length();
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) throws IOException {
        read(address, length).copyTo(0, target, offset, length);
    }

    @Override
    public Bytes read(long address, int length) throws IOException {
        if (address < 0 || length < 0 || address > content.length() - (long) length) {
            throw new IOException("cannot read " + length + " bytes at address 0x"
                    + Long.toHexString(address) + ": the data has 0x"
                    + Integer.toHexString(content.length()) + " bytes");
        }
        return content.slice((int) address, length);
    }
}
