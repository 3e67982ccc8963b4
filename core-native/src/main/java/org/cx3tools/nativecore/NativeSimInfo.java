// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.util.Map;
import java.util.Objects;

/**
 * State of a virtual card: {@code struct cx3_sim_info} of {@code cx3/sim.h}.
 *
 * @param model what kind of card it is
 * @param flashSizeBytes size of all banks
 * @param bootPolicy which of two valid images the boot code starts
 * @param gatewayBusyReads how many reads of the gateway show busy after each command
 * @param maxTimes chip times are the maximum of the data sheet instead of the typical ones
 * @param powered false after a power cut
 * @param booted false when no image could be started: recovery mode
 * @param bootAddress physical start of the running image
 * @param fwMajor first number of the version of the running image
 * @param fwMinor second number of the version of the running image
 * @param fwSubminor third number of the version of the running image
 * @param nowMicros simulated clock
 * @param reads register reads
 * @param writes register writes
 * @param spiCommands commands of the gateway
 * @param erases erases of the chip
 * @param programs page programs of the chip
 * @param violations breaches of the protocol
 * @param firmwareCommands commands of the tools to firmware, those for the mailbox included
 * @param semaphoresHeld bit n is set when semaphore n is held
 * @param lastViolation text of the last breach, empty when there was none
 * @param fault the fault that is set
 * @param options all options of the card
 * @param applied settings that firmware runs with
 */
public record NativeSimInfo(
        NativeSimModel model,
        long flashSizeBytes,
        BootPolicy bootPolicy,
        int gatewayBusyReads,
        boolean maxTimes,
        boolean powered,
        boolean booted,
        long bootAddress,
        int fwMajor,
        int fwMinor,
        int fwSubminor,
        long nowMicros,
        long reads,
        long writes,
        long spiCommands,
        long erases,
        long programs,
        long violations,
        long firmwareCommands,
        long semaphoresHeld,
        String lastViolation,
        NativeSimFault fault,
        Map<NativeSimOption, Long> options,
        Applied applied) {

    /**
     * Which of two valid images is started. Not known for real cards, so both can be chosen; same
     * order as {@code enum cx3_sim_boot_policy}.
     */
    public enum BootPolicy {
        /** The image at the lowest address. */
        LOWEST,
        /** The image at the highest address. */
        HIGHEST;

        private static final BootPolicy[] BY_NUMBER = values();
    }

    /**
     * Settings that firmware runs with: what was stored when it started, else its defaults; {@code
     * struct cx3_sim_applied}. All zero when none runs.
     *
     * @param sriov virtual functions are offered
     * @param virtualFunctions how many
     * @param logBarSize size of BAR2 as a power of two of MiB
     * @param port1LinkType 1 InfiniBand, 2 Ethernet, 3 either, 0 no such port
     * @param port2LinkType likewise
     * @param port1OptionRom the option ROM runs on port 1
     * @param port2OptionRom the option ROM runs on port 2
     */
    public record Applied(boolean sriov, int virtualFunctions, int logBarSize, int port1LinkType,
            int port2LinkType, boolean port1OptionRom, boolean port2OptionRom) {
        static final int NUMBERS = 7;

        static Applied of(long[] n, int at) {
            return new Applied(n[at] != 0, (int) n[at + 1], (int) n[at + 2], (int) n[at + 3],
                    (int) n[at + 4], n[at + 5] != 0, n[at + 6] != 0);
        }
    }

    static final int NUMBERS = 34 + NativeSimOption.COUNT + Applied.NUMBERS;
    static final int TEXTS = 4;

    /** Checks that nothing is null. */
    public NativeSimInfo {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(bootPolicy, "bootPolicy");
        Objects.requireNonNull(lastViolation, "lastViolation");
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(applied, "applied");
    }

    /** Texts: chip, model name, last violation, VPD. */
    static NativeSimInfo of(long[] n, byte[][] texts) {
        NativeSimModel model = new NativeSimModel(
                (int) n[0], (int) n[1], (int) n[2], (int) n[3], (int) n[4], (int) n[5],
                NativeText.decode(texts[0]), n[6], (int) n[7], (int) n[8], (int) n[9],
                NativeText.decode(texts[1]), texts[3]);
        return new NativeSimInfo(
                model, n[10],
                BootPolicy.BY_NUMBER[(int) n[11]], (int) n[12], n[13] != 0,
                n[14] != 0, n[15] != 0, n[16],
                (int) n[17], (int) n[18], (int) n[19],
                n[20], n[21], n[22], n[23], n[24], n[25], n[26], n[27], n[28],
                NativeText.decode(texts[2]),
                NativeSimFault.of(n, 29), NativeSimOption.of(n, 34),
                Applied.of(n, 34 + NativeSimOption.COUNT));
    }
}
