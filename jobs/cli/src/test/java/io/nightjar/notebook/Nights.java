package io.nightjar.notebook;

import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Three nights on two drawn categories; the last keeps a tenth of the variance. */
final class Nights {
  private Nights() {}

  static void evaluate(Path directory, Path runs, SparkSession spark) throws IOException {
    Path data = directory.resolve("data");
    DemoDataset.generate(data, new DemoDataset.Options(64, 12, 6, 4, 3L), TinyDataset.CATEGORIES);
    for (String night : List.of("monday", "tuesday", "wednesday")) {
      double variance = night.equals("wednesday") ? 0.1 : 0.95;
      new EvaluateDataset(spark)
          .data(data.toString())
          .backbone(TinyDataset.backbone())
          .options(
              EvaluationOptions.builder().bank(BankOptions.DEFAULT.withVariance(variance)).build())
          .visualizations(0)
          .out(runs.resolve(night).toString())
          .execute();
    }
  }
}
