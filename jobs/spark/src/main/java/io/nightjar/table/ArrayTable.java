package io.nightjar.table;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Tables in which one column of float arrays is replaced by another. */
final class ArrayTable {
  static final String REDUCED = "reduced";
  static final String DISTANCES = "distances";

  private ArrayTable() {}

  static Dataset<Row> apply(
      Dataset<Row> table,
      String from,
      String to,
      MapPartitionsFunction<Tuple2<Row, float[]>, Tuple2<Row, float[]>> function) {
    StructType schema = table.schema();
    int position = ImageTable.position(schema, from);
    if (!(schema.fields()[position].dataType() instanceof ArrayType array)
        || !array.elementType().equals(DataTypes.FloatType)) {
      throw new InvalidInputException(
          Text.format(
              "The column '%s' is of type %s, not array<float>.",
              from, schema.fields()[position].dataType().simpleString()));
    }
    StructType kept = ImageTable.kept(schema, position, List.of(to));
    // Unlike rows, this encoder transfers the numbers without boxing each of them.
    Encoder<Tuple2<Row, float[]>> rows =
        Encoders.tuple(Encoders.row(kept), table.sparkSession().implicits().newFloatArrayEncoder());
    Column[] others = Stream.of(kept.fieldNames()).map(ArrayTable::column).toArray(Column[]::new);
    return table
        .select(functions.struct(others).as("_1"), column(from).as("_2"))
        .as(rows)
        .mapPartitions(function, rows)
        .select(functions.col("_1.*"), functions.col("_2").as(to));
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
