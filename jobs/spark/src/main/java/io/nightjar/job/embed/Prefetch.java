package io.nightjar.job.embed;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.StorageRetry;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/**
 * Does pieces of work ahead of their use, in threads of its own, and hands the results out in
 * order. At most a given number of pieces are under way or wait to be taken.
 *
 * <p>For use by one thread. The threads inherit that thread's rights and class loader, so it must
 * be the task's own; they never see the task itself. {@link #close} drops what was not taken.
 */
final class Prefetch<T> implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final Iterator<? extends Callable<T>> work;
  private final int ahead;
  private final BooleanSupplier cancelled;
  private final ExecutorService workers;
  private final ArrayDeque<Future<T>> begun = new ArrayDeque<>();

  /**
   * A prefetch that begins at once.
   *
   * @param work asked for its next piece by the using thread alone
   * @param ahead pieces under way or waiting, at least 1
   * @param threads that do the work, at least 1
   * @param cancelled whether to give up waiting for work that is not done; asked now and then
   */
  Prefetch(
      Iterator<? extends Callable<T>> work, int ahead, int threads, BooleanSupplier cancelled) {
    this.work = work;
    this.ahead = ahead;
    this.cancelled = cancelled;
    Optional<StorageRetry.Watch> watch = StorageRetry.watching();
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            body -> {
              Thread thread =
                  new Thread(
                      () -> {
                        StorageRetry.watch(watch);
                        body.run();
                      },
                      Thread.currentThread().getName() + " prefetch");
              thread.setDaemon(true);
              return thread;
            });
    begin();
  }

  /**
   * The next result, waiting for it if need be.
   *
   * @throws UnreadableFileException as the work threw it; the next call gives the next result
   * @throws TaskKilledException once cancelled
   * @throws NoSuchElementException after the last
   */
  T next() throws UnreadableFileException {
    if (begun.isEmpty()) {
      throw new NoSuchElementException("There is no more work");
    }
    Future<T> first = begun.remove();
    try {
      return await(first);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      begin();
    }
  }

  private T await(Future<T> result) throws ExecutionException {
    while (true) {
      try {
        return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (cancelled.getAsBoolean()) {
          throw new TaskKilledException("the job was cancelled");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("the task was interrupted");
      }
    }
  }

  private static UnreadableFileException failure(Throwable cause) {
    if (cause instanceof UnreadableFileException unreadable) {
      return unreadable;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("The work ahead failed: " + cause, cause);
  }

  private void begin() {
    while (!workers.isShutdown() && begun.size() < ahead && work.hasNext()) {
      begun.add(workers.submit(work.next()));
    }
    if (!work.hasNext()) {
      // No thread outlives its work, even in a task that goes on for long.
      workers.shutdown();
    }
  }

  /** Ends the threads: one that is reading is interrupted. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
