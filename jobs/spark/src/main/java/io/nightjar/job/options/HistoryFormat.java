package io.nightjar.job.options;

import java.util.Locale;

/** How the table of a history is stored. */
public enum HistoryFormat {
  /** One Parquet file, replaced as a whole. */
  PARQUET,
  /** A table of Delta Lake, whose library Spark must be given. */
  DELTA;

  /**
   * The name on the command line.
   *
   * @return {@code parquet} or {@code delta}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
