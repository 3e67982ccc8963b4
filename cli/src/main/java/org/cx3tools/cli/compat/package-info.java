// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** The vendor's command lines and texts: flint, mlxburn, mlxfwmanager, mlxconfig. */
package org.cx3tools.cli.compat;
