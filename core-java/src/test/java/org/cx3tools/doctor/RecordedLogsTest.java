// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded logs of resources/org/cx3tools/doctor/logs; MANIFEST.md tells how they were made. */
class RecordedLogsTest {
    private static final String CARD = "0000:23:00.0";
    private static final List<String> BRIDGES = List.of("0000:22:00.0");

    private static List<KernelEvent> events(String log) throws Exception {
        return KernelEvent.of(KernelLogTest.log("logs/" + log), CARD, BRIDGES);
    }

    private static Set<FindingKind> kinds(String log) throws Exception {
        Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
        events(log).forEach(event -> kinds.add(event.kind()));
        return kinds;
    }

    @ParameterizedTest
    @CsvSource({
        "sriov-gave-up.dmesg, SRIOV_RESOURCES FIRMWARE_FAILS RESET_FAILS DRIVER_GAVE_UP",
        "sriov-old-words.dmesg, SRIOV_RESOURCES DRIVER_GAVE_UP",
        "bars.dmesg, BAR_RESOURCES DRIVER_GAVE_UP",
        "bars-old-words.dmesg, BAR_RESOURCES DRIVER_GAVE_UP",
        "bar2-too-large.dmesg, BAR2_TOO_LARGE DRIVER_GAVE_UP",
        "bar-taken.dmesg, BAR_RESOURCES DRIVER_GAVE_UP",
        "lock-held.dmesg, LOCKS_HELD RESET_FAILS DRIVER_GAVE_UP",
        "firmware-old.dmesg, FIRMWARE_TOO_OLD FIRMWARE_FAILS DRIVER_GAVE_UP",
        "command-timeout.dmesg, FIRMWARE_FAILS DRIVER_GAVE_UP",
        "startup-fails.dmesg, FIRMWARE_FAILS DRIVER_GAVE_UP",
        "reset-lost.dmesg, RESET_FAILS DRIVER_GAVE_UP",
        "no-interrupts.dmesg, INTERRUPTS DRIVER_GAVE_UP",
        "not-owner.dmesg, RESET_FAILS DRIVER_GAVE_UP",
        "crash.dmesg, FIRMWARE_FAILS",
        "asleep.dmesg, POWER_STATE",
        "asleep-old-words.dmesg, POWER_STATE",
        "slow-link.dmesg, NARROW_LINK",
        "lockdown.dmesg, LOCKDOWN",
        "probe-6.12.dmesg, DRIVER_GAVE_UP",
        "sriov-no-memory.dmesg, SRIOV_RESOURCES",
        "version-unread.dmesg, FIRMWARE_FAILS DRIVER_GAVE_UP",
        "capabilities-unread.dmesg, FIRMWARE_FAILS DRIVER_GAVE_UP",
        "channel-error.dmesg, FIRMWARE_FAILS",
        "not-back.dmesg, POWER_STATE",
        "restart-fails.dmesg, DRIVER_GAVE_UP"})
    void aLogTellsItsTrouble(String log, String expected) throws Exception {
        Set<FindingKind> wanted = EnumSet.noneOf(FindingKind.class);
        for (String kind : expected.split(" ")) {
            wanted.add(FindingKind.valueOf(kind));
        }
        assertThat(kinds(log)).as(events(log).toString()).isEqualTo(wanted);
    }

    /** A row of the table that no log has in its place is a guess. */
    @ParameterizedTest
    @MethodSource("messages")
    void aLogHasEachMessage(KernelMessage message) throws Exception {
        try (Stream<Path> logs = Files.list(Path.of(RecordedLogsTest.class.getResource("logs").toURI()))) {
            List<String> names = logs.map(log -> log.getFileName().toString()).toList();
            assertThat(names).hasSizeGreaterThan(40).anyMatch(name -> says(name, message));
        }
    }

    private static Stream<KernelMessage> messages() {
        return KernelMessage.all().stream();
    }

    private static boolean says(String log, KernelMessage message) {
        try {
            return KernelLogTest.log("logs/" + log).lines().stream()
                .anyMatch(line -> KernelEvent.message(line, CARD, BRIDGES).filter(message::equals).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy.dmesg", "cured-by-second-start.dmesg", "cured-bar.dmesg", "older-boot.kern.log",
        "other-card.dmesg", "back-again.dmesg", "crash-recovered.dmesg", "interrupts-after-all.dmesg"})
    void whatIsHistoryOrAboutSomethingElseIsNoTrouble(String log) throws Exception {
        assertThat(events(log)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-caller.dmesg", "form-T.dmesg", "form-H.dmesg", "form-t.dmesg", "form-x.dmesg", "form-r.dmesg",
        "form-iso.dmesg", "form-short.journal", "form-short-iso.journal", "form-short-precise.journal",
        "form-short-monotonic.journal", "form-syslog.log", "form.kmsg"})
    void everyFormOfALogTellsTheSame(String form) throws Exception {
        assertThat(events(form)).isEqualTo(events("sriov-gave-up.dmesg")).hasSizeGreaterThan(3);
    }
}
