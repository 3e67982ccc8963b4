// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
/**
 * What the test modules share: running our commands in this process, running other programs with a
 * deadline, seeds that are printed and taken back, and the image makers of the shared folder.
 */
package org.cx3tools.harness;
