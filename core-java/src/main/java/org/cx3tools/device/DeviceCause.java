// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.device;

/**
 * Everything that can go wrong with a device. The first group has one constant for each status of
 * the C core, under the same name (a test compares them); the second group arises in Java.
 */
public enum DeviceCause {
    /** A caller handed in something impossible. */
    INVALID_ARGUMENT(""),
    /** An address outside of the flash or of the register space. */
    OUT_OF_RANGE(""),
    /** Memory ran out. */
    NO_MEMORY(""),
    /** A system call failed; the text holds the system's words. */
    IO(""),
    /** No device of this name. */
    NOT_FOUND("`cx3 list` shows the cards of this machine, `cx3 sim create` makes a virtual one"),
    /** The device cannot do this. */
    NOT_SUPPORTED(""),
    /** Root privilege is needed to reach a card. */
    NOT_ROOT("run the command as root, for example with sudo"),
    /** The kernel forbids access to devices from user space. */
    KERNEL_LOCKDOWN("switch Secure Boot off, or start the kernel without lockdown"),
    /** A kernel driver uses the card. */
    DRIVER_BOUND("unload the driver first: modprobe -r mlx4_en mlx4_ib mlx4_core"),
    /** The memory window of the card is switched off. */
    MEMORY_DECODING_OFF("use the configuration space instead: pciconf:ADDRESS"),
    /** The card does not answer. */
    ALL_ONES("power the machine off and on; reseat the card; or try pciconf:ADDRESS"),
    /** The memory window shows another page than the registers. */
    WRONG_BAR_PAGE("use the configuration space instead: pciconf:ADDRESS"),
    /** Register access was locked by its owner. */
    CR_SPACE_LOCKED("unlock it with the key of its owner (hw_access enable)"),
    /** Not a chip of the ConnectX-3 family. */
    UNKNOWN_HARDWARE("only ConnectX-3 and ConnectX-3 Pro cards are supported"),
    /** Another process of ours has the card open. */
    BUSY("wait until the other cx3 command has finished"),
    /** A hardware lock is held by somebody else. */
    SEMAPHORE_TIMEOUT(
            "stop other flash tools and drivers of this card; when nobody is alive any more,"
            + " free the locks with --clear-semaphore"),
    /** Writes to the card do not arrive. */
    FLUSH_TIMEOUT("try again; if it stays, use pciconf:ADDRESS"),
    /** The flash gateway of the card hangs. */
    GATEWAY_TIMEOUT("power the machine off and on, then try again"),
    /** No flash chip answers. */
    NO_FLASH("power the machine off and on, then try again"),
    /** A flash chip that is not in the table. */
    UNKNOWN_FLASH("reading and writing of this chip is not supported"),
    /** The flash chip does not finish. */
    FLASH_BUSY_TIMEOUT("power the machine off and on, then try again"),
    /** The flash chip is write protected. */
    FLASH_PROTECTED("the protection was set on purpose: remove it with the tool that set it"),
    /** The flash chip refuses to be written. */
    WRITE_ENABLE_FAILED("check the write protection of the card"),
    /** Flash content is not what was written. */
    VERIFY_FAILED("try again; if it stays, the flash chip is worn out"),
    /** Stopped on request. */
    CANCELLED(""),
    /** Used after close. */
    CLOSED(""),
    /** The card did not come back. */
    RESET_TIMEOUT("power the machine off and on"),
    /** A replayed trace does not match. */
    TRACE_MISMATCH(""),
    /** A virtual card lost its power. */
    POWER_CUT("give it power again: cx3 sim power-cycle"),
    /** The file of a virtual card is damaged. */
    SIM_STATE_CORRUPT("make a new one: cx3 sim create"),
    /** A fault on schedule. */
    FAULT_INJECTED(""),
    /** The native library cannot be loaded. */
    LIBRARY("name the file with -Dcx3.native.library=PATH"),
    /** The command interface of the tools is locked. */
    HCR_LOCKED(
            "stop other tools at this card; when none is alive any more: cx3 mlxconfig -d DEVICE clear_semaphore"),
    /** The command interface is busy with a command that does not end. */
    HCR_BUSY("reset the card, or power the machine off and on"),
    /** Firmware did not finish a command in time. */
    HCR_TIMEOUT("reset the card, or power the machine off and on"),
    /** Firmware is too busy for the command. */
    HCR_STATUS_BUSY("try again in a moment"),
    /** This firmware does not know the command. */
    FIRMWARE_UNSUPPORTED("burn firmware 2.31.5000 or later"),
    /** Firmware refused a parameter of the command. */
    HCR_BAD_PARAMETER("burn newer firmware: what is asked for came with 2.31.5000 and later"),
    /** Firmware cannot do the command in its present state. */
    HCR_BAD_STATE("load the driver of the card, or reset the card"),
    /** Firmware cannot do the command after this reset. */
    HCR_BAD_RESET_STATE("reset the card, or power the machine off and on"),
    /** Firmware failed the command. */
    HCR_FAILED("reset the card and try again"),
    /** The answer of firmware does not fit the question. */
    HCR_BAD_ANSWER("reset the card and try again"),
    /** Firmware is busy with its settings. */
    NV_BUSY("try again in a moment"),
    /** Firmware does not know this version of the question. */
    NV_VERSION(Advice.NEWER_FIRMWARE),
    /** Firmware does not know this setting. */
    NV_UNKNOWN_TLV(Advice.NEWER_FIRMWARE),
    /** Firmware offers no access to its settings. */
    NV_NOT_SUPPORTED("burn firmware 2.31.5000 or later"),
    /** Firmware does not know this class of question. */
    NV_BAD_CLASS(Advice.NEWER_FIRMWARE),
    /** Firmware does not allow this for its settings. */
    NV_BAD_METHOD("this firmware does not do that to a single record: drop all by cx3 config reset -d DEVICE, then set the others again"),
    /** Firmware refused the setting. */
    NV_BAD_PARAMETER("choose another value, cx3 config query -d DEVICE shows the default; if none is taken, "
        + Advice.DROP_SETTINGS),
    /** Firmware has no room for the setting. */
    NV_NO_RESOURCE(Advice.DROP_SETTINGS),
    /** Firmware noted the question and gave no answer. */
    NV_MESSAGE_RECEIPT("try again in a moment"),
    /** Firmware finds the settings contradictory. */
    NV_BAD_CONFIG(Advice.DROP_SETTINGS),
    /** The store of settings was erased too often. */
    NV_ERASE_COUNT("firmware counts how often it erased the place of the settings and stops there; what sets the count back is"
        + " not known: try it after cx3 reset, then after cx3 config reset -d DEVICE --erase"),
    /** The config section of the flash is corrupt. */
    NV_CONFIG_CORRUPT(Advice.DROP_SETTINGS),
    /** Firmware wants more data for this setting. */
    NV_TOO_SHORT(Advice.NEWER_FIRMWARE),
    /** Firmware failed inside while it was at its settings. */
    NV_INTERNAL(Advice.DROP_SETTINGS),
    /** Firmware failed with its settings. */
    NV_FAILED("reset the card and try again; " + Advice.DROP_SETTINGS),

    /** A device name that nobody understands. */
    BAD_ADDRESS("give pci:23:00.0, pciconf:23:00.0, 23:00.0, mlx4_0, sim:FILE or file:FLASH.BIN"),
    /** This process has the device open already. */
    ALREADY_OPEN("close it first; a card is opened once"),
    /** A file that cannot be a raw flash dump. */
    BAD_FLASH_FILE("give a whole raw flash dump: 64 KiB to 16 MiB, a power of two"),
    /** A raw flash dump behind a symbolic link. */
    SYMBOLIC_LINK("give the file itself"),
    /** Somebody else changed the file while it was open. */
    FILE_CHANGED("try again, with nobody else writing the file"),
    /** The device has no vital product data, or they are damaged. */
    BAD_VPD("");

    private final String advice;

    DeviceCause(String advice) {
        this.advice = advice;
    }

    /**
     * What the operator can do, one clause without a full stop; empty when there is nothing general
     * to say.
     */
    public String advice() {
        return advice;
    }

    /** Advice of several causes. */
    private static final class Advice {
        static final String NEWER_FIRMWARE = "this firmware handles the setting in another way than the known one: burn newer firmware";
        static final String DROP_SETTINGS = "drop all settings: cx3 config reset -d DEVICE; if firmware refuses that, erase"
                + " them: cx3 config reset -d DEVICE --erase";
    }
}
