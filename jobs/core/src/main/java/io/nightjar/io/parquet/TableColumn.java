package io.nightjar.io.parquet;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param <R> what a row is made of
 * @param name snake case
 * @param nullable whether a row may have no value
 * @param value of a row; null where there is none
 */
public record TableColumn<R>(
    String name, ColumnType type, boolean nullable, Function<? super R, ?> value) {

  /** A column in which every row has a value. */
  public static <R> TableColumn<R> required(
      String name, ColumnType type, Function<? super R, ?> value) {
    return new TableColumn<>(name, type, false, value);
  }

  /** A column in which a row may have no value, which is null. */
  public static <R> TableColumn<R> optional(
      String name, ColumnType type, Function<? super R, ?> value) {
    return new TableColumn<>(name, type, true, value);
  }

  /** The value of a row; null where there is none. */
  public Object of(R row) {
    return value.apply(row);
  }
}
