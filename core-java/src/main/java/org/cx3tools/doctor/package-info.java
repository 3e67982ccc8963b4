// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Why a card does not work in its machine. What can be seen ({@link org.cx3tools.doctor.Signs}) is gathered first; rules that touch
 * nothing turn it into findings, each with its evidence and the commands that cure it.
 */
package org.cx3tools.doctor;
