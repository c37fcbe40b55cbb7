package io.nightjar.report.history.output;

import io.nightjar.io.parquet.TableFile;
import io.nightjar.report.history.output.HistoryColumns.CategoryRow;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;

/** The table of a history as one Parquet file. */
public final class HistoryParquet {
  private static final TableFile<CategoryRow> FILE =
      new TableFile<>("nightjar_history", HistoryColumns.columns());

  private HistoryParquet() {}

  /** The schema of the file. */
  public static MessageType schema() {
    return FILE.schema();
  }

  /** The content of the file. */
  public static byte[] write(Stream<CategoryRow> rows) {
    return FILE.bytes(rows.toList());
  }
}
