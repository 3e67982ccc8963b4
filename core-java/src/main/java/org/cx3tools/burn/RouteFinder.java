// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cx3tools.binary.Bytes;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageLocator;

/**
 * Finds a way for an image to its place on which an intact image is on the flash at every moment.
 * Often there is room beside the one that boots. Where there is none, a copy of the new image is put
 * somewhere else first, laid out in another way; from then on it is the one that must not be touched,
 * and the old one may go. Two layouts of one image may even share units of flash: bytes that are the
 * same in both need not be written. The settings of the firmware go along with each copy, to where
 * its layout has them.
 *
 * <p>It knows where images may begin (fs2-image 1.2, 1.3) and that each layout is one word of the
 * header; it searches all chains of layouts, shortest first.
 */
final class RouteFinder {
    /** Longer chains were never needed on any flash and image size that the tests try. */
    private static final int MOST_HOPS = 4;

    private final Fs2Image image;
    private final Settings settings;
    private final List<Bytes> settingsContent;
    private final long flashBytes;
    private final int unit;
    private final Optional<BurnRoute.Home> home;

    /**
     * One image put in one place.
     *
     * @param placement where
     * @param image the image, saying that it lies there
     * @param writes physical ranges that are written, ascending; what it shares is left out
     * @param areas what else is written before the image counts: the settings of the firmware, where
     *     this layout has them
     */
    record Hop(Placement placement, Fs2Image image, List<BurnStep.Range> writes,
            List<BurnStep.WriteAreas.Area> areas) {}

    private record Path(Optional<Extent> intact, List<Hop> hops) {}

    /**
     * Prepares a search.
     *
     * @param image the image in its final form
     * @param settings where the settings are in the layout of the image
     * @param settingsContent what is in both areas of them; empty: they do not travel
     * @param home the only place where the image may end up, if there is one
     * @param unit smallest erase unit
     */
    RouteFinder(Fs2Image image, Settings settings, List<Bytes> settingsContent,
            Optional<BurnRoute.Home> home, int unit) {
        this.image = image;
        this.settings = settings;
        this.settingsContent = settingsContent;
        this.flashBytes = settings.flashBytes();
        this.home = home;
        this.unit = unit;
    }

    /**
     * The shortest way.
     *
     * @param place where the image lies that boots now
     * @param current that image
     * @param goals where the image may end up, best first; all in the layout of the image itself
     */
    Optional<List<Hop>> find(Placement place, Fs2Image current, List<Placement> goals) {
        Deque<Path> open = new ArrayDeque<>();
        Set<Placement> seen = new HashSet<>();
        open.add(new Path(Optional.of(extent(place, current)), List.of()));
        while (!open.isEmpty()) {
            Path path = open.remove();
            for (Placement goal : goals) {
                Optional<Hop> last = hop(path.intact(), goal);
                if (last.isPresent()) {
                    return Optional.of(with(path.hops(), last.get()));
                }
            }
            if (path.hops().size() + 1 >= MOST_HOPS) {
                continue;
            }
            for (Placement next : Placement.all(flashBytes)) {
                Optional<Hop> hop = seen.contains(next) ? Optional.empty() : hop(path.intact(), next);
                if (hop.isPresent()) {
                    seen.add(next);
                    open.add(new Path(Optional.of(extent(next, hop.get().image())),
                            with(path.hops(), hop.get())));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Hop> with(List<Hop> hops, Hop next) {
        List<Hop> all = new ArrayList<>(hops);
        all.add(next);
        return all;
    }

    private Extent extent(Placement place, Fs2Image of) {
        return new Extent(place, of, settings.in(place.map()).placed(settingsContent));
    }

    /** Puts the image there, if that touches nothing of the intact one. */
    private Optional<Hop> hop(Optional<Extent> intact, Placement place) {
        List<BurnStep.Range> whole = place.ranges(image.size());
        Settings here = settings.in(place.map());
        if (Layout.end(whole) > flashBytes || image.size() > here.limit()
                || !settingsContent.isEmpty() && Layout.collide(whole, here.ranges(), unit)) {
            return Optional.empty();
        }
        Fs2Image form = form(place);
        if (hasStrayMagic(form, place)) {
            return Optional.empty();
        }
        List<BurnStep.WriteAreas.Area> areas = new ArrayList<>(here.placed(settingsContent));
        home.filter(h -> h.place().equals(place)).ifPresent(h -> areas.addAll(h.tail()));
        if (intact.isEmpty()) {
            return Optional.of(new Hop(place, form, whole, areas));
        }
        Optional<List<BurnStep.Range>> writes = intact.get().beside(form.bytes(), whole, unit);
        boolean free = areas.stream().allMatch(area -> intact.get().beside(area.content(),
                List.of(new BurnStep.Range(0, area.physical(), area.content().length())), unit).isPresent());
        return free ? writes.map(ranges -> new Hop(place, form, ranges, areas)) : Optional.empty();
    }

    private Fs2Image form(Placement place) {
        if (image.header().chunkMap().equals(place.map())) {
            return image;
        }
        try {
            return ImageEditor.withChunkMap(image, place.map());
        } catch (FormatException e) {
            throw new IllegalArgumentException("the image was checked before: " + e.getMessage(), e);
        }
    }

    /** A second magic where an image may begin would hide this one, or the one beside it. */
    private static boolean hasStrayMagic(Fs2Image form, Placement place) {
        for (long at : ImageLocator.searched(1L << 25)) {
            long logical = place.map().logical(at);
            if (at != place.start() && place.map().slotOf(at) == place.slot()
                    && logical + ImageLocator.MAGIC.length() <= form.size() && form.bytes()
                    .slice((int) logical, ImageLocator.MAGIC.length()).equals(ImageLocator.MAGIC)) {
                return true;
            }
        }
        return false;
    }
}
