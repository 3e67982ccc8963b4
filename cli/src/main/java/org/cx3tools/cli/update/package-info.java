// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Which image is for which card, and whether it is newer: behind {@code cx3 update} and {@code mlxfwmanager}. */
package org.cx3tools.cli.update;
