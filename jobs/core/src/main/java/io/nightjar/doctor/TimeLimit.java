package io.nightjar.doctor;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls that may hang, such as those of a storage that does not answer. */
public final class TimeLimit {
  private TimeLimit() {}

  /**
   * Calls in a thread of its own, which keeps no process alive.
   *
   * @param work is interrupted after the limit, and left alone where that does not end it
   * @throws TimeoutException after the limit
   * @throws Exception what the work threw; an error comes as the cause of an {@link
   *     ExecutionException}
   */
  public static <T> T call(Duration limit, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "nightjar-doctor");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw e;
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("The examination was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** A limit in words, such as {@code 30 s}. */
  public static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
