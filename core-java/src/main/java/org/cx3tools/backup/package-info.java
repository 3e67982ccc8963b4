// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Backups of whole flashes, each with a manifest that tells of which card and how good it is. */
package org.cx3tools.backup;
