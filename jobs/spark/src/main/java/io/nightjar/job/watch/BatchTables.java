package io.nightjar.job.watch;

import static io.nightjar.io.parquet.TableColumn.required;

import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.StorageRetry;
import io.nightjar.io.parquet.ColumnType;
import io.nightjar.io.parquet.TableColumn;
import io.nightjar.io.parquet.TableFile;
import io.nightjar.job.watch.ledger.BatchRecord;
import io.nightjar.job.watch.ledger.FileEntry;
import io.nightjar.job.watch.ledger.RowValues;
import io.nightjar.report.table.CsvLine;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Shows a batch to readers: one file in each table, in a partition {@code batch=N}, which appears
 * whole, and never changes. All of it is made of the record alone, so that writing a batch again
 * writes nothing new; the table of scores has its file last.
 */
final class BatchTables {
  static final String SCORES = "scores";
  static final String MAPS = "maps";
  static final String CSV = "scores-csv";
  static final String LEFT_OUT = "left-out";

  private final FileSystem files;
  private final Path out;
  private final Configuration configuration;

  private record Line(BatchRecord batch, FileEntry file) {
    RowValues values() {
      return file.values();
    }
  }

  BatchTables(FileSystem files, Path out, Configuration configuration) {
    this.files = files;
    this.out = out;
    this.configuration = configuration;
  }

  /** Writes what is not there yet. */
  void write(BatchRecord batch) {
    List<Line> rows = batch.rows().stream().map(file -> new Line(batch, file)).toList();
    if (!rows.isEmpty()) {
      List<TableColumn<Line>> columns = columns(batch.decided());
      write(MAPS, batch, "snappy.parquet", () -> parquet(MAPS, mapColumns(), rows));
      write(CSV, batch, "csv", () -> csv(columns, rows));
    }
    if (!batch.others().isEmpty()) {
      write(LEFT_OUT, batch, "csv", () -> csv(otherColumns(), batch.others()));
    }
    if (!rows.isEmpty()) {
      List<TableColumn<Line>> columns = columns(batch.decided());
      write(SCORES, batch, "snappy.parquet", () -> parquet(SCORES, columns, rows));
    }
  }

  private interface Content {
    byte[] bytes();
  }

  private void write(String table, BatchRecord batch, String extension, Content content) {
    Path file =
        HadoopPaths.child(
            out,
            Text.format(
                "%s/batch=%d/part-%05d.%s", table, batch.batch(), batch.batch(), extension));
    try {
      StorageRetry.of(configuration)
          .call(
              "written",
              file.toString(),
              () -> {
                if (!files.exists(file)) {
                  AtomicFiles.of(files, configuration).replace(file, content.bytes());
                }
                return null;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(Text.format("The table %s cannot be written", file), e);
    }
  }

  private static byte[] parquet(String table, List<TableColumn<Line>> columns, List<Line> rows) {
    return new TableFile<>("nightjar_" + table, columns).bytes(rows);
  }

  private static <R> byte[] csv(List<TableColumn<R>> columns, List<R> rows) {
    StringBuilder text = new StringBuilder();
    text.append(CsvLine.of(columns.stream().map(TableColumn::name).toArray())).append("\r\n");
    for (R row : rows) {
      text.append(CsvLine.of(columns.stream().map(column -> column.of(row)).toArray()))
          .append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Those of {@code score}, and then those of a watch. */
  private static List<TableColumn<Line>> columns(boolean decided) {
    List<TableColumn<Line>> columns = new ArrayList<>();
    columns.add(required("category", ColumnType.STRING, line -> line.batch().category()));
    columns.add(required("path", ColumnType.STRING, line -> line.file().file().path()));
    columns.add(
        required("image_score", ColumnType.FLOAT, line -> (float) line.values().imageScore()));
    columns.add(required("map_max", ColumnType.FLOAT, line -> (float) line.values().mapMax()));
    columns.add(required("map_mean", ColumnType.DOUBLE, line -> line.values().mapMean()));
    columns.add(required("width", ColumnType.INT, line -> line.values().width()));
    columns.add(required("height", ColumnType.INT, line -> line.values().height()));
    columns.add(required("sha256", ColumnType.STRING, line -> line.file().sha256()));
    addKinds(columns);
    if (decided) {
      columns.add(required("p_value", ColumnType.DOUBLE, line -> line.values().pValue()));
      columns.add(required("verdict", ColumnType.STRING, line -> line.values().verdict()));
    }
    columns.add(required("bank_version", ColumnType.INT, line -> line.batch().bankVersion()));
    columns.add(
        required(
            "modified",
            ColumnType.TIMESTAMP,
            line -> Instant.ofEpochMilli(line.file().file().modified())));
    columns.add(
        required(
            "scored", ColumnType.TIMESTAMP, line -> Instant.ofEpochMilli(line.batch().scored())));
    return columns;
  }

  private static void addKinds(List<TableColumn<Line>> columns) {
    columns.add(
        required(
            ImageScoreKind.MAX.column(), ColumnType.FLOAT, line -> (float) line.values().max()));
    columns.add(
        required(
            ImageScoreKind.TOP3.column(), ColumnType.FLOAT, line -> (float) line.values().top3()));
    columns.add(
        required(
            ImageScoreKind.TOP1_PERCENT.column(),
            ColumnType.FLOAT,
            line -> (float) line.values().top1Percent()));
  }

  /** Those of {@code score}, and the hash, which with the path says which row the map is of. */
  private static List<TableColumn<Line>> mapColumns() {
    List<TableColumn<Line>> columns = new ArrayList<>();
    columns.add(required("category", ColumnType.STRING, line -> line.batch().category()));
    columns.add(required("path", ColumnType.STRING, line -> line.file().file().path()));
    columns.add(
        required("image_score", ColumnType.FLOAT, line -> (float) line.values().imageScore()));
    columns.add(required("height", ColumnType.INT, line -> line.batch().mapHeight()));
    columns.add(required("width", ColumnType.INT, line -> line.batch().mapWidth()));
    columns.add(required("map", ColumnType.FLOATS, line -> line.values().distances()));
    addKinds(columns);
    columns.add(required("sha256", ColumnType.STRING, line -> line.file().sha256()));
    return columns;
  }

  private static List<TableColumn<FileEntry>> otherColumns() {
    return List.of(
        required("path", ColumnType.STRING, entry -> entry.file().path()),
        required("outcome", ColumnType.STRING, entry -> entry.outcome().id()),
        required("reason", ColumnType.STRING, FileEntry::reason),
        required("length", ColumnType.LONG, entry -> entry.file().length()),
        required(
            "modified",
            ColumnType.TIMESTAMP,
            entry -> Instant.ofEpochMilli(entry.file().modified())),
        required("sha256", ColumnType.STRING, FileEntry::sha256));
  }
}
