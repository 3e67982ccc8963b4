// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * FS2 images of ConnectX-3 and ConnectX-3 Pro: where they are, how they are read, and how new ones
 * are made from old ones.
 *
 * <p>{@link org.cx3tools.image.Fs2Image} is an immutable image in contiguous form (as in a release
 * file). {@link org.cx3tools.image.ImageReader} brings it from a raw flash into that form,
 * {@link org.cx3tools.image.ImageEditor} makes changed images with all checksums redone. Parsers
 * here stop at the first error; the package verify lists all. Offsets count bytes from the start
 * of the image unless they are called physical. Nothing here is ever null.
 */
package org.cx3tools.image;
