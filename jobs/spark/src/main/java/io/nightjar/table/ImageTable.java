package io.nightjar.table;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Tables with one column that is replaced by others, and what is kept of them. */
final class ImageTable {
  private ImageTable() {}

  /**
   * The position of the column of encoded images.
   *
   * @throws InvalidInputException if there is none of this name, or it is not binary
   */
  static int content(StructType schema, String column) {
    int position = position(schema, column);
    StructField field = schema.fields()[position];
    if (!(field.dataType() instanceof BinaryType)) {
      throw new InvalidInputException(
          Text.format(
              "The column '%s' is of type %s, not binary: name the column of encoded images.",
              column, field.dataType().simpleString()));
    }
    return position;
  }

  /**
   * The position of a column.
   *
   * @throws InvalidInputException if there is none of this name
   */
  static int position(StructType schema, String column) {
    List<String> names = List.of(schema.fieldNames());
    if (!names.contains(column)) {
      throw new InvalidInputException(
          Text.format(
              "There is no column '%s'; the columns are %s.", column, String.join(", ", names)));
    }
    return names.indexOf(column);
  }

  /**
   * The schema without a column.
   *
   * @param added the columns that take its place
   * @throws InvalidInputException if there is no other column, or one of an added one's name
   */
  static StructType kept(StructType schema, int without, List<String> added) {
    StructType kept = new StructType();
    for (int i = 0; i < schema.length(); i++) {
      StructField field = schema.fields()[i];
      if (i != without) {
        if (added.stream().anyMatch(field.name()::equalsIgnoreCase)) {
          throw new InvalidInputException(
              Text.format(
                  "The table has a column '%s' already, which is to be added; rename or drop it"
                      + " first.",
                  field.name()));
        }
        kept = kept.add(field);
      }
    }
    if (kept.length() == 0) {
      throw new InvalidInputException(
          Text.format(
              "The table has no column but '%s'; keep one that distinguishes the rows, such as the"
                  + " path.",
              schema.fieldNames()[without]));
    }
    return kept;
  }

  /** A row without a column. */
  static Row kept(Row row, int without) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      if (i != without) {
        values.add(row.get(i));
      }
    }
    return RowFactory.create(values.toArray());
  }
}
