package io.nightjar.benchmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Tasks side by side, as an executor with several cores has them. */
public final class ConcurrentTasks {
  private ConcurrentTasks() {}

  /** The cores that this process may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** The results of {@code task.apply(0)} to {@code task.apply(tasks - 1)}, in that order. */
  public static <T> List<T> run(int threads, int tasks, IntFunction<T> task) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        int number = i;
        calls.add(() -> task.apply(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A task of the benchmark failed: " + e.getCause(), e);
    } finally {
      pool.shutdown();
    }
  }
}
