package io.nightjar.job.memory;

import io.nightjar.io.StorageRetry;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/** What one category takes of the driver and of the executors, for the run's manifest. */
public final class CategoryWatch {
  private final TaskWatch tasks;
  private final AtomicLong retriesOfDriver = new AtomicLong();
  private MemoryUse driver = MemoryUse.NONE;
  private volatile String bank = "";

  /** A watch of a category that has not begun. */
  CategoryWatch(JavaSparkContext spark) {
    PeakAccumulator peak = new PeakAccumulator();
    spark.sc().register(peak, "peak memory");
    this.tasks = new TaskWatch(spark.sc().longAccumulator(), peak);
  }

  /** Follows the category's tasks. */
  public TaskWatch tasks() {
    return tasks;
  }

  /**
   * Follows the driver's work on the category, which is the calling thread's, until it is closed on
   * the same thread.
   *
   * @param cancelled whether to give up waiting for the storage
   */
  public Followed follow(BooleanSupplier cancelled) {
    MemorySampler.Sampling sampling = MemorySampler.begin();
    StorageRetry.Watch watch =
        new StorageRetry.Watch() {
          @Override
          public void retried() {
            retriesOfDriver.incrementAndGet();
          }

          @Override
          public boolean isCancelled() {
            return cancelled.getAsBoolean();
          }
        };
    StorageRetry.watch(Optional.of(watch));
    return () -> {
      StorageRetry.watch(Optional.empty());
      synchronized (this) {
        driver = driver.max(sampling.end());
      }
    };
  }

  /** Work that is followed until it is closed. */
  public interface Followed extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Notes the memory bank that the category is about to hold.
   *
   * @param dimension values of a row
   */
  public void holds(long rows, int dimension) {
    bank =
        Text.format(
            "memory bank of %d rows of %d values takes %s",
            rows, dimension, Text.megabytes(rows * dimension * Float.BYTES));
  }

  /**
   * The memory bank and its size, as a sentence without its first word; empty before there is one.
   */
  public Optional<String> bank() {
    return Optional.of(bank).filter(noted -> !noted.isEmpty());
  }

  /** Requests that were repeated since the storage did not answer. */
  public long retries() {
    return retriesOfDriver.get() + tasks.retries().sum();
  }

  /** A sentence on the storage, where there is something to report. */
  public Optional<String> note() {
    long retries = retries();
    return retries == 0
        ? Optional.empty()
        : Optional.of(
            Text.format(
                "The storage did not answer %s, which %s repeated; nothing was left out for that.",
                retries == 1 ? "1 request" : retries + " requests", retries == 1 ? "was" : "were"));
  }

  /** The peaks, for the run's manifest. */
  synchronized Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("driver", driver.describe());
    described.put("executors", tasks.peak().value().describe());
    return described;
  }
}
