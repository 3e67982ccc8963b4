// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

/** Everything that the doctor can find, the likeliest root cause first: that is the order in which findings are told. */
public enum FindingKind {
    /** Config space reads all ones. */
    OFF_THE_BUS(FindingClass.ACCESS),
    /** No image on flash boots: the chip shows its recovery id. */
    RECOVERY_MODE(FindingClass.FIRMWARE),
    /** The flash cannot be read. */
    FLASH_UNREADABLE(FindingClass.FIRMWARE),
    /** An image on flash has wrong CRCs; firmware still runs. */
    DAMAGED_IMAGE(FindingClass.FIRMWARE),
    /** CR space is locked by the firmware (secure host). */
    CR_SPACE_LOCKED(FindingClass.ACCESS),
    /** BAR0 or BAR2 has no place in the address space of the machine. */
    BAR_RESOURCES(FindingClass.RESOURCES),
    /** BAR2 is the one, because the firmware makes it large. */
    BAR2_TOO_LARGE(FindingClass.RESOURCES),
    /** The windows of the virtual functions have no place. */
    SRIOV_RESOURCES(FindingClass.RESOURCES),
    /** Bit 1 of the PCI command register is 0. */
    MEMORY_DECODING_OFF(FindingClass.ACCESS),
    /** The kernel gives no access to registers, to nobody. */
    LOCKDOWN(FindingClass.ACCESS),
    /** A flash lock is held, and nobody is there who could hold it. */
    LOCKS_LEFT(FindingClass.LOCKS),
    /** A flash lock is held by somebody who is at work. */
    LOCKS_HELD(FindingClass.LOCKS),
    /** The firmware does not answer the driver. */
    FIRMWARE_FAILS(FindingClass.FIRMWARE),
    /** The driver wants a newer command interface. */
    FIRMWARE_TOO_OLD(FindingClass.FIRMWARE),
    /** The chip did not come back from the driver's reset. */
    RESET_FAILS(FindingClass.DRIVER),
    /** No interrupt arrives. */
    INTERRUPTS(FindingClass.DRIVER),
    /** The card does not change its power state. */
    POWER_STATE(FindingClass.RESOURCES),
    /** The driver left the card for a reason that is not told. */
    DRIVER_GAVE_UP(FindingClass.DRIVER),
    /** Another driver than mlx4_core has the card. */
    OTHER_DRIVER(FindingClass.DRIVER),
    /** The image on flash is of another board. */
    FOREIGN_PSID(FindingClass.HINT),
    /** The image on flash is not the one that runs. */
    NOT_RUNNING_YET(FindingClass.HINT),
    /** Fewer or slower PCIe lanes than the card has. */
    NARROW_LINK(FindingClass.HINT),
    /** A driver is bound: the kernel keeps BAR0. */
    BAR_HELD(FindingClass.HINT);

    private final FindingClass findingClass;

    FindingKind(FindingClass findingClass) {
        this.findingClass = findingClass;
    }

    /** {@return the class, which decides the exit code} */
    public FindingClass findingClass() {
        return findingClass;
    }
}
