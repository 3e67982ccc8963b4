// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlintArgumentsTest {
    private static FlintArguments parse(String line) throws FlintArguments.Refused {
        return FlintArguments.parse(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-i a.bin v", "--image a.bin v", "-image a.bin v", "--image=a.bin v", "-ia.bin v",
        "-im a.bin v", "-i old.bin -i a.bin v"})
    void oneAndTwoDashesAndBeginningsNameTheImage(String line) throws Exception {
        FlintArguments arguments = parse(line);
        assertThat(arguments.value(FlintOption.IMAGE)).isEqualTo("a.bin");
        assertThat(arguments.command()).isEqualTo("v");
    }

    @Test
    void theJobsBurnLineIsUnderstood() throws Exception {
        FlintArguments arguments = parse("-d 23:00.0 -i new_firmware.bin -allow_psid_change burn");
        assertThat(arguments.value(FlintOption.DEVICE)).isEqualTo("23:00.0");
        assertThat(arguments.has(FlintOption.ALLOW_PSID_CHANGE)).isTrue();
        assertThat(arguments.command()).isEqualTo("burn");
    }

    @Test
    void severalValuesAreSeparatedByBlanks() throws Exception {
        FlintArguments arguments = parse("-guids 1 2 3 4 -macs 5 6 -d x burn");
        assertThat(arguments.values(FlintOption.GUIDS)).isEqualTo(List.of("1", "2", "3", "4"));
        assertThat(arguments.values(FlintOption.MACS)).isEqualTo(List.of("5", "6"));
    }

    @Test
    void optionsAfterTheCommandAreRefusedAsInStock() {
        assertThatThrownBy(() -> parse("-i a.bin v -y"))
            .hasMessage("Specifying options flags after command is not allowed.\n");
    }

    @Test
    void tooFewValuesAreCountedAsInStock() {
        assertThatThrownBy(() -> parse("-i a.bin -guids 1 2 3"))
            .hasMessage("Too few arguments. Expected: 4 , Received: 3\n-E- Failed to handle option guids\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--i a.bin v", "-use a v", "-nonsense v", "-y=1 v"})
    void ambiguousAndUnknownOptionsAreErrors(String line) {
        assertThatThrownBy(() -> parse(line)).hasMessageStartingWith("-E- Unknown option \"");
    }

    @Test
    void aMistypedOptionNamesTheNearest() {
        assertThatThrownBy(() -> parse("-alow_psid_change v")).hasMessageContaining("-allow_psid_change");
    }
}
