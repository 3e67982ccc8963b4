// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.cx3tools.binary.Bytes;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.image.ChunkMap;
import org.cx3tools.image.FormatException;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.ImageEditor;

/**
 * Some work on a flash, and the power fails before each of its flash operations and in the middle of
 * each; then the power comes back and the work is done again.
 *
 * <p>The judges know nothing of the burner. Whatever carries a signature has to be intact, so that
 * also a boot code that believes signatures without checking finds nothing else; there has to be at
 * least one; it is the old or the new image; and the virtual card boots it with both policies.
 */
final class PowerCuts {
    /** What is done; again after a cut, on what that left. */
    interface Work {
        void on(MemoryFlash flash) throws Exception;
    }

    private final String name;
    private final Bytes before;
    private final Work work;
    private final long seed;
    private final Fs2Image wanted;
    private final List<Bytes> oldForms;
    private final List<Bytes> newForms;
    private final List<Long> damaged;
    private final List<Integer> settingsBefore;
    private final List<Integer> settingsAfter;
    private Optional<BootJudge> cards = Optional.empty();
    private Optional<Bytes> exact = Optional.empty();
    private List<Bytes> others = List.of();

    /**
     * Prepares it.
     *
     * @param map how the image lies that boots before
     */
    PowerCuts(String name, Bytes before, ChunkMap map, Fs2Image wanted, long seed, Work work) {
        this.settingsBefore = settings(map);
        this.settingsAfter = settings(wanted.header().chunkMap());
        this.name = name;
        this.before = before;
        this.work = work;
        this.seed = seed;
        this.wanted = wanted;
        this.oldForms = BootCode.bootable(before).stream().map(Fs2Image::bytes).toList();
        this.newForms = forms(wanted);
        this.damaged = BootCode.candidates(before).stream().filter(c -> !c.problems().isEmpty())
                .map(BootCode.Candidate::start).toList();
    }

    private static final int MOST_OPERATIONS_MORE = 600;

    /** Flash of eight of the smallest chunks. */
    static final int FLASH = 0x80000;

    /** Where the firmware has its settings, 4 KiB each; counted by hand from nv-config 3.2. */
    static List<Integer> settings(ChunkMap map) {
        return switch (map.log2Chunk()) {
            case 0 -> List.of(0x7e000, 0x7f000);
            case 16 -> List.of(0x6f000, 0x7f000);
            case 17 -> List.of(0x5f000, 0x7f000);
            case 18 -> List.of(0x3f000, 0x7f000);
            default -> throw new IllegalArgumentException("no such layout in the tests");
        };
    }

    /** In the end the flash holds exactly this; its settings are not those of before. */
    PowerCuts exactly(Bytes content) {
        exact = Optional.of(content);
        others = BootCode.bootable(content).stream().map(Fs2Image::bytes).toList();
        return this;
    }

    /** The virtual card boots what is left, too. */
    PowerCuts on(BootJudge judge) {
        cards = Optional.of(judge);
        return this;
    }

    /** One image laid out in every way. */
    private static List<Bytes> forms(Fs2Image image) {
        List<Bytes> forms = new ArrayList<>();
        try {
            forms.add(ImageEditor.withChunkMap(image, ChunkMap.contiguous()).bytes());
            for (int log2 = 16; log2 <= 23; log2++) {
                forms.add(ImageEditor.withChunkMap(image, new ChunkMap(true, log2)).bytes());
            }
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
        return forms;
    }

    /** Cuts everywhere; returns at how many points. */
    int everywhere() throws Exception {
        MemoryFlash whole = new MemoryFlash(before, seed);
        work.on(whole);
        assertThat(isDone(whole.content())).as(name).isTrue();
        int points = 2 * whole.operations();
        List<String> failures = IntStream.range(0, points).parallel().mapToObj(this::problem)
                .filter(text -> !text.isEmpty()).toList();
        assertThat(failures).as("%s: %d of %d points, seed %d", name, failures.size(), points, seed).isEmpty();
        return points;
    }

    /** The points where something is wrong, for a burner that is to fail. */
    List<String> failures() throws Exception {
        MemoryFlash whole = new MemoryFlash(before, seed);
        Throwable end = catchThrowable(() -> work.on(whole));
        List<String> all = new ArrayList<>(IntStream.range(0, 2 * whole.operations()).parallel()
                .mapToObj(this::problem).filter(text -> !text.isEmpty()).toList());
        if (end != null || !BootCode.bootable(whole.content()).equals(List.of(wanted))) {
            all.add("without a cut: the card does not hold the new image");
        }
        return all;
    }

    private String problem(int point) {
        MemoryFlash flash = new MemoryFlash(before, seed + point);
        if (point % 2 == 0) {
            flash.cutBefore(point / 2);
        } else {
            flash.cutAt(point / 2);
        }
        String where = (point % 2 == 0 ? "before operation " : "in operation ") + point / 2;
        Throwable cut = catchThrowable(() -> work.on(flash));
        if (!(cut instanceof BurnException)) {
            return where + ": ends with " + cut;
        }
        String left = left(flash.content());
        if (!left.isEmpty()) {
            return where + ": " + left;
        }
        // The power fails in the next run, too, somewhere; the one after that completes.
        flash.powerOn();
        flash.cutAt(flash.operations() + new Random(seed + point).nextInt(MOST_OPERATIONS_MORE));
        Throwable again = isDone(flash.content()) ? null : catchThrowable(() -> work.on(flash));
        if (again != null && !(again instanceof BurnException)) {
            return where + ": the next run ends with " + again;
        }
        String leftAgain = left(flash.content());
        if (!leftAgain.isEmpty()) {
            return where + ", and cut again: " + leftAgain;
        }
        flash.powerOn();
        Throwable last = isDone(flash.content()) ? null : catchThrowable(() -> work.on(flash));
        if (last != null) {
            return where + ": the last run ends with " + last;
        }
        return isDone(flash.content()) ? "" : where + ": the last run does not complete";
    }

    private boolean isDone(Bytes content) {
        return exact.isPresent() ? content.equals(exact.get())
            : BootCode.bootable(content).equals(List.of(wanted)) && settings(content, settingsAfter);
    }

    private String left(Bytes content) {
        int intact = 0;
        for (BootCode.Candidate candidate : BootCode.candidates(content)) {
            if (!candidate.problems().isEmpty()) {
                if (!damaged.contains(candidate.start())) {
                    return String.format("a signature at 0x%x over %s", candidate.start(), candidate.problems());
                }
                continue;
            }
            if (!oldForms.contains(candidate.image()) && !newForms.contains(candidate.image())
                && !others.contains(candidate.image())) {
                return String.format("a strange image at 0x%x", candidate.start());
            }
            intact++;
            if (exact.isEmpty() && !settings(content, settings(mapOf(candidate.image())))) {
                return String.format("the image at 0x%x has lost the settings", candidate.start());
            }
        }
        if (intact == 0) {
            return "nothing boots";
        }
        FlashSituation situation = FlashSituation.of(FlashContent.of(
            new MemoryFlash(content, seed).info(), content));
        if (situation.intact().isEmpty() || situation.text().isBlank()) {
            return "the situation is not recognised: " + situation;
        }
        return cards.map(judge -> judge.problem(content)).orElse("");
    }

    private static ChunkMap mapOf(Bytes image) {
        try {
            return Fs2Image.parse(image).header().chunkMap();
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private boolean settings(Bytes content, List<Integer> places) {
        for (int i = 0; i < places.size(); i++) {
            if (!content.slice(places.get(i), 0x1000).equals(before.slice(settingsBefore.get(i), 0x1000))) {
                return false;
            }
        }
        return true;
    }
}
