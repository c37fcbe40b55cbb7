package io.nightjar.job.memory;

import io.nightjar.io.StorageRetry;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Follows the tasks of a category, on the executors.
 *
 * @param retries requests that were repeated since the storage did not answer; of tasks that
 *     succeeded
 * @param peak memory of the tasks' processes
 */
public record TaskWatch(LongAccumulator retries, PeakAccumulator peak) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The attempt that is followed on a thread: a task belongs to one category. */
  private static final ThreadLocal<Long> FOLLOWED = new ThreadLocal<>();

  /** Follows the task that runs on this thread, until it ends; calling it again does nothing. */
  public void begin() {
    TaskContext task = TaskContext.get();
    Long attempt = task.taskAttemptId();
    if (attempt.equals(FOLLOWED.get())) {
      return;
    }
    FOLLOWED.set(attempt);
    AtomicLong repeated = new AtomicLong();
    MemorySampler.Sampling sampling = MemorySampler.begin();
    StorageRetry.Watch watch =
        new StorageRetry.Watch() {
          @Override
          public void retried() {
            repeated.incrementAndGet();
          }

          @Override
          public boolean isCancelled() {
            return task.isInterrupted();
          }
        };
    StorageRetry.watch(Optional.of(watch));
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            completed -> {
              FOLLOWED.remove();
              StorageRetry.watch(Optional.empty());
              retries.add(repeated.get());
              peak.add(sampling.end());
            });
  }
}
