// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

/** How a query of mlxfwmanager is told: head, each card, end. */
interface ManagerReport {
    void begin();

    void card(int number, ManagerFacts facts);

    /** A card of which nothing could be read. */
    void failed(int number, String name, String reason);

    void end();
}
