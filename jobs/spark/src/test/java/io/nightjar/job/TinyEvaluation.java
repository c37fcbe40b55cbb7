package io.nightjar.job;

import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.output.ParquetReport;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.OptionalMetric;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.SparkSession;

/**
 * All of an evaluation of the {@link TinyDataset} that may not differ between two runs.
 *
 * @param maps the rows of the table of maps, with all bits of their values, sorted
 */
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

  static TinyEvaluation run(
      SparkSession spark,
      java.nio.file.Path data,
      java.nio.file.Path out,
      EvaluationOptions options) {
    return run(
        spark,
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .options(options),
        out);
  }

  /** Runs an evaluation that lacks nothing but its folder for the results. */
  static TinyEvaluation run(
      SparkSession spark, EvaluateDataset evaluation, java.nio.file.Path out) {
    return run(spark, evaluation, out.toString());
  }

  /** The same with its results anywhere. */
  static TinyEvaluation run(SparkSession spark, EvaluateDataset evaluation, String out) {
    List<CategoryResult> categories = evaluation.out(out).execute().report().categories();
    return new TinyEvaluation(
        categories.stream().map(TinyEvaluation::metrics).toList(),
        rows(new Path(out, ParquetReport.MAPS), spark.sparkContext().hadoopConfiguration()));
  }

  /** By Parquet's own reader: Spark's plan for a few rows takes longer than all of them. */
  private static List<String> rows(Path table, Configuration configuration) {
    List<String> rows = new ArrayList<>();
    try {
      for (FileStatus part :
          table.getFileSystem(configuration).globStatus(new Path(table, "part-*"))) {
        try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), part.getPath())
                .withConf(configuration)
                .build()) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            rows.add(row.toString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(rows);
    return rows;
  }

  /** The same of one category alone. */
  TinyEvaluation only(String category) {
    return new TinyEvaluation(
        metrics.stream().filter(of -> of.get(0).equals(category)).toList(),
        maps.stream().filter(row -> row.contains("category: " + category + "\n")).toList());
  }

  /** The number of components of the first category. */
  int components() {
    return (Integer) metrics.get(0).get(1);
  }

  /** The pixel AUROC of the first category. */
  double pixelAuroc() {
    return ((OptionalMetric) metrics.get(0).get(5)).get();
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
