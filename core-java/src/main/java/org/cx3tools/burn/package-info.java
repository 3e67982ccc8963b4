// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/**
 * Burning: what the flash holds, what is carried over, the checks, the plan (a value), and its
 * execution.
 *
 * <p>How a burn can brick a card, and what prevents it:
 * <ul>
 * <li>Power fails half-way: the slot that boots is not touched until the other one was read back,
 * verified as a whole and signed; tests cut the power at every flash operation.
 * <li>The only intact image is overwritten: with two signatures both images are judged by all their
 * CRCs, and the slot of the intact one is never the target.
 * <li>A half-written image is taken for a good one: stale signatures in the target are made invalid
 * before anything else is written.
 * <li>A wrong image: structure, all CRCs, hardware ids, PSID, chunk size and the size limit are
 * checked before the first write; synthetic images never go to real cards.
 * <li>A lost identity: GUIDs, MACs and vendor text are taken over only from parts with a right CRC;
 * without them the burn is refused.
 * <li>A bad chip: what differs after the write is written again, at most three times; then the burn
 * stops before the signature.
 * <li>No order is safe, as for an image that is not failsafe over another one: such a plan needs
 * consent, and rewrites the start with the GUIDs last.
 * </ul>
 *
 * <p>Nothing here is null: results that may be missing are {@link java.util.Optional}.
 */
package org.cx3tools.burn;
