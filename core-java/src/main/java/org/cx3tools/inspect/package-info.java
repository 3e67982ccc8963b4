// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Looking into images, dumps and cards: all that is known about them, and what differs between two. */
package org.cx3tools.inspect;
