// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.cx3tools.binary.Bytes;
import org.cx3tools.nativecore.NativeException;
import org.cx3tools.nativecore.NativeSimInfo;

/**
 * The boot code of the virtual card, which shares no code with ours: does a card with this content on
 * its flash boot, whichever of two images it prefers?
 */
final class BootJudge {
    private final BlockingQueue<VirtualCard> cards = new LinkedBlockingQueue<>();
    private final AtomicLong boots = new AtomicLong();

    /** Some cards, so that several threads can ask. */
    BootJudge(Path folder) throws Exception {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            // Larger than the flash of the tests: the rest is blank and holds nothing to boot.
            cards.add(VirtualCard.small(folder, "judge" + i, TestImages.onCard().build(), "W25Q80BV"));
        }
    }

    /** What is wrong, empty when both policies boot. */
    String problem(Bytes content) {
        try {
            VirtualCard card = cards.take();
            try {
                card.poke(0, content.toArray());
                for (NativeSimInfo.BootPolicy policy : NativeSimInfo.BootPolicy.values()) {
                    card.powerCycle(policy);
                    boots.incrementAndGet();
                    if (!card.info().booted()) {
                        return "the virtual card does not boot with policy " + policy;
                    }
                }
                return "";
            } finally {
                cards.add(card);
            }
        } catch (NativeException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** How often a card was switched on. */
    long boots() {
        return boots.get();
    }
}
