// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the library in processes of their own, since a process can do it only once. */
class NativeLibraryTest {
    private static final Path BUILT =
            Path.of("target/classes", NativeLibrary.RESOURCE).toAbsolutePath();

    @TempDir
    Path folder;

    /** What the other processes run: prints how loading went. */
    static final class Probe {
        private Probe() {
        }

        public static void main(String[] arguments) {
            try {
                NativeLibrary.load();
                System.out.println("loaded, chips: " + NativeSim.chipNames().size());
            } catch (NativeException e) {
                System.out.println(e.status() + " | " + e.getMessage());
            }
        }
    }

    @Test
    void theCopyInTheJarIsLoadedAndLeavesNothingBehind() throws Exception {
        assertThat(probe(List.of("-Djava.io.tmpdir=" + folder))).startsWith("loaded");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theExplicitPathComesFirst() throws Exception {
        Path copy = Files.copy(BUILT, folder.resolve("my library.so"));
        assertThat(probe(List.of("-Dcx3.native.library=" + copy,
                "-Djava.io.tmpdir=/nonexistent"))).startsWith("loaded");
    }

    @Test
    void anExplicitPathThatDoesNotServeIsNotReplacedByAnother() throws Exception {
        Path missing = folder.resolve("missing.so");
        assertThat(probe(List.of("-Dcx3.native.library=" + missing)))
                .startsWith("LIBRARY").contains(missing.toString()).contains("no such file");
        Path text = Files.writeString(folder.resolve("text.so"), "no library");
        assertThat(probe(List.of("-Dcx3.native.library=" + text)))
                .startsWith("LIBRARY").contains(text.toString());
    }

    @Test
    void theFolderOfTheDistributionServes() throws Exception {
        Files.createDirectories(folder.resolve("lib"));
        Files.copy(BUILT, folder.resolve("lib").resolve(NativeLibrary.FILE_NAME));
        assertThat(probe(List.of("-Dcx3.home=" + folder, "-Djava.io.tmpdir=/nonexistent")))
                .startsWith("loaded");
    }

    @Test
    void everyPlaceTriedIsInTheMessage() throws Exception {
        assertThat(probe(List.of("-Dcx3.home=" + folder, "-Djava.io.tmpdir=/nonexistent")))
                .startsWith("LIBRARY")
                .contains(folder.resolve("lib").resolve(NativeLibrary.FILE_NAME).toString())
                .contains("/nonexistent").contains("-Dcx3.native.library=PATH");
    }

    @Test
    void aLibraryOfAnotherVersionIsRefused() throws Exception {
        assertThat(probe(List.of("-Dcx3.native.library=" + compile("other.so", """
                #include <jni.h>
                JNIEXPORT jint JNICALL
                Java_org_cx3tools_nativecore_PlainCalls_abi(JNIEnv *e, jclass c)
                { (void)e; (void)c; return 4242; }
                """))))
                .startsWith("LIBRARY").contains("4242").contains("expected " + NativeLibrary.ABI);
    }

    @Test
    void aForeignLibraryIsRefused() throws Exception {
        assertThat(probe(List.of("-Dcx3.native.library="
                + compile("foreign.so", "int nothing_of_ours(void); "
                        + "int nothing_of_ours(void) { return 0; }"))))
                .startsWith("LIBRARY").contains("not a library of cx3tools");
    }

    @Test
    void nothingButNativesIsExported() throws Exception {
        Set<String> exported = new TreeSet<>();
        for (String line : run(List.of("nm", "-D", "--defined-only", BUILT.toString()))) {
            exported.add(line.substring(line.lastIndexOf(' ') + 1));
        }
        Set<String> declared = new TreeSet<>();
        for (Class<?> type : List.of(NativeCards.class, NativeConfig.class, NativeDevice.class,
                NativeFlash.class, NativeSim.class, PlainCalls.class)) {
            for (var method : type.getDeclaredMethods()) {
                if (java.lang.reflect.Modifier.isNative(method.getModifiers())) {
                    declared.add("Java_" + type.getName().replace('.', '_') + "_"
                            + method.getName());
                }
            }
        }
        assertThat(exported).isEqualTo(declared).hasSizeGreaterThan(20);
    }

    private Path compile(String name, String source) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".c"), source);
        Path library = folder.resolve(name);
        Path include = Path.of(System.getProperty("java.home"), "include");
        List<String> output = run(List.of("cc", "-shared", "-fPIC", "-I" + include,
                "-I" + include.resolve("linux"), "-o", library.toString(), file.toString()));
        assertThat(library).as(String.join("\n", output)).exists();
        return library;
    }

    private static String probe(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Later JDKs warn without it; 17 takes it as well.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Probe.class.getName());
        List<String> lines = run(command);
        // The JVM warns about stack guards when a file is no library at all, a later one about the folder we took away.
        List<String> ours = lines.stream().filter(line -> !line.contains("stack")
                && !line.startsWith("WARNING: java.io.tmpdir")).toList();
        assertThat(ours).as("one line, no stack trace").hasSize(1);
        return ours.get(0);
    }

    private static List<String> run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        try (Stream<String> lines = output.lines()) {
            return lines.toList();
        }
    }
}
