package io.nightjar.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The report's tables as Parquet, each in one file, replacing what is there. */
public final class ParquetReport {
  /** The folder of the metrics, beside {@code metrics.json}. */
  public static final String METRICS = "metrics";

  /** The folder of the anomaly maps. */
  public static final String MAPS = "maps";

  private static final StructType METRICS_SCHEMA = metricsSchema();

  private static final StructType MAPS_SCHEMA =
      new StructType()
          .add("category", DataTypes.StringType, false)
          .add("path", DataTypes.StringType, false)
          .add("defect", DataTypes.StringType, false)
          .add("defective", DataTypes.BooleanType, false)
          .add("image_score", DataTypes.FloatType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("map", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private final SparkSession spark;

  public ParquetReport(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * A row for each category, columns as in {@code metrics.json}: {@code category} string; {@code
   * train_images}, {@code test_images}, {@code quarantined}, {@code components} int; {@code
   * bank_rows} bigint; the metrics double, null where they do not exist; {@code resolution} string;
   * {@code seconds} double.
   */
  public void writeMetrics(EvaluationReport report, String directory) {
    write(
        report.categories().stream().map(ParquetReport::metricsRow).toList(),
        METRICS_SCHEMA,
        directory);
  }

  /**
   * A row for each image: {@code category}, {@code path}, {@code defect} string; {@code defective}
   * boolean; {@code image_score} float; {@code height}, {@code width} int and {@code map}, an array
   * of {@code height x width} floats, row by row.
   */
  public void writeMaps(List<ImageResult> images, String directory) {
    write(images.stream().map(ParquetReport::mapRow).toList(), MAPS_SCHEMA, directory);
  }

  private void write(List<Row> rows, StructType schema, String directory) {
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(directory);
  }

  private static StructType metricsSchema() {
    StructType schema =
        new StructType()
            .add("category", DataTypes.StringType, false)
            .add("train_images", DataTypes.IntegerType, false)
            .add("test_images", DataTypes.IntegerType, false)
            .add("quarantined", DataTypes.IntegerType, false)
            .add("components", DataTypes.IntegerType, false)
            .add("bank_rows", DataTypes.LongType, false);
    for (ReportedMetric metric : ReportedMetric.values()) {
      schema = schema.add(metric.key(), DataTypes.DoubleType, true);
    }
    return schema
        .add("resolution", DataTypes.StringType, false)
        .add("seconds", DataTypes.DoubleType, false);
  }

  private static Row metricsRow(CategoryResult c) {
    List<Object> values = new ArrayList<>();
    values.add(c.category());
    values.add(c.trainImages());
    values.add(c.testImages());
    values.add(c.quarantined().size());
    values.add(c.components());
    values.add(c.bankRows());
    for (ReportedMetric metric : ReportedMetric.values()) {
      OptionalMetric value = metric.of(c);
      values.add(value.isPresent() ? (Object) value.get() : null);
    }
    values.add(c.resolution());
    values.add(c.seconds());
    return RowFactory.create(values.toArray());
  }

  private static Row mapRow(ImageResult image) {
    return RowFactory.create(
        image.category(),
        image.path(),
        image.defect(),
        image.defective(),
        image.imageScore(),
        image.mapHeight(),
        image.mapWidth(),
        image.map());
  }
}
