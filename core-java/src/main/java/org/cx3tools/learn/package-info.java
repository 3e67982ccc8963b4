// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Learns where in register space the keys of board files end up.
 *
 * <p>Give {@link org.cx3tools.learn.Learner} images of one firmware version that were built with
 * different board files, and it tells which field each key stands for, as far as the images leave
 * no other explanation; what they do not decide is told with the reason. The text of a
 * {@link org.cx3tools.learn.Learned} is a dictionary that
 * {@link org.cx3tools.assemble.FieldDictionary} reads. Nothing here prints, and nothing is ever
 * null.
 */
package org.cx3tools.learn;
