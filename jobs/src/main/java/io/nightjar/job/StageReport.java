package io.nightjar.job;

import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Says in words, on Spark's pages and to whoever watches, what stage a category is in. */
record StageReport(JavaSparkContext spark, String category, Progress progress) {

  /**
   * @param done counts the images handled
   */
  void begin(String stage, long images, LongAccumulator done) {
    begin(stage, images, done::sum);
  }

  /**
   * @param done tells how many images were handled
   */
  void begin(String stage, long images, LongSupplier done) {
    name(stage);
    progress.stage(category, stage, images, done);
  }

  /** A stage that images do not measure. */
  void begin(String stage) {
    name(stage);
    progress.stage(category, stage, 0, () -> 0);
  }

  private void name(String stage) {
    spark.setJobGroup("nightjar " + category, category + ": " + stage, false);
  }
}
