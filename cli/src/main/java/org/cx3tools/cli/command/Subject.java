// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.nio.file.Files;
import java.util.Optional;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.cli.CliException;
import org.cx3tools.cli.ImageContent;
import org.cx3tools.cli.output.ProgressView;
import org.cx3tools.device.Device;
import org.cx3tools.device.DeviceAddress;
import org.cx3tools.device.DeviceException;
import org.cx3tools.device.Devices;
import org.cx3tools.device.OpenOptions;
import org.cx3tools.image.FormatException;
import org.cx3tools.inspect.ImageView;
import org.cx3tools.inspect.Inspection;

/** What is looked into: an image file, a dump, a board of an archive, or a card. */
final class Subject {
    private Subject() {
    }

    /** What {@code --device} or {@code --image} names. */
    static Inspection named(Request request, FieldDictionary fields) throws Exception {
        if (Targets.isDevice(request)) {
            try (Device device = Targets.reading(request)) {
                return flash(request, device, fields);
            }
        }
        String name = request.value(Opt.IMAGE, "");
        return file(name, Images.bytes(request, name), fields);
    }

    /** The image that counts of what {@code --device} or {@code --image} names. */
    static ImageView image(Request request, FieldDictionary fields) throws Exception {
        return named(request, fields).main().orElseThrow(() -> CliException.failed(
            "the flash holds no image with a signature", "cx3 inspect shows what there is"));
    }

    /** What one word names: a file of that name, else a card. */
    static Inspection of(Request request, String name, FieldDictionary fields) throws Exception {
        if (Files.exists(request.streams().resolve(name))) {
            return file(name, ImageContent.of(request.streams().resolve(name), name,
                Images.isArchive(request, name) ? request.psid() : Optional.empty()), fields);
        }
        DeviceAddress address;
        try {
            address = DeviceAddress.parse(request.streams().resolveDevice(name));
        } catch (DeviceException e) {
            throw CliException.failed(name + " is no file, and no name of a card",
                "check the name; a card is named by its PCI address, sim:FILE or file:FLASH.BIN");
        }
        try (Device device = Devices.openForReading(address, OpenOptions.defaults())) {
            return flash(request, device, fields);
        }
    }

    private static Inspection flash(Request request, Device device, FieldDictionary fields) throws DeviceException {
        try (ProgressView view = new ProgressView(request.streams())) {
            return Inspection.of(FlashContent.whole(device.flash(), view), fields);
        }
    }

    /** What the content of a file holds. */
    static Inspection file(String name, Bytes content, FieldDictionary fields) throws CliException {
        try {
            return Inspection.of(content, fields);
        } catch (FormatException e) {
            throw CliException.failed(name + " holds no FS2 firmware image (the magic is nowhere)",
                "give an image (.bin) of a ConnectX-3 card, or a dump of its flash");
        }
    }
}
