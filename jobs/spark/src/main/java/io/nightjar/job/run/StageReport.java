package io.nightjar.job.run;

import io.nightjar.job.memory.TaskWatch;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.spark.util.LongAccumulator;

/** Says in words, on Spark's pages and to the run's listener, what stage a category is in. */
public record StageReport(RunContext run, String category) {

  /**
   * Reports that a stage begins whose work is counted.
   *
   * @param total how many images, or of what the stage's name says, it handles
   * @param done counts those handled
   */
  public void begin(String stage, long total, LongAccumulator done) {
    begin(stage, total, done::sum);
  }

  /**
   * Reports that a stage begins whose work is counted.
   *
   * @param done gives how many were handled
   */
  public void begin(String stage, long total, LongSupplier done) {
    describe(stage);
    run.progress().stage(category, stage, total, done);
  }

  /** Reports that a stage begins whose work is not counted. */
  public void begin(String stage) {
    describe(stage);
    run.progress().stage(category, stage, 0, () -> 0);
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

  private void describe(String stage) {
    run.spark().sc().setJobDescription(category + ": " + stage);
  }
}
