// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.backup;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.cx3tools.binary.Bytes;
import org.cx3tools.burn.BurnPlan;
import org.cx3tools.burn.FlashContent;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.state.SafeFile;
import org.cx3tools.state.StateFolder;

/**
 * What is being burnt onto a card, on the host: written and synced before the first change of the
 * flash, taken away when the burn is complete. Who finds one knows that a burn was interrupted, and
 * has the image in its final form to finish it.
 *
 * @param folder folder of the journals
 * @param name file name of this card's, without suffix
 */
public record BurnJournal(Path folder, String name) {
    private static final int LARGEST_TEXT = 1 << 16;
    private static final long LARGEST_IMAGE = 16 << 20;
    private static final int LONGEST_NAME = 64;
    private static final String VIRTUAL = "sim:";

    /**
     * An interrupted burn.
     *
     * @param time when it began
     * @param process process id of the tool that burnt
     * @param step what it was doing last
     * @param from firmware before
     * @param to firmware of the image
     * @param backup backup made before, empty when none
     * @param card node GUID of the card before, 16 hexadecimal digits; empty when not known
     * @param image the image as it was to be on flash
     */
    public record Entry(String time, String process, String step, String from, String to, String backup,
            String card, Fs2Image image) {
        /**
         * Whether this is about the card that is there now: another one may sit in the same slot.
         *
         * @param flash what its flash holds
         */
        public boolean isOf(FlashContent flash) {
            Optional<String> there = BackupManifest.guids(flash).filter(GuidBlock::hasGuids).map(BurnJournal::node);
            return there.isEmpty() || there.get().equals(card)
                    || there.equals(image.guids().filter(GuidBlock::hasGuids).map(BurnJournal::node));
        }

        /** {@return a sentence for the operator} */
        public String text() {
            return "The journal of this host says: process " + process + " began to burn firmware " + to + " over "
                    + from + " at " + time + ", and got as far as: " + step + "."
                    + (backup.isEmpty() ? "" : " Before that it made the backup " + backup + ".");
        }
    }

    /**
     * The journal of a card.
     *
     * @param state where this host keeps such things
     * @param device canonical name of the device
     * @throws IOException when the folder cannot be made
     */
    public static BurnJournal of(StateFolder state, String device) throws IOException {
        return named(state, device.startsWith(VIRTUAL)
                // Two virtual cards may have one name in different folders.
                ? VIRTUAL + Path.of(device.substring(VIRTUAL.length())).toAbsolutePath().normalize() : device);
    }

    private static BurnJournal named(StateFolder state, String device) throws IOException {
        // Readable where that is possible; different names stay different by their hash.
        String plain = device.replaceAll("[^A-Za-z0-9.]+", "-");
        String hash = BackupManifest.sha256(Bytes.of(device.getBytes(StandardCharsets.UTF_8))).substring(0, 16);
        return new BurnJournal(state.made("journal"), plain.substring(Math.max(0, plain.length() - LONGEST_NAME))
                + "-" + hash);
    }

    /**
     * Writes it.
     *
     * @param plan what will be done
     * @param flash what the flash holds now, if it is known
     * @param backup name of the backup, empty when none
     * @throws IOException when it cannot be written
     */
    public void begin(BurnPlan plan, Optional<FlashContent> flash, String backup) throws IOException {
        Bytes image = plan.image().bytes();
        SafeFile.replace(image(), image.toArray(), SafeFile.BeforeRename.NOTHING);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("process", String.valueOf(ProcessHandle.current().pid()));
        values.put("from", plan.currentVersion().map(Object::toString).orElse("nothing readable"));
        values.put("to", plan.newVersion().map(Object::toString).orElse("of unknown version"));
        values.put("backup", backup);
        values.put("card", flash.flatMap(BackupManifest::guids).filter(GuidBlock::hasGuids).map(BurnJournal::node)
                .orElse(""));
        values.put("sha256", BackupManifest.sha256(image));
        SafeFile.replace(text(), new BackupManifest(values).text().getBytes(StandardCharsets.UTF_8),
                SafeFile.BeforeRename.NOTHING);
        step("preparing");
    }

    /**
     * Notes what is done next.
     *
     * @throws IOException when it cannot be written
     */
    public void step(String what) throws IOException {
        SafeFile.replace(step(), what.getBytes(StandardCharsets.UTF_8), SafeFile.BeforeRename.NOTHING);
    }

    /**
     * Takes it away.
     *
     * @throws IOException when it cannot be
     */
    public void end() throws IOException {
        Files.deleteIfExists(text());
        Files.deleteIfExists(step());
        Files.deleteIfExists(image());
        SafeFile.sync(folder);
    }

    /**
     * An interrupted burn, if there is one. A journal that is not whole counts as none: it was cut off
     * before the flash was changed.
     *
     * @throws IOException when the folder cannot be read
     */
    public Optional<Entry> read() throws IOException {
        if (!Files.isRegularFile(text()) || !Files.isRegularFile(image())) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try {
            values.load(new StringReader(new String(Bytes.ofFile(text(), LARGEST_TEXT).toArray(),
                    StandardCharsets.UTF_8)));
            Bytes image = Bytes.ofFile(image(), LARGEST_IMAGE);
            if (!BackupManifest.sha256(image).equals(values.getProperty("sha256"))) {
                return Optional.empty();
            }
            String step = Files.isRegularFile(step()) ? Bytes.ofFile(step(), LARGEST_TEXT).text() : "preparing";
            return Optional.of(new Entry(values.getProperty("time", "?"), values.getProperty("process", "?"), step,
                    values.getProperty("from", "?"), values.getProperty("to", "?"), values.getProperty("backup", ""),
                    values.getProperty("card", ""), Fs2Image.parse(image)));
        } catch (IllegalArgumentException | FormatException e) {
            return Optional.empty();
        }
    }

    private static String node(GuidBlock guids) {
        return String.format("%016x", guids.node());
    }

    private Path text() {
        return folder.resolve(name + ".journal");
    }

    private Path step() {
        return folder.resolve(name + ".step");
    }

    private Path image() {
        return folder.resolve(name + ".image");
    }
}
