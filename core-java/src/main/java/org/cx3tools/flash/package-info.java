// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Flash content by physical address: of a card, or of a raw dump in a file.
 *
 * <p>Nothing here is null: results that may be missing are {@link java.util.Optional}.
 */
package org.cx3tools.flash;
