package io.nightjar.job;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Says in words, on Spark's pages and to whoever watches, what stage a category is in. */
record StageReport(JavaSparkContext spark, String category, Progress progress) {

  /**
   * @param total how many images, or of what the stage's name says, it handles
   * @param done counts those handled
   */
  void begin(String stage, long total, LongAccumulator done) {
    name(stage);
    progress.stage(category, stage, total, done::sum);
  }

  /** A stage that nothing measures. */
  void begin(String stage) {
    name(stage);
    progress.stage(category, stage, 0, () -> 0);
  }

  private void name(String stage) {
    spark.setJobGroup("nightjar " + category, category + ": " + stage, false);
  }
}
