// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** The entry of the command {@code cx3}: dispatch, exit codes, errors. References are never null. */
package org.cx3tools.cli;
