package io.nightjar.job;

import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** All of an evaluation of the {@link TinyDataset} that may not differ between two runs. */
record TinyEvaluation(List<List<Object>> metrics, List<String> maps) {

  static final EmbedOptions EMBED = EmbedOptions.DEFAULT.withBatchImages(2);

  /** Chunks of 2 images, so that there are sums to be combined. */
  static final FitOptions FIT = FitOptions.DEFAULT.withChunkImages(2);

  /** Chunks of 2 images, so that there are sums to be combined. */
  static EvaluationOptions.Builder options() {
    return EvaluationOptions.builder().embed(EMBED).fit(FIT);
  }

  /** For stored banks, which are fitted already. */
  static EvaluationOptions.Builder storedOptions() {
    return EvaluationOptions.builder().embed(EMBED);
  }

  static TinyEvaluation run(SparkSession spark, Path data, Path out, EvaluationOptions options) {
    return run(
        spark,
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .options(options),
        out);
  }

  /** Runs an evaluation that lacks nothing but its folder for the results. */
  static TinyEvaluation run(SparkSession spark, EvaluateDataset evaluation, Path out) {
    return run(spark, evaluation, out.toString());
  }

  /** The same with its results anywhere. */
  static TinyEvaluation run(SparkSession spark, EvaluateDataset evaluation, String out) {
    List<CategoryResult> categories = evaluation.out(out).execute().report().categories();
    return new TinyEvaluation(
        categories.stream().map(TinyEvaluation::metrics).toList(),
        // In Java: a plan that sorts a few rows takes longer than all of them.
        spark.read().parquet(out + "/maps").toJSON().collectAsList().stream().sorted().toList());
  }

  private static List<Object> metrics(CategoryResult result) {
    return List.of(
        result.category(),
        result.components(),
        result.bankRows(),
        result.pixelAuprc(),
        result.pixelAuprcTrapezoid(),
        result.pixelAuroc(),
        result.metrics());
  }
}
