// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.compat;

import java.io.StringWriter;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cx3tools.cli.output.Out;
import org.cx3tools.cli.output.UpdateText;

/** The query of mlxfwmanager as XML (nv-config 5.2, verified). Characters that XML cannot hold come as {@code \x1b}. */
final class ManagerXml implements ManagerReport {
    private static final String DEVICE = "\n    ";
    private static final String PART = "\n      ";
    private static final String VERSION = "\n        ";

    private final Out out;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    ManagerXml(Out out) {
        this.out = out;
        xml = write(() -> XMLOutputFactory.newFactory().createXMLStreamWriter(text));
    }

    @Override
    public void begin() {
        write(() -> xml.writeStartElement("Devices"));
    }

    @Override
    public void card(int number, ManagerFacts facts) {
        write(() -> {
            start(facts.name());
            attribute("type", facts.chip());
            attribute("psid", facts.psid());
            attribute("partNumber", facts.partNumber());
            xml.writeCharacters(PART);
            xml.writeStartElement("Versions");
            for (Map.Entry<String, ManagerFacts.Version> row : facts.versions().entrySet()) {
                xml.writeCharacters(VERSION);
                xml.writeEmptyElement(row.getKey().equals(ManagerFacts.RUNNING) ? "FW_Running" : XmlText.name(row.getKey()));
                attribute("current", row.getValue().current());
                attribute("available", row.getValue().available());
            }
            xml.writeCharacters(PART);
            xml.writeEndElement();
            identities("GUIDs", facts, ManagerFacts.LinkType.OTHER, facts::guid);
            identities("MACs", facts, ManagerFacts.LinkType.INFINIBAND, facts::mac);
            element("Status", UpdateText.status(facts.status()));
            element("Description", facts.description());
            xml.writeCharacters(DEVICE);
            xml.writeEndElement();
        });
    }

    @Override
    public void failed(int number, String name, String reason) {
        write(() -> {
            start(name);
            element("Status", "Failed to open device");
            element("Description", reason);
            xml.writeCharacters(DEVICE);
            xml.writeEndElement();
        });
    }

    @Override
    public void end() {
        write(() -> {
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.flush();
        });
        out.line(text.toString());
    }

    /** Those of the ports that have them: all but the ones of one link type, as the text shows them. */
    private void identities(String element, ManagerFacts facts, ManagerFacts.LinkType without, IntFunction<String> identity)
            throws XMLStreamException {
        int[] ports = IntStream.of(1, 2).filter(port -> facts.linkType(port) != without).toArray();
        if (ports.length == 0) {
            return;
        }
        xml.writeCharacters(PART);
        xml.writeEmptyElement(element);
        for (int port : ports) {
            attribute("port" + port, identity.apply(port));
        }
    }

    private void start(String name) throws XMLStreamException {
        xml.writeCharacters(DEVICE);
        xml.writeStartElement("Device");
        attribute("pciName", name);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, XmlText.of(value));
    }

    private void element(String name, String value) throws XMLStreamException {
        xml.writeCharacters(PART);
        xml.writeStartElement(name);
        xml.writeCharacters(XmlText.of(value));
        xml.writeEndElement();
    }

    private interface Making<T> {
        T make() throws XMLStreamException;
    }

    private interface Writing {
        void write() throws XMLStreamException;
    }

    private static <T> T write(Making<T> making) {
        try {
            return making.make();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
    }

    private static void write(Writing writing) {
        write(() -> {
            writing.write();
            return "";
        });
    }
}
