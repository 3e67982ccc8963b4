// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.Fs2Image;

/**
 * Where an image goes, and by which steps.
 *
 * <p>Slot choice: the slot that the current image is not in; onto a blank flash slot 1, like the
 * stock tool (fs2-image 3.3): the two tools then agree where "the first image" is, and address 0
 * stays free for an image that is not failsafe. The current image is an intact one if there is one;
 * with two intact ones the lower, as stock. A stale image in the way is made invalid before anything
 * is written over it, so that a half-written image never carries a signature.
 */
final class BurnRoute {
    private static final int HEAD = 4096;
    private static final String NEW = "the new image";

    private final Fs2Image image;
    private final FlashContent flash;
    private final Settings settings;
    private final Optional<Home> home;
    private final boolean verifyOnce;
    private final Optional<SlotState> current;
    private final boolean changesLayout;
    private final List<RouteFinder.Hop> hops;
    private final Optional<String> danger;
    private boolean settingsWait;

    /**
     * Finds it.
     *
     * @param home where the image has to end up; empty = where there is room
     * @param verifyOnce whether one whole verification is enough
     */
    BurnRoute(Fs2Image image, FlashContent flash, Settings settings, Optional<Home> home, boolean verifyOnce) {
        if (flash.dump().isEmpty() && needsWholeFlash(image.header().chunkMap(), flash)) {
            throw new IllegalArgumentException("another layout is planned from the whole flash");
        }
        this.image = image;
        this.flash = flash;
        this.settings = settings;
        this.home = home;
        this.verifyOnce = verifyOnce;
        this.current = flash.current();
        ChunkMap map = image.header().chunkMap();
        Optional<ChunkMap> there = current.flatMap(SlotState::content).map(SlotState.Content::map);
        this.changesLayout = there.isPresent() && !there.get().equals(map);
        Optional<List<RouteFinder.Hop>> found = there(map).or(() -> direct(map, there)).or(this::search);
        this.danger = found.isPresent() ? Optional.empty() : Optional.of("the new image takes the place"
                + " of the one that boots now, and the flash has no room for both. From the first step"
                + " until the signature is written the card cannot boot. If the burn is interrupted, do"
                + " not switch the machine off: burn again");
        this.hops = found.orElseGet(this::overwrite);
    }

    /**
     * The only place where an image may end up.
     *
     * @param place the place
     * @param tail what is to be behind the image in its last erase unit
     */
    record Home(Placement place, List<BurnStep.WriteAreas.Area> tail) {}

    /** Whether a plan for this image has to know every byte of the flash. */
    static boolean needsWholeFlash(ChunkMap map, FlashContent flash) {
        Optional<ChunkMap> there = flash.current().flatMap(SlotState::content)
                .map(SlotState.Content::map);
        return there.isPresent() && (!map.failsafe() || !there.get().equals(map));
    }

    /** {@return where the image ends up} */
    Placement place() {
        return hops.get(hops.size() - 1).placement();
    }

    /** {@return where copies of it are put on the way} */
    List<Placement> stopovers() {
        return hops.subList(0, hops.size() - 1).stream().map(RouteFinder.Hop::placement).toList();
    }

    boolean changesLayout() {
        return changesLayout;
    }

    /** {@return between which steps nothing boots; empty when an intact image is there at every moment} */
    Optional<String> danger() {
        return danger;
    }

    /** {@return when the settings of the firmware could be lost} */
    Optional<String> settingsRisk() {
        int unit = flash.flash().eraseBytes();
        List<BurnStep.Range> written = new ArrayList<>();
        hops.forEach(hop -> written.addAll(hop.writes()));
        if (settingsWait) {
            return Optional.of("the settings of the firmware find no place on the way: they are kept in"
                    + " memory and written at the end. An interruption before that loses them, not the"
                    + " firmware");
        }
        if (changesLayout || !Layout.collide(written, settings.ranges(), unit)) {
            return Optional.empty();
        }
        return Optional.of(String.format("this chip erases 0x%x bytes at once, and the end of the new"
                + " image shares such a unit with the settings of the firmware. They are read, erased and"
                + " written again; a power cut in that second loses them, not the firmware", unit));
    }

    /** It is there already, beside another one: an interrupted burn had come that far. */
    private Optional<List<RouteFinder.Hop>> there(ChunkMap map) {
        if (flash.slots().size() < 2 && home.isEmpty()) {
            return Optional.empty();
        }
        return flash.slots().stream()
                .filter(slot -> home.isEmpty() || home.get().place().start() == slot.start() && hasTail())
                .filter(slot -> flash.image(slot.start()).filter(image::equals).isPresent())
                .findFirst().map(slot -> List.of(new RouteFinder.Hop(
                        new Placement(map, map.failsafe() ? slot.slot() : 0), image, List.of(), List.of())));
    }

    private boolean hasTail() {
        return home.orElseThrow().tail().stream().allMatch(area -> flash.dump().orElseThrow()
                .slice((int) area.physical(), area.content().length()).equals(area.content()));
    }

    /** The other slot of the same layout, or any of a flash that boots nothing: nothing is in the way. */
    private Optional<List<RouteFinder.Hop>> direct(ChunkMap map, Optional<ChunkMap> there) {
        if (current.isEmpty()) {
            // What still knows the GUIDs of the card is spared.
            boolean first = !map.failsafe() || flash.leftover().filter(l -> l.start() != 0).isPresent();
            return Optional.of(List.of(hop(home.map(Home::place).orElse(new Placement(map, first ? 0 : 1)))));
        }
        if (home.isEmpty() && map.failsafe() && there.isPresent() && !changesLayout) {
            // What boots is spared; of a card that boots nothing, what still knows its GUIDs.
            Optional<Long> knows = current.get().usable() ? Optional.empty() : flash.leftover().map(Leftover::start);
            int spared = knows.map(start -> start == 0 ? 0 : 1).orElse(current.get().slot());
            return Optional.of(List.of(hop(new Placement(map, 1 - spared))));
        }
        return Optional.empty();
    }

    private RouteFinder.Hop hop(Placement place) {
        return new RouteFinder.Hop(place, image, place.ranges(image.size()),
                home.map(Home::tail).orElse(List.of()));
    }

    /** With the settings of the firmware at every moment where they belong, else with those only in the end. */
    private Optional<List<RouteFinder.Hop>> search() {
        SlotState.Content content = current.orElseThrow().content().orElseThrow();
        Placement place = new Placement(content.map(), content.map().failsafe() ? current.get().slot() : 0);
        // A damaged one does not boot, but may be the last thing that knows the GUIDs of the card.
        Optional<Fs2Image> there = flash.currentImage();
        if (there.isEmpty()) {
            return Optional.of(overwrite());
        }
        Optional<List<RouteFinder.Hop>> found = finder(settingsNow()).find(place, there.get(), goals());
        if (found.isEmpty()) {
            found = finder(List.of()).find(place, there.get(), goals());
            settingsWait = found.isPresent();
        }
        return found;
    }

    private RouteFinder finder(List<Bytes> settingsContent) {
        return new RouteFinder(image, settings, settingsContent, home, flash.flash().eraseBytes());
    }

    private List<Bytes> settingsNow() {
        ChunkMap map = current.orElseThrow().content().orElseThrow().map();
        return settings.in(map).content(flash.dump().orElseThrow());
    }

    private List<Placement> goals() {
        ChunkMap map = image.header().chunkMap();
        if (home.isPresent()) {
            return List.of(home.get().place());
        }
        return map.failsafe() ? List.of(new Placement(map, 1), new Placement(map, 0))
                : List.of(new Placement(map, 0));
    }

    private List<RouteFinder.Hop> overwrite() {
        ChunkMap map = image.header().chunkMap();
        return List.of(hop(home.map(Home::place).orElse(new Placement(map, 0))));
    }

    /** {@return what is done, in order} */
    List<BurnStep> steps() {
        List<BurnStep> steps = new ArrayList<>();
        Set<Long> signatures = new HashSet<>(flash.starts());
        Optional<Long> boots = current.map(SlotState::start);
        for (int i = 0; i < hops.size(); i++) {
            RouteFinder.Hop hop = hops.get(i);
            boolean last = i == hops.size() - 1;
            String name = last ? NEW : "a copy of the new image, to boot from meanwhile,";
            add(steps, hop, name, signatures, boots, last);
            signatures.add(hop.placement().start());
            boots = Optional.of(hop.placement().start());
            for (long old : signatures.stream().sorted().toList()) {
                if (old != hop.placement().start()) {
                    steps.add(new BurnStep.Invalidate(old, old(old)));
                    signatures.remove(old);
                }
            }
        }
        if (settingsWait || changesLayout && danger.isPresent()) {
            steps.add(BurnStep.WriteAreas.settings(settings.placed(settingsNow())));
        }
        return steps;
    }

    private String old(long start) {
        return hops.stream().anyMatch(hop -> hop.placement().start() == start)
                && !flash.starts().contains(start) ? "copied" : "old";
    }

    private void add(List<BurnStep> steps, RouteFinder.Hop hop, String name, Set<Long> signatures,
            Optional<Long> boots, boolean last) {
        long start = hop.placement().start();
        for (long other : signatures.stream().sorted().toList()) {
            boolean inTheWay = other == start || Layout.contains(hop.writes(), other);
            boolean bootsNow = boots.isPresent() && boots.get() == other;
            if (inTheWay && !hop.writes().isEmpty()) {
                steps.add(new BurnStep.Invalidate(other, bootsNow ? "old" : "stale"));
                signatures.remove(other);
            }
        }
        boolean headLast = last && hops.size() == 1 && flash.slots().stream()
                .noneMatch(slot -> slot.usable() && slot.start() != start);
        List<BurnStep.Range> writes = headLast ? backwards(hop.writes()) : hop.writes();
        if (!writes.isEmpty()) {
            steps.add(new BurnStep.WriteBody(hop.image(), writes, name));
        }
        if (!hop.areas().isEmpty()) {
            steps.add(BurnStep.WriteAreas.settings(hop.areas()));
        }
        steps.add(new BurnStep.VerifySlot(hop.image(), hop.placement().ranges(image.size()), name));
        steps.add(new BurnStep.WriteSignature(start));
        steps.add(new BurnStep.VerifyHead(start,
                hop.image().bytes().slice(0, Math.min(HEAD, image.size())), name));
        if (!verifyOnce) {
            steps.add(new BurnStep.VerifyAgain(hop.image(), hop.placement().ranges(image.size()), name));
        }
        steps.add(new BurnStep.SetBootAddress(start));
    }

    /**
     * The start, where the GUIDs of the card are, is rewritten last: until then the old ones stay.
     */
    private static List<BurnStep.Range> backwards(List<BurnStep.Range> ranges) {
        List<BurnStep.Range> out = new ArrayList<>(ranges);
        Collections.reverse(out);
        return out;
    }
}
