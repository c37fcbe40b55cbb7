package io.nightjar.job.output;

import static io.nightjar.io.parquet.TableColumn.optional;
import static io.nightjar.io.parquet.TableColumn.required;

import io.nightjar.io.HadoopPaths;
import io.nightjar.io.StorageRetry;
import io.nightjar.io.parquet.ColumnType;
import io.nightjar.io.parquet.TableColumn;
import io.nightjar.io.parquet.TableFile;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ImageResult;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.table.DecisionColumn;
import io.nightjar.report.table.MetricColumns;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The report's tables as Parquet, each a folder with one file, as Spark would leave it, replacing
 * what is there. Their rows are the driver's already: a job of Spark, which commits its files by
 * renaming them, takes longer to start than they take to write, and on an object store many
 * requests.
 */
public final class ParquetReport {
  /** The folder of the metrics, next to {@code metrics.json}. */
  public static final String METRICS = "metrics";

  /** The folder of the anomaly maps. */
  public static final String MAPS = "maps";

  /** The folder of the scores of unlabelled images. */
  public static final String SCORES = "scores";

  private static final Map<Class<?>, ColumnType> TYPES =
      Map.of(
          String.class, ColumnType.STRING,
          Boolean.class, ColumnType.BOOLEAN,
          Integer.class, ColumnType.INT,
          Long.class, ColumnType.LONG,
          Double.class, ColumnType.DOUBLE);

  private static final Map<DecisionColumn, ColumnType> DECISION_TYPES =
      Map.of(
          DecisionColumn.P_VALUE, ColumnType.DOUBLE,
          DecisionColumn.VERDICT, ColumnType.STRING,
          DecisionColumn.SELECTED, ColumnType.BOOLEAN);

  private static final List<TableColumn<ImageResult>> MAP_COLUMNS =
      withScores(
          ImageResult::imageScores,
          List.of(
              required("category", ColumnType.STRING, ImageResult::category),
              required("path", ColumnType.STRING, ImageResult::path),
              required("defect", ColumnType.STRING, ImageResult::defect),
              required("defective", ColumnType.BOOLEAN, ImageResult::defective),
              required("image_score", ColumnType.FLOAT, ImageResult::imageScore),
              required("height", ColumnType.INT, ImageResult::mapHeight),
              required("width", ColumnType.INT, ImageResult::mapWidth),
              required("map", ColumnType.FLOATS, ImageResult::map),
              optional("image_height", ColumnType.INT, image -> known(image.imageHeight())),
              optional("image_width", ColumnType.INT, image -> known(image.imageWidth()))));

  private static final List<TableColumn<Scored>> SCORE_COLUMNS =
      withScores(
          row -> row.image().imageScores(),
          List.of(
              required("category", ColumnType.STRING, Scored::category),
              required("path", ColumnType.STRING, row -> row.image().path()),
              required("image_score", ColumnType.FLOAT, row -> row.image().imageScore()),
              required("map_max", ColumnType.FLOAT, row -> row.image().mapMax()),
              required("map_mean", ColumnType.DOUBLE, row -> row.image().mapMean()),
              required("width", ColumnType.INT, row -> row.image().width()),
              required("height", ColumnType.INT, row -> row.image().height()),
              required("sha256", ColumnType.STRING, row -> row.image().sha256())));

  private static final List<TableColumn<Scored>> UNLABELLED_MAP_COLUMNS =
      withScores(
          row -> row.image().imageScores(),
          List.of(
              required("category", ColumnType.STRING, Scored::category),
              required("path", ColumnType.STRING, row -> row.image().path()),
              required("image_score", ColumnType.FLOAT, row -> row.image().imageScore()),
              required("height", ColumnType.INT, row -> row.image().mapHeight()),
              required("width", ColumnType.INT, row -> row.image().mapWidth()),
              required("map", ColumnType.FLOATS, row -> row.image().map())));

  private final Configuration configuration;

  private record Scored(String category, ScoredFile image, Optional<ImageDecision> decision) {}

  /** A writer of tables to a file system of Hadoop. */
  public ParquetReport(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * A row for each category, columns as in {@code metrics.csv}: counts int, those of pixels and of
   * the bank's rows bigint, the metrics double and null where they do not exist.
   */
  public void writeMetrics(EvaluationReport report, String directory) {
    List<TableColumn<CategoryResult>> columns =
        MetricColumns.of(report).stream().map(ParquetReport::column).toList();
    write(columns, report.categories(), directory);
  }

  /**
   * A row for each image: {@code category}, {@code path}, {@code defect} string; {@code defective}
   * boolean; {@code image_score} float; {@code height}, {@code width} int and {@code map}, an array
   * of {@code height x width} floats, row by row; {@code image_height} and {@code image_width} int,
   * null where they are not known; a float for every {@link ImageScoreKind}.
   */
  public void writeMaps(List<ImageResult> images, String directory) {
    write(MAP_COLUMNS, images, directory);
  }

  /**
   * A row for each unlabelled image, columns as in {@code scores.csv}: {@code image_score} and
   * {@code map_max} float, {@code map_mean} double, {@code width} and {@code height} of the image
   * int, a float for every {@link ImageScoreKind}, then the {@link DecisionColumn}s: a double, a
   * string and a boolean; the others string.
   */
  public void writeScores(List<CategoryScores> categories, String directory) {
    List<TableColumn<Scored>> columns = new ArrayList<>(SCORE_COLUMNS);
    for (DecisionColumn column : DecisionColumn.of(categories)) {
      columns.add(
          required(
              column.id(),
              DECISION_TYPES.get(column),
              row -> column.value(row.decision().orElseThrow())));
    }
    write(columns, rows(categories), directory);
  }

  /** As {@link #writeMaps}, without {@code defect} and {@code defective}, which no one knows. */
  public void writeUnlabelledMaps(List<CategoryScores> categories, String directory) {
    write(UNLABELLED_MAP_COLUMNS, rows(categories), directory);
  }

  private static List<Scored> rows(List<CategoryScores> categories) {
    return categories.stream()
        .flatMap(
            category ->
                IntStream.range(0, category.images().size())
                    .mapToObj(
                        i ->
                            new Scored(
                                category.category(),
                                category.images().get(i),
                                category.decision().map(decision -> decision.images().get(i)))))
        .toList();
  }

  /**
   * Any other table of the driver's rows.
   *
   * @param directory the folder, whose name is the table's
   */
  public <R> void write(List<TableColumn<R>> columns, List<R> rows, String directory) {
    try {
      Path folder = HadoopPaths.parse(directory);
      FileSystem files = folder.getFileSystem(configuration);
      // No other table has had a file of this name, which a session of Spark may remember.
      String part = "part-00000-" + UUID.randomUUID() + "-c000.snappy.parquet";
      TableFile<R> table = new TableFile<>("nightjar_" + folder.getName(), columns);
      StorageRetry.of(configuration)
          .call(
              "written",
              directory,
              () -> {
                files.delete(folder, true);
                table.write(new Path(folder, part), configuration, rows);
                files.create(new Path(folder, "_SUCCESS"), true).close();
                return null;
              });
    } catch (IOException e) {
      throw new UncheckedIOException("The table cannot be written to " + directory, e);
    }
  }

  private static TableColumn<CategoryResult> column(MetricColumns.Column column) {
    boolean nullable = column.type() == Double.class && !column.name().equals("seconds");
    return new TableColumn<>(column.name(), TYPES.get(column.type()), nullable, column::of);
  }

  /** The columns, and a last one for every kind of image score. */
  private static <R> List<TableColumn<R>> withScores(
      Function<R, ImageScores> scores, List<TableColumn<R>> columns) {
    List<TableColumn<R>> all = new ArrayList<>(columns);
    for (ImageScoreKind kind : ImageScoreKind.values()) {
      all.add(required(kind.column(), ColumnType.FLOAT, row -> scores.apply(row).of(kind)));
    }
    return List.copyOf(all);
  }

  private static Integer known(int pixels) {
    return pixels == 0 ? null : pixels;
  }
}
