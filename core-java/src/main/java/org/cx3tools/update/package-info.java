// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Which image is for which card, and whether it is newer.
 *
 * <p>{@link org.cx3tools.update.AvailableImages} reads a file, an archive or a folder;
 * {@link org.cx3tools.update.ManagedImage} tells what is on a card or in an image, and
 * {@link org.cx3tools.update.UpdateStatus} compares both. What is to be burnt then goes through
 * {@link org.cx3tools.burn.BurnPlan}. Folders may hold anything: links are not followed, number and
 * size of what is read are bounded, and what cannot be used is told with the reason. Nothing here
 * prints, and nothing is ever null.
 */
package org.cx3tools.update;
