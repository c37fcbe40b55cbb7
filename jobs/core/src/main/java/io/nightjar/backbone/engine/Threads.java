package io.nightjar.backbone.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Distributes the work of one call over threads. */
final class Threads {
  private static final AtomicInteger STARTED = new AtomicInteger();

  /** Idle threads cost next to nothing, and end after a minute. */
  private static final ExecutorService HELPERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "nightjar-embed-" + STARTED.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  private Threads() {}

  /** Runs the parts 0 to {@code parts - 1} at the same time, the first on the calling thread. */
  static void run(int parts, IntConsumer work) {
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int part = 1; part < parts; part++) {
      int number = part;
      others.add(CompletableFuture.runAsync(() -> work.accept(number), HELPERS));
    }
    try {
      work.accept(0);
    } finally {
      join(others);
    }
  }

  private static void join(List<CompletableFuture<Void>> others) {
    try {
      CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
