package io.nightjar.job.run;

import io.nightjar.job.memory.CategoryWatch;
import io.nightjar.job.options.Progress;
import io.nightjar.report.FailedCategory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs categories side by side on one cluster; one that fails costs no other. */
public final class ConcurrentCategories {
  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentCategories.class);
  private static final long POLL_MILLIS = 200;

  private final RunContext run;
  private final Cancellation cancellation;

  /** Creates the runner of a run's categories; it may run several lists, one after another. */
  public ConcurrentCategories(RunContext run) {
    this.run = run;
    this.cancellation = run.cancellation();
  }

  /** The categories that were handled and those that failed, each list in catalogue order. */
  public record Outcomes<T>(List<T> evaluated, List<FailedCategory> failed) {}

  private record Ended<T>(Optional<T> outcome, Optional<FailedCategory> failure) {}

  /**
   * Runs the work on all categories and waits for it.
   *
   * @throws CancellationException if the run was cancelled
   */
  public <T> Outcomes<T> run(List<? extends CategoryWork<T>> categories) {
    Map<String, Integer> images = new LinkedHashMap<>();
    categories.stream()
        .filter(category -> category.images() > 0)
        .forEach(category -> images.put(category.category(), category.images()));
    run.progress().begins(images);
    ExecutorService pool = Executors.newFixedThreadPool(run.atOnce(categories.size()));
    try {
      List<Future<Ended<T>>> running = new ArrayList<>();
      for (CategoryWork<T> category : categories) {
        running.add(pool.submit(() -> run(category)));
      }
      List<Ended<T>> ended = running.stream().map(this::await).toList();
      if (cancellation.isRequested()) {
        throw Cancellation.exception();
      }
      return new Outcomes<>(
          ended.stream().flatMap(end -> end.outcome().stream()).toList(),
          ended.stream().flatMap(end -> end.failure().stream()).toList());
    } finally {
      pool.shutdownNow();
    }
  }

  private <T> Ended<T> run(CategoryWork<T> work) {
    String category = work.category();
    Progress progress = run.progress();
    CategoryWatch watch = run.watch().of(category);
    CategoryWatch.Followed followed = watch.follow(cancellation::isRequested);
    try {
      if (cancellation.isRequested()) {
        throw new CancellationException("The category was not begun.");
      }
      // Each category its own pool: a large one cannot starve the small ones.
      run.spark().setLocalProperty("spark.scheduler.pool", category);
      T outcome = work.run();
      progress.finished(category, work.summary(outcome));
      return new Ended<>(Optional.of(outcome), Optional.empty());
    } catch (Throwable e) { // an error, even of memory, is that of one category
      FailedCategory failure = FailureReasons.describe(category, watch.bank(), e);
      if (!cancellation.isRequested()) {
        LOG.error("Category {} failed", category, e);
        progress.failed(category, failure.reason());
      }
      return new Ended<>(Optional.empty(), Optional.of(failure));
    } finally {
      followed.close();
    }
  }

  private <T> Ended<T> await(Future<Ended<T>> future) {
    while (true) {
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (cancellation.isRequested()) {
          // A category may have begun its next job since.
          cancellation.cancelJobs();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "A category ended with an error that the run cannot go on after.", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The run was interrupted.", e);
      }
    }
  }
}
