// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** Firmware images and flash of ConnectX-3 cards: the library for integrators. */
module org.cx3tools.core {
    requires org.cx3tools.nativecore;
    requires org.slf4j;
    requires org.tukaani.xz;

    exports org.cx3tools.archive;
    exports org.cx3tools.assemble;
    exports org.cx3tools.backup;
    exports org.cx3tools.binary;
    exports org.cx3tools.burn;
    exports org.cx3tools.device;
    exports org.cx3tools.doctor;
    exports org.cx3tools.flash;
    exports org.cx3tools.image;
    exports org.cx3tools.inspect;
    exports org.cx3tools.learn;
    exports org.cx3tools.nvconfig;
    exports org.cx3tools.query;
    exports org.cx3tools.rehearsal;
    exports org.cx3tools.state;
    exports org.cx3tools.synthetic;
    exports org.cx3tools.update;
    exports org.cx3tools.verify;
}
