package io.nightjar.job.output;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ImageResult;
import io.nightjar.report.SampleMetrics;
import io.nightjar.report.table.MetricColumns;
import io.nightjar.score.ImageScores;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetReportTest {
  private static SparkSession spark;

  @TempDir Path directory;

  @BeforeAll
  static void startSpark() {
    spark = Sparks.local(2);
  }

  @Test
  void writesARowForEachCategory() {
    String metrics = directory.resolve(ParquetReport.METRICS).toString();
    EvaluationReport report =
        report(
            category("bottle", 0.7889123456789012),
            category("grid", SampleMetrics.without("no defects"), List.of(), List.of()));
    new ParquetReport(new Configuration()).writeMetrics(report, metrics);

    List<Row> rows = spark.read().parquet(metrics).orderBy("category").collectAsList();
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactlyElementsOf(
            MetricColumns.of(report).stream().map(MetricColumns.Column::name).toList());
    assertThat(rows.get(0).<Double>getAs("pixel_auprc")).isEqualTo(0.7889123456789012);
    assertThat(rows.get(0).<Long>getAs("bank_rows")).isEqualTo(163_856L);
    assertThat(rows.get(0).<Double>getAs("pixel_auprc_ci95_lower"))
        .isEqualTo(0.7889123456789012 - 0.03125);
    assertThat(rows.get(0).<Boolean>getAs("pixel_auprc_exact")).isFalse();
    assertThat(rows.get(1).<Double>getAs("pixel_auprc")).isNull();
    assertThat(rows.get(1).<Double>getAs("image_auroc_ci95_upper")).isNull();
  }

  @Test
  void writesTheMapOfEachImageBitForBit() {
    String maps = directory.resolve(ParquetReport.MAPS).toString();
    float[] map = {0.1f, Float.MIN_VALUE, 3.25f, 1e30f, 0f, 2f};
    new ParquetReport(new Configuration())
        .writeMaps(
            List.of(
                new ImageResult(
                    "bottle",
                    "test",
                    "crack",
                    "test/crack/000.png",
                    true,
                    1e30f,
                    2,
                    3,
                    map,
                    1260,
                    500,
                    new ImageScores(1e30f, 3.5f, 2.5f))),
            maps);

    Row row = spark.read().parquet(maps).first();
    assertThat(row.schema().fieldNames())
        .containsExactly(
            "category",
            "path",
            "defect",
            "defective",
            "image_score",
            "height",
            "width",
            "map",
            "image_height",
            "image_width",
            "image_score_max",
            "image_score_top3",
            "image_score_top1pct");
    assertThat(row.getList(7)).isEqualTo(List.of(0.1f, Float.MIN_VALUE, 3.25f, 1e30f, 0f, 2f));
    assertThat(row.getInt(5)).isEqualTo(2);
    assertThat(row.getInt(6)).isEqualTo(3);
    assertThat(row.getInt(8)).isEqualTo(1260);
    assertThat(row.getInt(9)).isEqualTo(500);
    assertThat(List.of(row.getFloat(10), row.getFloat(11), row.getFloat(12)))
        .containsExactly(1e30f, 3.5f, 2.5f);
  }

  /** A filter that is pushed down compares bits with those of a dictionary's entries. */
  @Test
  void aFilterFindsAScoreThatWasNegativeZero() {
    String maps = directory.resolve("zeros").toString();
    new ParquetReport(new Configuration())
        .writeMaps(
            List.of(
                new ImageResult(
                    "bottle",
                    "test",
                    "good",
                    "test/good/000.png",
                    false,
                    -0f,
                    1,
                    1,
                    new float[1],
                    0,
                    0,
                    new ImageScores(-0f, 0, 0))),
            maps);

    assertThat(spark.read().parquet(maps).filter("image_score >= 0").count()).isEqualTo(1);
    assertThat(spark.read().parquet(maps).filter("image_score = 0").count()).isEqualTo(1);
    assertThat(spark.read().parquet(maps).filter("image_width is null").count()).isEqualTo(1);
  }
}
