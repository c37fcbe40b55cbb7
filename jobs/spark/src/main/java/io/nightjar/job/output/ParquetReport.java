package io.nightjar.job.output;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ImageResult;
import io.nightjar.report.Numbers;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.table.MetricColumns;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The report's tables as Parquet, each in one file, replacing what is there. */
public final class ParquetReport {
  /** The folder of the metrics, next to {@code metrics.json}. */
  public static final String METRICS = "metrics";

  /** The folder of the anomaly maps. */
  public static final String MAPS = "maps";

  /** The folder of the scores of unlabelled images. */
  public static final String SCORES = "scores";

  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          String.class, DataTypes.StringType,
          Boolean.class, DataTypes.BooleanType,
          Integer.class, DataTypes.IntegerType,
          Long.class, DataTypes.LongType,
          Double.class, DataTypes.DoubleType);

  private static final StructType MAPS_SCHEMA =
      new StructType()
          .add("category", DataTypes.StringType, false)
          .add("path", DataTypes.StringType, false)
          .add("defect", DataTypes.StringType, false)
          .add("defective", DataTypes.BooleanType, false)
          .add("image_score", DataTypes.FloatType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("map", DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add("image_height", DataTypes.IntegerType, true)
          .add("image_width", DataTypes.IntegerType, true);

  private static final StructType SCORES_SCHEMA =
      new StructType()
          .add("category", DataTypes.StringType, false)
          .add("path", DataTypes.StringType, false)
          .add("image_score", DataTypes.FloatType, false)
          .add("map_max", DataTypes.FloatType, false)
          .add("map_mean", DataTypes.DoubleType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("sha256", DataTypes.StringType, false);

  private static final StructType UNLABELLED_MAPS_SCHEMA =
      new StructType()
          .add("category", DataTypes.StringType, false)
          .add("path", DataTypes.StringType, false)
          .add("image_score", DataTypes.FloatType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("map", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private final SparkSession spark;

  /** Creates a writer of tables with a session. */
  public ParquetReport(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * A row for each category, columns as in {@code metrics.csv}: counts int, those of pixels and of
   * the bank's rows bigint, the metrics double and null where they do not exist.
   */
  public void writeMetrics(EvaluationReport report, String directory) {
    List<MetricColumns.Column> columns = MetricColumns.of(report);
    write(
        report.categories().stream().map(category -> metricsRow(category, columns)).toList(),
        metricsSchema(columns),
        directory);
  }

  /**
   * A row for each image: {@code category}, {@code path}, {@code defect} string; {@code defective}
   * boolean; {@code image_score} float; {@code height}, {@code width} int and {@code map}, an array
   * of {@code height x width} floats, row by row; {@code image_height} and {@code image_width} int,
   * null where they are not known.
   */
  public void writeMaps(List<ImageResult> images, String directory) {
    write(images.stream().map(ParquetReport::mapRow).toList(), MAPS_SCHEMA, directory);
  }

  /**
   * A row for each unlabelled image, columns as in {@code scores.csv}: {@code image_score} and
   * {@code map_max} float, {@code map_mean} double, {@code width} and {@code height} of the image
   * int, the others string.
   */
  public void writeScores(List<CategoryScores> categories, String directory) {
    write(rows(categories, ParquetReport::scoreRow), SCORES_SCHEMA, directory);
  }

  /** As {@link #writeMaps}, without {@code defect} and {@code defective}, which no one knows. */
  public void writeUnlabelledMaps(List<CategoryScores> categories, String directory) {
    write(rows(categories, ParquetReport::unlabelledMapRow), UNLABELLED_MAPS_SCHEMA, directory);
  }

  private static List<Row> rows(
      List<CategoryScores> categories, BiFunction<String, ScoredFile, Row> row) {
    return categories.stream()
        .flatMap(
            category ->
                category.images().stream().map(image -> row.apply(category.category(), image)))
        .toList();
  }

  private static Row scoreRow(String category, ScoredFile image) {
    return RowFactory.create(
        category,
        image.path(),
        image.imageScore(),
        image.mapMax(),
        image.mapMean(),
        image.width(),
        image.height(),
        image.sha256());
  }

  private static Row unlabelledMapRow(String category, ScoredFile image) {
    return RowFactory.create(
        category,
        image.path(),
        image.imageScore(),
        image.mapHeight(),
        image.mapWidth(),
        image.map());
  }

  private void write(List<Row> rows, StructType schema, String directory) {
    spark
        .createDataFrame(rows.stream().map(ParquetReport::withoutNegativeZeros).toList(), schema)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(directory);
  }

  /**
   * The rows as they are stored; the values of a map, which no filter compares, keep their bits.
   */
  private static Row withoutNegativeZeros(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = row.get(i);
      if (value instanceof Double number) {
        values[i] = Numbers.stored(number);
      } else if (value instanceof Float number) {
        values[i] = Numbers.stored(number);
      } else {
        values[i] = value;
      }
    }
    return RowFactory.create(values);
  }

  private static StructType metricsSchema(List<MetricColumns.Column> columns) {
    StructType schema = new StructType();
    for (MetricColumns.Column column : columns) {
      boolean nullable = column.type() == Double.class && !column.name().equals("seconds");
      schema = schema.add(column.name(), TYPES.get(column.type()), nullable);
    }
    return schema;
  }

  private static Row metricsRow(CategoryResult category, List<MetricColumns.Column> columns) {
    return RowFactory.create(columns.stream().map(c -> c.of(category)).toArray());
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
        image.map(),
        known(image.imageHeight()),
        known(image.imageWidth()));
  }

  private static Integer known(int pixels) {
    return pixels == 0 ? null : pixels;
  }
}
