package io.nightjar.job.history;

import io.nightjar.io.parquet.TableColumn;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.output.HistoryColumns;
import io.nightjar.report.history.output.HistoryColumns.CategoryRow;
import io.nightjar.text.Text;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of a history in Delta Lake. The table is created before anything is written, since of
 * two first appends at once one fails; rows are merged by run and category, so that no run is there
 * twice however often, and by however many, it is written. A commit that another one came before is
 * made again.
 */
public final class DeltaHistory {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaHistory.class);
  private static final List<TableColumn<CategoryRow>> COLUMNS = HistoryColumns.columns();

  /** Runs of one commit: their names are part of its condition. */
  private static final int RUNS_AT_ONCE = 1000;

  private static final int ATTEMPTS = 12;
  private static final int LONGEST_PAUSE_MILLIS = 2000;

  private final SparkSession session;
  private final String table;
  private final Random random = new Random();

  /**
   * @param table the folder of the table, which need not exist
   */
  public DeltaHistory(SparkSession session, Path table) {
    this.session = session;
    this.table = "delta." + quoted(table.toString());
  }

  /** Writes the runs of a history that were read now; all of them where the table is new. */
  public void write(RunsHistory history) {
    boolean isNew = create();
    List<RunRecord> runs =
        history.runs().filter(run -> isNew || history.fresh().contains(run.path())).toList();
    for (int from = 0; from < runs.size(); from += RUNS_AT_ONCE) {
      merge(history.root(), runs.subList(from, Math.min(runs.size(), from + RUNS_AT_ONCE)));
    }
  }

  /** Creates the table where it is missing; says whether it has no rows yet. */
  private boolean create() {
    String columns =
        COLUMNS.stream()
            .map(
                column ->
                    quoted(column.name())
                        + " "
                        + type(column).sql()
                        + (column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    commit(Text.format("CREATE TABLE IF NOT EXISTS %s (%s) USING DELTA", table, columns));
    return session.sql("SELECT 1 FROM " + table + " LIMIT 1").isEmpty();
  }

  private void merge(String root, List<RunRecord> runs) {
    List<Row> rows =
        runs.stream().flatMap(run -> HistoryColumns.rows(root, run)).map(row -> row(row)).toList();
    String view = "nightjar_history_" + UUID.randomUUID().toString().replace('-', '_');
    session.createDataFrame(rows, schema()).createOrReplaceTempView(view);
    try {
      commit(
          Text.format(
              "MERGE INTO %s AS old USING %s AS new ON old.run = new.run AND old.category ="
                  + " new.category WHEN MATCHED AND NOT (%s) THEN UPDATE SET * WHEN NOT MATCHED THEN"
                  + " INSERT * WHEN NOT MATCHED BY SOURCE AND old.run IN (%s) THEN DELETE",
              table,
              view,
              COLUMNS.stream()
                  .map(column -> Text.format("old.%1$s <=> new.%1$s", quoted(column.name())))
                  .collect(Collectors.joining(" AND ")),
              rows.stream()
                  .map(row -> literal(row.getString(0)))
                  .distinct()
                  .collect(Collectors.joining(", "))));
    } finally {
      session.catalog().dropTempView(view);
    }
  }

  /** Executes a statement, again where another writer's commit came before its own. */
  private void commit(String statement) {
    for (int attempt = 1; ; attempt++) {
      try {
        session.sql(statement);
        return;
      } catch (Exception e) { // Spark throws checked ones that it does not declare
        if (attempt == ATTEMPTS || !isConflict(e)) {
          throw e;
        }
        LOG.info("Another writer was first ({}); attempt {} follows", e.getMessage(), attempt + 1);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the table is written", e);
    }
  }

  /** Whether an exception, of a library that need not be there, says that a commit came second. */
  static boolean isConflict(Throwable thrown) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      String name = type.getName();
      if (name.startsWith("io.delta.exceptions.")
          && (name.contains("Concurrent")
              || name.contains("ProtocolChanged")
              || name.contains("MetadataChanged"))) {
        return true;
      }
    }
    return false;
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (TableColumn<CategoryRow> column : COLUMNS) {
      schema = schema.add(column.name(), type(column), column.nullable());
    }
    return schema;
  }

  private static DataType type(TableColumn<CategoryRow> column) {
    return switch (column.type()) {
      case STRING -> DataTypes.StringType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case FLOATS -> DataTypes.createArrayType(DataTypes.FloatType, false);
      case DOUBLE -> DataTypes.DoubleType;
    };
  }

  private static Row row(CategoryRow row) {
    List<Object> values = new ArrayList<>();
    for (TableColumn<CategoryRow> column : COLUMNS) {
      Object value = column.of(row);
      values.add(value instanceof Instant time ? Timestamp.from(time) : value);
    }
    return RowFactory.create(values.toArray());
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
