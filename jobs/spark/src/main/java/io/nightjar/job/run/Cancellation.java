package io.nightjar.job.run;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Option;

/**
 * Ends the jobs of one run and no others: all of them carry a tag that no other run has, whatever
 * else the Spark context computes.
 */
public final class Cancellation {
  private static final long POLL_MILLIS = 200;
  private static final long IDLE_SECONDS = 20;

  private final JavaSparkContext spark;
  private final String tag = "nightjar-" + UUID.randomUUID();
  private volatile boolean requested;

  /** Creates the cancellation of one run; nothing is cancelled before {@link #request}. */
  public Cancellation(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** The tag of the run's jobs. */
  public String tag() {
    return tag;
  }

  /** Ends the run from another thread, soon. */
  public void request() {
    requested = true;
    cancelJobs();
  }

  /** Whether the run is to end. */
  public boolean isRequested() {
    return requested;
  }

  /** Ends the run's jobs that are running now; one that begins later is not affected. */
  void cancelJobs() {
    spark.cancelJobsWithTag(tag);
  }

  /** What a cancelled run ends with. */
  public static CancellationException exception() {
    return new CancellationException(
        "The run was cancelled; what was not finished left no results.");
  }

  /** A process that ends in the middle of native code crashes; cancelled tasks end soon. */
  public void awaitIdleExecutors() {
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
    SparkStatusTracker status = spark.sc().statusTracker();
    return Arrays.stream(status.getJobIdsForTag(tag))
        .flatMap(job -> stages(status, job))
        .map(stage -> runningTasks(status.getStageInfo(stage)))
        .sum();
  }

  private static IntStream stages(SparkStatusTracker status, int job) {
    return status.getJobInfo(job).isEmpty()
        ? IntStream.empty()
        : Arrays.stream(status.getJobInfo(job).get().stageIds());
  }

  private static int runningTasks(Option<SparkStageInfo> stage) {
    return stage.isEmpty() ? 0 : stage.get().numActiveTasks();
  }
}
