package io.nightjar.testing.frozen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.Type;

/** The decoded rows of a Parquet file, whatever wrote it; its metadata holds versions and times. */
final class ParquetTable {
  /** A longer table is described by a digest of each column. */
  private static final int MOST_ROWS = 64;

  private ParquetTable() {}

  static JsonNode read(Path file, UnaryOperator<String> text) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row(row, text));
      }
    }
    if (rows.size() > MOST_ROWS) {
      return columns(rows);
    }
    ArrayNode table = Condensed.NODES.arrayNode();
    rows.forEach(table::add);
    return table;
  }

  private static JsonNode columns(List<ObjectNode> rows) {
    ObjectNode table = Condensed.NODES.objectNode().put("rows", rows.size());
    ObjectNode columns = table.putObject("columns");
    rows.get(0)
        .fieldNames()
        .forEachRemaining(
            name ->
                columns.set(
                    name,
                    Condensed.digest(
                        String.join("\n", rows.stream().map(r -> r.get(name).asText()).toList()))));
    return table;
  }

  private static ObjectNode row(Group row, UnaryOperator<String> text) {
    ObjectNode node = Condensed.NODES.objectNode();
    for (Type column : row.getType().getFields()) {
      ArrayNode values = Condensed.NODES.arrayNode();
      add(row, column, values);
      JsonNode value =
          column.isPrimitive()
              ? values.isEmpty() ? Condensed.NODES.nullNode() : values.get(0)
              : values;
      node.set(column.getName(), Condensed.of(value, text));
    }
    return node;
  }

  /** Adds a column's values, those of a list one after another. */
  private static void add(Group row, Type column, ArrayNode values) {
    int index = row.getType().getFieldIndex(column.getName());
    for (int i = 0; i < row.getFieldRepetitionCount(index); i++) {
      if (column.isPrimitive()) {
        values.add(value(row, column, index, i));
      } else {
        Group group = row.getGroup(index, i);
        for (Type inner : column.asGroupType().getFields()) {
          add(group, inner, values);
        }
      }
    }
  }

  private static JsonNode value(Group row, Type column, int index, int i) {
    return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
      case FLOAT -> number(Float.toString(row.getFloat(index, i)));
      case DOUBLE -> number(Double.toString(row.getDouble(index, i)));
      case INT32 -> Condensed.NODES.numberNode(row.getInteger(index, i));
      case INT64 -> Condensed.NODES.numberNode(row.getLong(index, i));
      case BOOLEAN -> Condensed.NODES.booleanNode(row.getBoolean(index, i));
      case BINARY -> Condensed.NODES.textNode(row.getString(index, i));
      case INT96, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalStateException("No table has such a column: " + column);
    };
  }

  /** Texts of floats have all bits of those that are finite. */
  private static JsonNode number(String text) {
    return text.endsWith("N") || text.endsWith("y")
        ? Condensed.NODES.textNode(text)
        : DecimalNode.valueOf(new BigDecimal(text));
  }
}
