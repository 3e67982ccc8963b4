// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Our own commands and their grammar. Commands decide; {@code output} prints. */
package org.cx3tools.cli.command;
