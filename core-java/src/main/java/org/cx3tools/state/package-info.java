// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** What the tools keep on the host: where, and how it is written without loss. */
package org.cx3tools.state;
