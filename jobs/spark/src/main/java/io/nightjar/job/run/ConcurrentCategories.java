package io.nightjar.job.run;

import io.nightjar.job.options.Progress;
import io.nightjar.report.FailedCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs categories side by side on one cluster; one that fails costs no other. */
public final class ConcurrentCategories {
  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentCategories.class);
  private static final long POLL_MILLIS = 200;
  private static final long IDLE_SECONDS = 20;

  private final JavaSparkContext spark;
  private volatile boolean cancelled;

  public ConcurrentCategories(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** What became of the categories, each list in catalogue order. */
  public record Outcomes<T>(List<T> evaluated, List<FailedCategory> failed) {}

  private record Ended<T>(Optional<T> outcome, Optional<FailedCategory> failure) {}

  /**
   * Runs the work on all categories and waits for it.
   *
   * @param atOnce categories that run at the same time; empty for a choice by the cluster's size
   * @throws CancellationException after {@link #cancel}
   */
  public <T> Outcomes<T> run(
      List<? extends CategoryWork<T>> categories, OptionalInt atOnce, Progress progress) {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce(spark, categories.size(), atOnce));
    try {
      List<Future<Ended<T>>> running = new ArrayList<>();
      for (CategoryWork<T> category : categories) {
        running.add(pool.submit(() -> run(category, progress)));
      }
      List<Ended<T>> ended = running.stream().map(this::await).toList();
      if (cancelled) {
        awaitIdleExecutors();
        throw new CancellationException(
            "The run was cancelled; what was not finished left no results.");
      }
      return new Outcomes<>(
          ended.stream().flatMap(end -> end.outcome().stream()).toList(),
          ended.stream().flatMap(end -> end.failure().stream()).toList());
    } finally {
      pool.shutdownNow();
    }
  }

  /** How many of so many categories run at the same time. */
  public static int atOnce(JavaSparkContext spark, int categories, OptionalInt asked) {
    // By itself, enough to keep the cores busy while one category is between two passes.
    return Math.min(categories, asked.orElse(Math.max(2, spark.defaultParallelism() / 4)));
  }

  /** Ends {@link #run} from another thread, soon. */
  public void cancel() {
    cancelled = true;
    spark.cancelAllJobs();
  }

  private <T> Ended<T> run(CategoryWork<T> work, Progress progress) {
    String category = work.category();
    try {
      if (cancelled) {
        throw new CancellationException("The category was not begun.");
      }
      // Each category its own pool: a large one cannot starve the small ones.
      spark.setLocalProperty("spark.scheduler.pool", category);
      T outcome = work.run();
      progress.finished(category, work.summary(outcome));
      return new Ended<>(Optional.of(outcome), Optional.empty());
    } catch (Exception e) { // Scala throws SparkException, a checked one, undeclared
      FailedCategory failure = FailureReasons.describe(category, e);
      if (!cancelled) {
        LOG.error("Category {} failed", category, e);
        progress.failed(category, failure.reason());
      }
      return new Ended<>(Optional.empty(), Optional.of(failure));
    }
  }

  private <T> Ended<T> await(Future<Ended<T>> future) {
    while (true) {
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (cancelled) {
          // A category may have begun its next job since.
          spark.cancelAllJobs();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "A category ended with an error that leaves nothing to go on with.", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The evaluation was interrupted.", e);
      }
    }
  }

  /** A process that ends in the middle of native code crashes; cancelled tasks end soon. */
  private void awaitIdleExecutors() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    while (runningTasks() > 0 && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private int runningTasks() {
    return Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }
}
