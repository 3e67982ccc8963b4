// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Optional;
import org.cx3tools.nvconfig.Source.Answer;

/**
 * The one table of parameters: where each is stored, what it may be, where its default and its
 * capability come from (nv-config 1.1 to 1.4, verified against the stock tool). Those of a port are
 * one row for both ports. Parsing, checking, printing and the manual all take it from here.
 *
 * <pre>
 *   stored in, word, bits    values    default    capability (none = the port answers)
 *   least and greatest value (-1 = the card tells), the vendor's words for a value outside
 *   group, meaning
 * </pre>
 */
public enum ParameterKind {
    /** Virtual functions on or off. */
    SRIOV_EN(TlvType.SRIOV, 0, 31, 31, Values.SWITCH, Source.global(1, 31, 31), Source.capability(0),
            0, 1, "illegal SRIOV_EN parameter value. (should be 0 or 1)",
            Group.PCI, "offer virtual functions"),
    /** Number of virtual functions. */
    NUM_OF_VFS(TlvType.SRIOV, 0, 15, 0, Values.number("NUM"), Source.global(1, 7, 0),
            Source.capability(0), 0, -1, "Number of VFs exceeds limit (MAX).",
            Group.PCI, "number of virtual functions"),
    /** Wake on magic packet. */
    WOL_MAGIC_EN(TlvType.WOL, 0, 10, 10, Values.SWITCH, Source.port(1, 27, 27),
            Source.capabilityOfPort(1), 0, 1,
            "illegal WOL parameter value. can be either 0 or 1.",
            Group.WOL, "wake the machine on a magic packet"),
    /** Protocol of a port; 0 = none. */
    LINK_TYPE(TlvType.VPI, 0, 1, 0, Values.named(1, "IB", "ETH", "VPI"), Source.port(1, 26, 25),
            Source.capabilityOfPort(3), 1, 3, "illegal VPI link type (should be 1|2|3).",
            Group.VPI, "protocol of the port: InfiniBand, Ethernet, or VPI = sense it"),
    /** PHY of a port. */
    PHY_TYPE(TlvType.VPI, 0, 5, 4, Values.named(1, "XAUI", "XFI", "SGMII"), Source.port(3, 13, 12),
            Source.port(0, 17, 17), 1, 3, "illegal Phy Type value (should be 1|2|3)",
            Group.VPI, "kind of the PHY"),
    /** Speed for XFI. */
    XFI_MODE(TlvType.VPI, 0, 7, 6, Values.named(0, "_10G", "_20G", "_40G"),
            Source.port(3, 11, 10), Source.port(0, 17, 17), 0, 2,
            "illegal Xfi Mode value (should be 0|1|2)",
            Group.VPI, "speed of the PHY when it is XFI"),
    /** Whether the PHY choice is forced. */
    FORCE_MODE(TlvType.VPI, 0, 8, 8, Values.SWITCH, Source.port(3, 9, 9), Source.port(0, 17, 17),
            0, 1, "illegal Force Mode value (should be 0|1)",
            Group.VPI, "force that choice of PHY"),
    /** Size of the doorbell BAR; its default counts half of it. */
    LOG_BAR_SIZE(TlvType.BAR_SIZE, 0, 31, 0, Values.number("base_2_log_in_mb"),
            Source.limit(0x48, 21, 16), Source.capability(5), 0, -1,
            "given bar size is too large, max allowed log2 bar size: 0xMAX",
            Group.PCI, "log2 of the size of the doorbell BAR (BAR2) in MB"),
    /** Partition key. */
    BOOT_PKEY(TlvType.INFINIBAND_BOOT, 0, 15, 0, Values.number("PKEY"), Source.port(2, 15, 0),
            Source.port(2, 28, 28), 0, 0xffff,
            "Illegal NAME parameter value, valid values: [0..65535]",
            Group.INFINIBAND_BOOT, "InfiniBand partition key for network boot, 0 = the default key"),
    /** Option ROM on or off. */
    BOOT_OPTION_ROM_EN(TlvType.PREBOOT, 0, 31, 31, Values.SWITCH, Source.port(1, 29, 29), null,
            0, 1, "Illegal NAME parameter value, valid values: 0 or 1",
            Group.PREBOOT, "run the option ROM on this port"),
    /** VLAN of boot traffic on or off. */
    BOOT_VLAN_EN(TlvType.PREBOOT, 0, 30, 30, Values.SWITCH, Source.port(1, 28, 28), null, 0, 1,
            "Illegal NAME parameter value, valid values: 0 or 1",
            Group.PREBOOT, "tag boot traffic with the VLAN"),
    /** Boot attempts. */
    BOOT_RETRY_CNT(TlvType.PREBOOT, 0, 26, 24, Values.number("0..7"), Source.port(1, 23, 20), null,
            0, 7, "Illegal NAME parameter value, valid values: [0..7]",
            Group.PREBOOT, "boot attempts, 7 = for ever"),
    /** What to boot. */
    LEGACY_BOOT_PROTOCOL(TlvType.PREBOOT, 0, 23, 16,
            Values.named(0, "None", "PXE", "iSCSI", "Both"), Source.port(1, 19, 16), null, 0, 3,
            "Illegal NAME parameter value, valid values: [0..3]",
            Group.PREBOOT, "what the option ROM boots"),
    /** VLAN of boot traffic. */
    BOOT_VLAN(TlvType.PREBOOT, 0, 11, 0, Values.number("VLAN ID"), Source.port(1, 11, 0), null,
            0, 4095, "Illegal NAME parameter value, valid values: [0..4095]",
            Group.PREBOOT, "VLAN id for boot"),
    /** IP order of the option ROM. */
    IP_VER(TlvType.BOOT_EXTRAS, 0, 9, 8,
            Values.named(0, "IPv4", "IPv6", "IPv4_IPv6", "IPv6_IPv4"), Source.port(2, 25, 24),
            Source.global(1, 21, 21), 0, 3, "illegal IP Ver parameter value. can be 0..3",
            Group.BOOT_EXTRAS, "which IP versions the option ROM tries, in this order"),
    /** Set of PHY parameters. */
    PHY_PARAMETER_MODE(TlvType.CX3_GLOBAL, 0, 29, 28,
            Values.named(0, "DEVICE_DEFAULT", "LEGACY", "ADVANCED"), Source.global(1, 23, 22),
            Source.global(0, 15, 15), 0, 2,
            "illegal PHY_PARAMETER_MODE parameter value. (should be 0, 1 or 2)",
            Group.CX3_GLOBAL, "which set of PHY parameters is used"),
    /** Internal clock. */
    INT_CLOCK_TO_USER(TlvType.CX3_GLOBAL, 0, 27, 27, Values.SWITCH, Source.global(1, 27, 27),
            Source.global(0, 14, 14), 0, 1,
            "illegal INT_CLOCK_TO_USER parameter value. (should be 0 or 1)",
            Group.CX3_GLOBAL, "the driver may map the internal clock to user space"),
    /** Time stamps. */
    CQ_TIMESTAMP(TlvType.CX3_GLOBAL, 0, 31, 31, Values.SWITCH, Source.global(1, 29, 29),
            Source.global(0, 17, 17), 0, 1,
            "illegal CQ_TIMESTAMP parameter value. (should be 0 or 1)",
            Group.CX3_GLOBAL, "report hardware time stamping (PTP)"),
    /** VLAN in steering. */
    STEER_FORCE_VLAN(TlvType.CX3_GLOBAL, 0, 30, 30, Values.SWITCH, Source.global(1, 28, 28),
            Source.global(0, 16, 16), 0, 1,
            "illegal STEER_FORCE_VLAN parameter value. (should be 0 or 1)",
            Group.CX3_GLOBAL, "force the VLAN in steering");

    private final TlvType tlv;
    private final int word;
    private final BitRange bits;
    private final Values values;
    private final Source byDefault;
    private final Source capability;
    private final long least;
    private final long greatest;
    private final String rule;
    private final Group group;
    private final String meaning;

    ParameterKind(TlvType tlv, int word, int high, int low, Values values, Source byDefault,
            Source capability, long least, long greatest, String rule, Group group,
            String meaning) {
        this.tlv = tlv;
        this.word = word;
        this.bits = new BitRange(high, low);
        this.values = values;
        this.byDefault = byDefault;
        this.capability = capability;
        this.least = least;
        this.greatest = greatest;
        this.rule = rule;
        this.group = group;
        this.meaning = meaning;
    }

    /** {@return what it is stored in} */
    public TlvType tlv() {
        return tlv;
    }

    /** {@return number of its word in the data, from 0} */
    public int word() {
        return word;
    }

    /** {@return its bits in that word} */
    public BitRange bits() {
        return bits;
    }

    /** {@return how its values are written} */
    public Values form() {
        return values;
    }

    /** {@return where firmware tells its default} */
    public Source byDefault() {
        return byDefault;
    }

    /** {@return the bit that has to be set; empty when it is enough that the port answers} */
    public Optional<Source> capability() {
        return Optional.ofNullable(capability);
    }

    /** {@return what has to be added to the default that firmware tells} */
    public int defaultPlus() {
        return this == LOG_BAR_SIZE ? 1 : 0;
    }

    /** {@return the least value, in the card's own words} */
    public long least() {
        return least;
    }

    /** {@return the greatest value; -1 when the card tells it} */
    public long greatest() {
        return greatest;
    }

    /** Whether the value 0 stands for nothing at all, shown as not known. */
    boolean zeroIsNone() {
        return this == LINK_TYPE;
    }

    /** Whether firmware knows the default even when it does not answer for defaults. */
    boolean defaultIsCapability() {
        return byDefault.answer() == Answer.CAPABILITIES;
    }

    /** The vendor's words for a value outside of the range, with NAME and MAX. */
    String rule() {
        return rule;
    }

    /** {@return what it belongs to} */
    public Group group() {
        return group;
    }

    /** {@return what it does} */
    public String meaning() {
        return meaning;
    }
}
