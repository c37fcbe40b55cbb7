package io.nightjar.job.run;

import io.nightjar.job.options.Progress;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Says in words, on Spark's pages and to whoever watches, what stage a category is in. */
public record StageReport(JavaSparkContext spark, String category, Progress progress) {

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
   * @param done tells how many were handled
   */
  public void begin(String stage, long total, LongSupplier done) {
    name(stage);
    progress.stage(category, stage, total, done);
  }

  /** A stage that nothing measures. */
  public void begin(String stage) {
    name(stage);
    progress.stage(category, stage, 0, () -> 0);
  }

  private void name(String stage) {
    spark.setJobGroup("nightjar " + category, category + ": " + stage, false);
  }
}
