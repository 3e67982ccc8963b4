// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** The operator's job on a fresh virtual card, command by command. */
package org.cx3tools.cli.demo;
