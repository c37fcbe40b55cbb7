package io.nightjar.doctor.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** How often work is done in a second, by one thread and by several side by side. */
final class Rate {
  private Rate() {}

  /**
   * Calls of the work in a second, by all threads together. Each thread works once before the
   * measurement.
   *
   * @param seconds that the measurement takes at least; each thread finishes what it has begun
   * @param work of each thread, which is numbered from 0
   * @throws Exception that the work threw
   */
  static double of(int threads, double seconds, IntFunction<Runnable> work) throws Exception {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "nightjar-doctor-rate");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Runnable> runnables = new ArrayList<>();
      List<Future<?>> warm = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Runnable runnable = work.apply(thread);
        runnables.add(runnable);
        warm.add(pool.submit(runnable));
      }
      for (Future<?> each : warm) {
        get(each);
      }
      long begun = System.nanoTime();
      long deadline = begun + (long) (seconds * 1e9);
      List<Future<Long>> counts = new ArrayList<>();
      for (Runnable runnable : runnables) {
        counts.add(pool.submit(() -> repeat(runnable, deadline)));
      }
      long calls = 0;
      for (Future<Long> count : counts) {
        calls += get(count);
      }
      return calls / ((System.nanoTime() - begun) / 1e9);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static long repeat(Runnable work, long deadline) {
    long calls = 0;
    do {
      work.run();
      calls++;
    } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
    return calls;
  }
}
