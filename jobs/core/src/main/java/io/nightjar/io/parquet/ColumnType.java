package io.nightjar.io.parquet;

import java.time.Instant;

/** The type of a column's values. */
public enum ColumnType {
  /** A {@link String}. */
  STRING,
  /** An {@link Instant}, in microseconds. */
  TIMESTAMP,
  /** A {@link Boolean}. */
  BOOLEAN,
  /** An {@link Integer}. */
  INT,
  /** A {@link Long}. */
  LONG,
  /** A {@link Float}. */
  FLOAT,
  /** A {@link Double}. */
  DOUBLE,
  /** A {@code float[]}. */
  FLOATS
}
