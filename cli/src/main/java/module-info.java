// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

/** The command {@code cx3}. */
module org.cx3tools.cli {
    requires com.fasterxml.jackson.jr.ob;
    requires java.xml;
    requires me.tongfei.progressbar;
    requires org.apache.commons.cli;
    requires org.cx3tools.core;
    requires org.slf4j;
}
