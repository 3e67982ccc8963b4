// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** The C core for cards and flash, as Java sees it. Only {@code org.cx3tools.core} may use it. */
// "module": the reader of the qualified export is compiled after this module.
@SuppressWarnings({"module", "requires-automatic"})
module org.cx3tools.nativecore {
    requires static org.fusesource.hawtjni.runtime; // annotations only

    exports org.cx3tools.nativecore to org.cx3tools.core;
}
