// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nvconfig;

import java.util.Optional;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.DeviceException;

/** What firmware answers about its settings: the seam to the card. */
public interface ConfigPort {
    /** Bytes of the answer of {@link #deviceCapabilities}. */
    int CAPABILITIES_SIZE = 256;
    /** Bytes of the default answer of the whole card, as far as settings are in it. */
    int GLOBAL_DEFAULTS_SIZE = 8;
    /** Bytes of the default answer of a port, as far as settings are in it. */
    int PORT_DEFAULTS_SIZE = 16;

    /**
     * What the card can do: QUERY_DEV_CAP.
     *
     * @return 256 bytes, of which those are filled in that {@link Source} and the limits of the table name
     * @throws DeviceException when firmware does not answer
     */
    Bytes deviceCapabilities() throws DeviceException;

    /**
     * The settings that count when none are stored: QUERY_DEF_PARAMS.
     *
     * @param port 0 = the whole card (8 bytes), 1 and 2 = a port (16 bytes)
     * @return the answer
     * @throws DeviceException when firmware does not answer, or refuses the question
     */
    Bytes defaultParameters(int port) throws DeviceException;

    /**
     * Reads one stored TLV.
     *
     * @param type its type
     * @param modifier 0 = the whole card, 1 and 2 = a port
     * @param length bytes of its data, as the type wants it
     * @return the data; empty when nothing is stored
     * @throws DeviceException when firmware refuses
     */
    Optional<Bytes> get(int type, int modifier, int length) throws DeviceException;

    /**
     * Stores one TLV.
     *
     * @param type its type
     * @param modifier 0 = the whole card, 1 and 2 = a port
     * @param data all of its data
     * @throws DeviceException when firmware refuses
     */
    void set(int type, int modifier, Bytes data) throws DeviceException;

    /**
     * Drops one stored TLV.
     *
     * @param type its type
     * @param modifier 0 = the whole card, 1 and 2 = a port
     * @throws DeviceException when firmware refuses, or does not know how to
     */
    void invalidate(int type, int modifier) throws DeviceException;

    /**
     * Drops all stored TLVs.
     *
     * @throws DeviceException when firmware refuses
     */
    void invalidateAll() throws DeviceException;
}
