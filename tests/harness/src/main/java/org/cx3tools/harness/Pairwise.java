// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors
package org.cx3tools.harness;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Independent pieces of a test side by side, two at a time. */
public final class Pairwise {
    private static final int THREADS = 2;

    private Pairwise() {
    }

    /**
     * Runs all pieces to their end and hands back their results in order.
     *
     * @param pieces what to do
     * @param <T>    what each gives
     * @return the results
     * @throws Exception the first failure of a piece
     */
    public static <T> List<T> run(List<? extends Callable<T>> pieces) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = threads.invokeAll(pieces);
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        } finally {
            threads.shutdownNow();
        }
    }
}
