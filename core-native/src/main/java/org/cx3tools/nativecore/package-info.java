// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * The JNI boundary: thin, typed access to the C core. Nothing here parses an image or decides
 * anything.
 *
 * <p>No parameter and no result is null unless its type is {@link java.util.Optional}.
 */
package org.cx3tools.nativecore;
