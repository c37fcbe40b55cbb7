package io.nightjar.job.run;

import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.options.StageWork;
import io.nightjar.job.options.StageWork.Counted;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.spark.util.LongAccumulator;

/** Says in words, on Spark's pages and to the run's listener, what stage a category is in. */
public record StageReport(RunContext run, String category) {

  /** What a stage does at its end where nothing else is known. */
  private static final String COLLECT = "collect the results";

  /**
   * Reports that a stage begins whose work is counted.
   *
   * @param total how many it handles
   * @param done counts those handled
   */
  public void begin(String stage, Counted counted, long total, LongAccumulator done) {
    begin(stage, counted, total, done::sum);
  }

  /**
   * Reports that a stage begins whose work is counted.
   *
   * @param done gives how many were handled
   */
  public void begin(String stage, Counted counted, long total, LongSupplier done) {
    begin(new StageWork(stage, counted, total, done, COLLECT));
  }

  /**
   * Reports that a stage begins, and what it does once all have been handled, where that takes
   * long.
   */
  public void begin(StageWork work) {
    run.spark().sc().setJobDescription(category + ": " + work.name());
    run.progress().stage(category, work);
  }

  /** Reports that a stage begins whose work is not counted. */
  public void begin(String stage) {
    begin(StageWork.unmeasured(stage));
  }

  /** A counter for the work of a stage. */
  public LongAccumulator counter() {
    return run.spark().sc().longAccumulator();
  }

  /** Follows the category's tasks: their retries of the storage, and their memory. */
  public TaskWatch watch() {
    return run.watch().of(category).tasks();
  }

  /** A sentence on requests that the storage did not answer at first; empty if there were none. */
  public Optional<String> storageNote() {
    return run.watch().of(category).note();
  }
}
