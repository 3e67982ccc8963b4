// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * The settings that the firmware of a card keeps in flash and reads when it starts (nv-config).
 *
 * <p>{@link org.cx3tools.nvconfig.Configuration} reads, plans and applies over a {@link
 * org.cx3tools.nvconfig.ConfigPort}; {@link org.cx3tools.nvconfig.ParameterKind} is the one table
 * of what there is. Nothing here is ever null.
 */
package org.cx3tools.nvconfig;
