// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.Optional;
import org.cx3tools.device.AccessWay;
import org.cx3tools.device.CardInfo;

/** Cards for tests of plans. */
final class Cards {
    private Cards() {}

    static CardInfo virtual(int hwId) {
        return card(hwId, true);
    }

    static CardInfo real(int hwId) {
        return card(hwId, false);
    }

    private static CardInfo card(int hwId, boolean virtual) {
        return new CardInfo("test", 0x15b3, hwId == 503 ? 0x1007 : 0x1003, 0x15b3, 3, 0, hwId, 0,
                false, virtual, AccessWay.SIM, Optional.empty(), Optional.empty(), 8, 8, "");
    }
}
