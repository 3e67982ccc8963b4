// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Synthetic images and virtual cards that run them. Synthetic images have the structure of real
 * ones and carry a mark; their code is filler, so burning one on a real card is always refused.
 */
package org.cx3tools.synthetic;
