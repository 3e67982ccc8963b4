// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** What can be told about an image, as a value. Nothing here is ever null. */
package org.cx3tools.query;
