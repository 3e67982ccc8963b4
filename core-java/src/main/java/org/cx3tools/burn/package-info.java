// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Burning: what the flash holds, what is carried over, the checks, the plan (a value), and its
 * execution.
 *
 * <p>Nothing here is null: results that may be missing are {@link java.util.Optional}.
 */
package org.cx3tools.burn;
