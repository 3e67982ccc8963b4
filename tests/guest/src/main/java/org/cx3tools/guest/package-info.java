// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** A machine of QEMU with a stock kernel, the stock tools, our distribution and virtual cards as PCI devices. */
package org.cx3tools.guest;
