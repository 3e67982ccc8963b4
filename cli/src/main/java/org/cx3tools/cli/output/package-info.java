// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Everything that is printed: buffered text, JSON, progress, questions. Nothing here decides. */
package org.cx3tools.cli.output;
