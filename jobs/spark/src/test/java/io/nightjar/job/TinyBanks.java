package io.nightjar.job;

import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Stored banks that compare images as {@link TinyEvaluation} does. */
final class TinyBanks {
  private TinyBanks() {}

  /** Builds them of images when it is executed. */
  static BuildBanks of(SparkSession spark, Path data, Path banks) {
    return new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(banks.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT);
  }
}
