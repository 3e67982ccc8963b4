// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Judges images: what the stock tool would say, and everything that is wrong by our stricter rules.
 * Nothing here is ever null.
 */
package org.cx3tools.verify;
