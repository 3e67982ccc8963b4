// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cx3tools.assemble.AssembleException.Reason;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.BoardFileValue;
import org.cx3tools.image.Fs2Image;

/**
 * The switch to 56 Gbit/s Ethernet that people know from public listings (observed, source-form 1):
 * firmware of retail boards has ability and enable bit of 56GBASE-KR4 and 40GBASE-KR4 set, that of
 * some OEM boards has not, and their board files lack the lines.
 */
public final class Unlock56g {
    private static final List<String> MODES = List.of("kr4_ability", "kr4_enable", "56kr4_ability", "56kr4_enable");
    private static final int[] PORTS = {0, 1};

    private Unlock56g() {
    }

    /**
     * Tells what has to be set. A bit that is set already is left alone, unless the board file says
     * otherwise.
     *
     * @param image an image with right checksums
     * @return the wishes for {@link KeySetter}; empty if both ports are unlocked
     * @throws AssembleException if no record of the image has the bits of either port
     */
    public static List<Assignment> wishes(Fs2Image image) throws AssembleException {
        RecordEditor records = new RecordEditor(Assembler.takeApart(image).sections());
        Optional<BoardFile> board = KeySetter.boardFile(image);
        List<Assignment> wishes = new ArrayList<>();
        int ports = 0;
        for (int port : PORTS) {
            List<Field> fields = fields(port);
            if (fields.stream().noneMatch(records::has)) {
                continue;
            }
            ports++;
            for (Field field : fields) {
                if (!records.has(field)) {
                    // The board has not this mode; what it has is unlocked all the same.
                    continue;
                }
                BoardKey key = BoardKey.of(field, board).orElseThrow();
                boolean set = records.get(field).equals(Optional.of(1L));
                if (!set || board.isPresent() && saysNo(board.get(), key)) {
                    wishes.add(new Assignment(key.toString(), "1"));
                }
            }
        }
        if (ports == 0) {
            throw new AssembleException(Reason.RESULT, String.format("no record of the image sets the Ethernet modes"
                    + " of a port (registers 0x%x and 0x%x): this firmware keeps them elsewhere, or is for another"
                    + " card", fields(0).get(0).address(), fields(1).get(0).address()));
        }
        return wishes;
    }

    private static List<Field> fields(int port) {
        return MODES.stream().map(mode -> FieldDictionary.observed()
                .byName("scratchpad.eth.port[" + port + "].eth_802_3ap_" + mode).orElseThrow()).toList();
    }

    private static boolean saysNo(BoardFile board, BoardKey key) {
        OptionalLong number = board.get(key.section(), key.key()).map(BoardFileValue::number)
                .orElse(OptionalLong.empty());
        return number.isPresent() && number.getAsLong() == 0;
    }
}
