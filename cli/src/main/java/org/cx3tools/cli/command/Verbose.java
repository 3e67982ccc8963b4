// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches logging on. Without {@code --verbose} no class of the logging library is ever loaded by the commands. */
final class Verbose {
    private Verbose() {
    }

    static void start(String command) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        Logger log = LoggerFactory.getLogger("cx3");
        log.info("cx3 {}, Java {}, {} {}", command, Runtime.version(), System.getProperty("os.name"),
            System.getProperty("os.arch"));
    }
}
