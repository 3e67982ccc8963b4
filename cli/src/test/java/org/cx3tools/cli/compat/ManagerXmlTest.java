// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cx3tools.cli.compat.ManagerFacts.LinkType;
import org.cx3tools.cli.output.Out;
import org.cx3tools.query.ImageQuery;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticRelease;
import org.cx3tools.update.ManagedImage;
import org.cx3tools.update.UpdateStatus;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** The XML of a query is read by programs: whatever a card and its image tell, it parses. */
class ManagerXmlTest {
    private static final String BAD = "a\u0001b\uffffc\ud800d\ufffee \ud83d\ude00 <\u00e9>";

    private static Document parsed(ManagerFacts facts) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Out out = new Out(bytes);
        ManagerXml xml = new ManagerXml(out);
        xml.begin();
        xml.card(1, facts);
        xml.end();
        out.flush();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static ManagerFacts facts(String description, Map<String, ManagerFacts.Version> versions, LinkType one,
            LinkType two) throws Exception {
        ImageQuery query = ImageQuery.of(SyntheticRelease.image(CardModel.HP_764285_B21));
        return new ManagerFacts("sim:a", "ConnectX3Pro", new ManagedImage(query, Optional.of("PN"), Optional.of(description)), versions,
            new LinkType[] {one, two}, UpdateStatus.NONE);
    }

    private static Element only(Document document, String name) {
        assertThat(document.getElementsByTagName(name).getLength()).as(name).isEqualTo(1);
        return (Element) document.getElementsByTagName(name).item(0);
    }

    @Test
    void kindsOfOptionRomsWithBlanksOrWithoutANameAreNamesOfElements() throws Exception {
        ManagerFacts.Version version = new ManagerFacts.Version("1.2.3", "N/A");
        Document document = parsed(facts("", Map.of("UEFI Virtio net", version, "0x77", version), LinkType.OTHER,
            LinkType.OTHER));
        assertThat(only(document, "UEFI_Virtio_net").getAttribute("current")).isEqualTo("1.2.3");
        assertThat(only(document, "_0x77").getAttribute("available")).isEqualTo("N/A");
    }

    @Test
    void charactersThatXmlCannotHoldAreWrittenAsNumbers() throws Exception {
        Document document = parsed(facts(BAD, Map.of(), LinkType.OTHER, LinkType.OTHER));
        assertThat(only(document, "Description").getTextContent())
            .isEqualTo("a\\x01b\\xffffc\\xd800d\\xfffee \ud83d\ude00 <\u00e9>");
    }

    @Test
    void eachPortHasTheIdentityOfItsOwnType() throws Exception {
        Document mixed = parsed(facts("", Map.of(), LinkType.INFINIBAND, LinkType.OTHER));
        assertThat(ports(only(mixed, "GUIDs"))).isEqualTo("port1");
        assertThat(ports(only(mixed, "MACs"))).isEqualTo("port2");
        assertThat(only(mixed, "GUIDs").getAttribute("port1")).hasSize(16);
        assertThat(only(mixed, "MACs").getAttribute("port2")).hasSize(12);

        Document infiniband = parsed(facts("", Map.of(), LinkType.INFINIBAND, LinkType.INFINIBAND));
        assertThat(ports(only(infiniband, "GUIDs"))).isEqualTo("port1 port2");
        assertThat(infiniband.getElementsByTagName("MACs").getLength()).isZero();
    }

    @Test
    void portsOfUnknownTypeHaveBothIdentities() throws Exception {
        Document document = parsed(facts("", Map.of(), LinkType.UNKNOWN, LinkType.UNKNOWN));
        assertThat(ports(only(document, "GUIDs"))).isEqualTo("port1 port2");
        assertThat(ports(only(document, "MACs"))).isEqualTo("port1 port2");
    }

    private static String ports(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < attributes.getLength(); i++) {
            names.append(i == 0 ? "" : " ").append(attributes.item(i).getNodeName());
        }
        return names.toString();
    }
}
