// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Burns on a virtual twin of a card before the card itself is touched. */
package org.cx3tools.rehearsal;
