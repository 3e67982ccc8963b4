// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NativeStatusTest {
    private static final Pattern ROW =
            Pattern.compile("X\\((\\w+),\\s+(\\d+),\\s+\"([^\"]*)\"\\)");

    @Test
    void theListIsThatOfTheHeader() throws IOException {
        List<String> header = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("include/cx3/status.h")));
        while (row.find()) {
            header.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
        }
        List<String> java = new ArrayList<>();
        for (NativeStatus status : NativeStatus.values()) {
            java.add(status + " " + status.number() + " " + status.text());
        }
        assertThat(java).isEqualTo(header).hasSizeGreaterThan(30);
    }

    @Test
    void aResultOfCIsNegative() {
        assertThat(NativeStatus.of(0)).isEqualTo(NativeStatus.OK);
        assertThat(NativeStatus.of(-2)).isEqualTo(NativeStatus.OUT_OF_RANGE);
    }

    @Test
    void anUnknownResultIsRefused() {
        assertThatThrownBy(() -> NativeStatus.of(-1000)).hasMessageContaining("-1000");
        assertThatThrownBy(() -> NativeStatus.of(1)).hasMessageContaining("1");
        assertThatThrownBy(() -> NativeStatus.of(Integer.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
