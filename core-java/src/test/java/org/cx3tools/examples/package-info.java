// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** How a program uses the library; compiled and run as tests. */
package org.cx3tools.examples;
