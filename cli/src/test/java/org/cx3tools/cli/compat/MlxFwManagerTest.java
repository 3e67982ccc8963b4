// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cx3tools.cli.CliRun;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class MlxFwManagerTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void card() {
        CliRun.ok(folder, "sim", "create", "c.sim");
    }

    @Test
    void theQueryIsTheOneOfTheJob() {
        assertThat(CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim").out()).isEqualTo("""
            Querying Mellanox devices firmware ...

            Device #1:
            ----------

              Device Type:      ConnectX3Pro
              Part Number:      764285-B21_Ax
              Description:      HP InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter
              PSID:             HP_1380110017
              PCI Device Name:  sim:c.sim
              Port1 MAC:        24be05c557c1
              Port2 MAC:        24be05c557c2
              Versions:         Current        Available    \s
                 FW             2.42.5700      N/A          \s
                 PXE            3.4.0752       N/A          \s
                 UEFI           14.11.0045     N/A          \s

              Status:           No matching image found

            """);
    }

    @Test
    void anOlderImageOfTheSamePsidIsShownBesideTheCurrentOne() throws Exception {
        Files.write(folder.resolve("old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        assertThat(CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "old.bin").out())
            .contains("     FW             2.42.5700      2.36.5000     \n", "  Status:           Up to date\n");
    }

    @Test
    void ofAnArchiveTheImageForTheCardIsShown() throws Exception {
        Files.write(folder.resolve("old.bin"), SyntheticRelease.image(CardModel.HP_764285_B21).bytes().toArray());
        CliRun.ok(folder, "set", "-i", "old.bin", "--new-psid", "OTHER_01", "-o", "other.bin");
        CliRun.ok(folder, "archive", "create", "both.mfa", "other.bin", "old.bin");
        CliRun.ok(folder, "archive", "create", "other.mfa", "other.bin");

        assertThat(CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "both.mfa").out())
            .contains("     FW             2.42.5700      2.36.5000     \n", "  Status:           Up to date\n");
        assertThat(CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "-i", "other.mfa").out())
            .contains("No matching image found");
    }

    /** Layout of nv-config 5.2, line by line. */
    @Test
    void xmlHasTheSameFacts() throws Exception {
        String xml = CliRun.ok(folder, "mlxfwmanager", "-d", "sim:c.sim", "--query-format", "XML").out();
        assertThat(xml).isEqualTo("""
            <Devices>
                <Device pciName="sim:c.sim" type="ConnectX3Pro" psid="HP_1380110017" partNumber="764285-B21_Ax">
                  <Versions>
                    <FW current="2.42.5700" available="N/A"/>
                    <PXE current="3.4.0752" available="N/A"/>
                    <UEFI current="14.11.0045" available="N/A"/>
                  </Versions>
                  <MACs port1="24be05c557c1" port2="24be05c557c2"/>
                  <Status>No matching image found</Status>
                  <Description>HP InfiniBand FDR/Ethernet 10Gb/40Gb 2-port 544+FLR-QSFP Adapter</Description>
                </Device>
            </Devices>
            """);
        assertThat(parsed(xml).getElementsByTagName("Device").getLength()).isEqualTo(1);
    }

    @Test
    void hostileTextsAreStillXml() throws Exception {
        CliRun.ok(folder, "set", "-d", "sim:c.sim", "-y", "--text-only", "[ADAPTER] Description=a <b> & \"c\"");
        String xml = CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim;sim:no<&\u0007ne", "--query-format", "XML").out();
        NodeList devices = parsed(xml).getElementsByTagName("Device");
        assertThat(((Element) devices.item(0)).getElementsByTagName("Description").item(0).getTextContent())
            .isEqualTo("a <b> & \"c\"");
        assertThat(((Element) devices.item(1)).getAttribute("pciName")).isEqualTo("sim:no<&\\x07ne");
        assertThat(((Element) devices.item(1)).getElementsByTagName("Status").item(0).getTextContent())
            .isEqualTo("Failed to open device");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void mistakesHaveTheVendorsExitCodes() {
        assertThat(CliRun.in(folder, "mlxfwmanager").code()).isEqualTo(20);
        assertThat(CliRun.in(folder, "mlxfwmanager", "-d", "sim:none").code()).isEqualTo(1);
        assertThat(CliRun.in(folder, "mlxfwmanager", "-d", "sim:c.sim", "-u").code()).isEqualTo(3);
        assertThat(CliRun.in(folder, "mlxfwmanager", "--querry").out()).contains("did you mean --query");
    }
}
