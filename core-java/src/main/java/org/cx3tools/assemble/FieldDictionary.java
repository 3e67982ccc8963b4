// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.assemble;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.synthetic.SyntheticMark;

/**
 * Fields of register space by name, and which field a key of a board file stands for.
 *
 * <p>Read from lines {@code NAME ADDRESS.BIT WIDTH}, the form observed in the vendor's release
 * sources; such lines are taken out of any text. A key {@code portN_802_3ap_X} of section
 * {@code [IB]} stands for {@code scratchpad.eth.port[N-1].eth_802_3ap_X} (observed); any other key
 * for the field {@code section.key} in lower case (ours, for dictionaries that are written or
 * learned for it).
 */
public final class FieldDictionary {
    /** Largest text accepted, in characters. */
    public static final int MAX_TEXT = 16 << 20;
    /** Most lines that are kept as not understood. */
    public static final int MAX_SKIPPED = 1000;
    /** Most fields of one dictionary. */
    public static final int MAX_FIELDS = 1 << 17;
    /** Longest line that can be a field line, in characters. */
    public static final int MAX_LINE = 400;

    /** A name of words, dots and indices; then ADDRESS.BIT in 0x form; then the width. */
    private static final Pattern ALMOST = Pattern.compile(
            "\\s*([A-Za-z_][\\w.\\[\\]]*)\\s+0[xX]([^\\s.;]*)"
            + "\\.([^\\s;]*)(?:\\s+([^\\s;]+))?\\s*(;.*)?");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,8}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern ETHERNET_KEY = Pattern.compile("port([12])_(802_3ap_\\w+)");
    private static final FieldDictionary OBSERVED = resource("connectx3-observed.fields");
    private static final FieldDictionary SYNTHETIC = resource("synthetic.fields");

    private final Map<String, Field> byName;
    private final List<String> skipped;

    private FieldDictionary(Map<String, Field> byName, List<String> skipped) {
        this.byName = byName;
        this.skipped = List.copyOf(skipped);
    }

    /** {@return the dictionary that knows nothing} */
    public static FieldDictionary empty() {
        return new FieldDictionary(Map.of(), List.of());
    }

    /** {@return the fields of ConnectX-3 firmware known from public listings, both ports} */
    public static FieldDictionary observed() {
        return OBSERVED;
    }

    /** {@return the fields of our synthetic firmware; they mean nothing on real firmware} */
    public static FieldDictionary synthetic() {
        return SYNTHETIC;
    }

    /**
     * {@return what is known without help about an image: the observed fields, and the synthetic
     * ones if the image is one of ours}
     */
    public static FieldDictionary forImage(Fs2Image image) {
        if (!SyntheticMark.isOurs(image)) {
            return OBSERVED;
        }
        Map<String, Field> all = new LinkedHashMap<>(OBSERVED.byName);
        all.putAll(SYNTHETIC.byName);
        return new FieldDictionary(all, List.of());
    }

    /**
     * Takes every field line out of a text.
     *
     * @param source name of the text for errors
     * @param text   any text, for example a vendor's release source
     * @param strict whether a line that begins like a field line but is none is an error; else it
     *               is skipped and told by {@link #skipped()}
     * @throws SourceException in strict mode as said; and always if one name is given two places
     */
    public static FieldDictionary parse(String source, String text, boolean strict)
            throws SourceException {
        if (text.length() > MAX_TEXT) {
            throw new SourceException(source, 0, "", "is " + text.length()
                    + " characters long, at most " + MAX_TEXT + " are accepted");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            // Field lines are short; the bound also keeps the pattern cheap on hostile text.
            if (line.length() > MAX_LINE || !line.contains("0x") && !line.contains("0X")) {
                continue;
            }
            Matcher matcher = ALMOST.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            Optional<Field> field = field(matcher);
            if (field.isEmpty()) {
                if (strict) {
                    throw new SourceException(source, number, line, "not a field line"
                            + " 'NAME ADDRESS.BIT WIDTH' within one 32-bit word");
                }
                if (skipped.size() < MAX_SKIPPED) {
                    skipped.add("line " + number + ": " + line.strip());
                }
                continue;
            }
            if (fields.size() == MAX_FIELDS) {
                throw new SourceException(source, number, line, "more than " + MAX_FIELDS
                        + " fields are not accepted");
            }
            Field before = fields.putIfAbsent(field.get().name(), field.get());
            if (before != null && !before.equals(field.get())) {
                throw new SourceException(source, number, line,
                        "the field has another place before (" + before + ")");
            }
        }
        return new FieldDictionary(fields, skipped);
    }

    /** {@return the field of a line of the form, or nothing} */
    static Optional<Field> parseLine(String line) {
        if (line.length() > MAX_LINE || line.indexOf('.') < 0) {
            return Optional.empty();
        }
        Matcher matcher = ALMOST.matcher(line);
        return matcher.matches() ? field(matcher) : Optional.empty();
    }

    private static Optional<Field> field(Matcher matcher) {
        if (!HEX.matcher(matcher.group(2)).matches() || !NUMBER.matcher(matcher.group(3)).matches()
                || matcher.group(4) == null || !NUMBER.matcher(matcher.group(4)).matches()) {
            return Optional.empty();
        }
        long address = Long.parseLong(matcher.group(2), 16);
        int bit = Integer.parseInt(matcher.group(3));
        int width = Integer.parseInt(matcher.group(4));
        return address % 4 != 0 || width < 1 || bit + width > 32 ? Optional.empty()
                : Optional.of(new Field(matcher.group(1), address, bit, width));
    }

    /**
     * Adds another dictionary.
     *
     * @param more   what to add
     * @param source where it comes from, for the error
     * @throws SourceException if both give one name different places
     */
    public FieldDictionary plus(FieldDictionary more, String source) throws SourceException {
        Map<String, Field> all = new LinkedHashMap<>(byName);
        for (Field field : more.fields()) {
            Field before = all.putIfAbsent(field.name(), field);
            if (before != null && !before.equals(field)) {
                throw new SourceException(source, 0, field.toString(),
                        "the field is already known at another place (" + before + ")");
            }
        }
        List<String> allSkipped = new ArrayList<>(skipped);
        allSkipped.addAll(more.skipped);
        return new FieldDictionary(all, allSkipped);
    }

    /**
     * Adds another dictionary that goes first where both give one name different places: for showing
     * what an image holds in the words of a dictionary that somebody named on purpose.
     *
     * @param more what to add
     */
    public FieldDictionary preferring(FieldDictionary more) {
        Map<String, Field> all = new LinkedHashMap<>(byName);
        all.putAll(more.byName);
        return new FieldDictionary(all, more.skipped);
    }

    /** {@return all fields in order of their lines} */
    public Collection<Field> fields() {
        return List.copyOf(byName.values());
    }

    /** {@return how many fields there are} */
    public int size() {
        return byName.size();
    }

    /** {@return the first lines that look like field lines but were not understood} */
    public List<String> skipped() {
        return skipped;
    }

    /** {@return the field of that name} */
    public Optional<Field> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return the fields of a register word, lowest bit first} */
    public List<Field> at(long address) {
        return byName.values().stream().filter(f -> f.address() == address)
                .sorted(Comparator.comparingInt(Field::bit)).toList();
    }

    /** {@return the field that a key of a board file stands for} */
    public Optional<Field> forKey(String section, String key) {
        return byName(fieldName(section, key));
    }

    /** {@return the name of the field that a key stands for, known or not} */
    public static String fieldName(String section, String key) {
        if (section.equals("IB")) {
            Matcher matcher = ETHERNET_KEY.matcher(key);
            if (matcher.matches()) {
                return "scratchpad.eth.port[" + (Integer.parseInt(matcher.group(1)) - 1)
                        + "].eth_" + matcher.group(2);
            }
        }
        return (section + "." + key).toLowerCase(Locale.ROOT);
    }

    private static FieldDictionary resource(String name) {
        try (InputStream in = FieldDictionary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SourceException e) {
            throw new IllegalStateException(e);
        }
    }
}
