// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Cards and flash dumps by name: parsing of names, listing, opening, identity, vital product data,
 * reset.
 *
 * <p>Nothing here is null: results that may be missing are {@link java.util.Optional}.
 */
package org.cx3tools.device;
