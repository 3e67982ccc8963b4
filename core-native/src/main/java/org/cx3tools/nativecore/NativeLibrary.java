// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.nativecore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds and loads the C side, once. Tried in this order: the file named by {@code
 * -Dcx3.native.library}; {@code lib/} of the distribution named by {@code -Dcx3.home}; the library
 * inside the jar, copied to a fresh folder that only its owner can enter and deleted as soon as it
 * is loaded.
 */
final class NativeLibrary {
    /**
     * Number of the boundary: raised on both sides, here and in {@code src/jni/glue.h}, with each
     * change of a native.
     */
    static final int ABI = 4;

    static final String FILE_NAME = "libcx3jni.so";
    static final String RESOURCE = "/META-INF/native/linux64/" + FILE_NAME;

    private static boolean loaded;

    private NativeLibrary() {
    }

    /**
     * Loads the library if that has not been done.
     *
     * @throws NativeException LIBRARY with every place that was tried and why it did not serve
     */
    static synchronized void load() throws NativeException {
        if (!loaded) {
            find(System.getProperty("cx3.native.library"), System.getProperty("cx3.home"));
            loaded = true;
        }
    }

    private static void find(String explicit, String home) throws NativeException {
        if (explicit != null) {
            // Who names a file means that file: nothing else is tried.
            String problem = tryFile(Path.of(explicit).toAbsolutePath());
            if (problem != null) {
                throw new NativeException(NativeStatus.LIBRARY, "-Dcx3.native.library: " + problem);
            }
            return;
        }
        StringBuilder tried = new StringBuilder();
        if (home != null) {
            String problem = tryFile(Path.of(home, "lib", FILE_NAME).toAbsolutePath());
            if (problem == null) {
                return;
            }
            tried.append(problem).append("; ");
        }
        String problem = tryResource();
        if (problem == null) {
            return;
        }
        throw new NativeException(NativeStatus.LIBRARY,
                "tried " + tried + problem + "; name the file with -Dcx3.native.library=PATH");
    }

    /** Returns null, or why the file does not serve. */
    private static String tryFile(Path file) throws NativeException {
        if (!Files.isRegularFile(file)) {
            return file + " (no such file)";
        }
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            return file + " (" + oneLine(e) + ")";
        }
        checkAbi(file.toString());
        return null;
    }

    private static String tryResource() throws NativeException {
        Path folder = null;
        Path copy = null;
        try (InputStream in = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return "the resource " + RESOURCE + " (not in this build)";
            }
            Set<PosixFilePermission> ownerOnly = EnumSet.of(PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
            folder = Files.createTempDirectory("cx3tools-",
                    PosixFilePermissions.asFileAttribute(ownerOnly));
            copy = folder.resolve(FILE_NAME);
            Files.copy(in, copy);
            System.load(copy.toString());
            checkAbi("the resource " + RESOURCE);
            return null;
        } catch (UnsatisfiedLinkError e) {
            return copy + " (" + oneLine(e)
                    + "; if that place forbids execution, set -Djava.io.tmpdir)";
        } catch (IOException e) {
            return "a copy of the resource " + RESOURCE + " in "
                    + System.getProperty("java.io.tmpdir") + " (" + e + ")";
        } finally {
            delete(copy);
            delete(folder);
        }
    }

    /** A library of another build is refused: its natives would misread their arguments. */
    private static void checkAbi(String where) throws NativeException {
        int abi;
        try {
            abi = PlainCalls.abi();
        } catch (UnsatisfiedLinkError e) {
            throw new NativeException(
                    NativeStatus.LIBRARY, where + " is not a library of cx3tools");
        }
        if (abi != ABI) {
            throw new NativeException(NativeStatus.LIBRARY, where + " is of another version:"
                    + " its boundary has number " + abi + ", expected " + ABI);
        }
    }

    private static void delete(Path path) {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // Nothing depends on it: the folder is private and has a name of its own.
                path.toFile().deleteOnExit();
            }
        }
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).replace('\n', ' ');
    }
}
