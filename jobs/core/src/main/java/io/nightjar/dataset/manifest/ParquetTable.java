package io.nightjar.dataset.manifest;

import io.nightjar.io.BoundedFiles;
import io.nightjar.io.Decoding;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/** Reads the rows of a manifest from a Parquet file; masks may be a text or a list of texts. */
final class ParquetTable {
  private ParquetTable() {}

  /**
   * Adds the rows of a file and gives its columns in lower case.
   *
   * @throws IOException if it cannot be read
   */
  static List<String> read(Path file, List<ManifestRow> rows, Configuration conf)
      throws IOException {
    return Decoding.<List<String>, IOException, IOException>guarded(
        () -> decode(file, rows, conf), IOException::new);
  }

  private static List<String> decode(Path file, List<ManifestRow> rows, Configuration conf)
      throws IOException {
    List<String> columns = new ArrayList<>();
    try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      for (Type field : footer.getFileMetaData().getSchema().getFields()) {
        columns.add(field.getName().toLowerCase(Locale.ROOT));
      }
    }
    // A column stores a text that is repeated once; here it takes memory each time.
    long characters = 0;
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(conf).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          List<String> values = new ArrayList<>();
          collect(row, i, values);
          String cell = String.join(ManifestRow.SEPARATOR, values);
          characters += cell.length();
          cells.put(columns.get(i), cell);
        }
        if (characters > BoundedFiles.DOCUMENT_BYTES) {
          throw new IOException(
              Text.format(
                  "its cells have more than %d characters up to row %d",
                  BoundedFiles.DOCUMENT_BYTES, rows.size() + 1));
        }
        rows.add(ManifestRow.of(rows.size() + 1, cells));
      }
    }
    return columns;
  }

  /** All values of a field, those of lists as well. */
  private static void collect(Group group, int field, List<String> values) {
    boolean primitive = group.getType().getType(field).isPrimitive();
    for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
      if (primitive) {
        values.add(group.getValueToString(field, i));
      } else {
        Group inner = group.getGroup(field, i);
        for (int k = 0; k < inner.getType().getFieldCount(); k++) {
          collect(inner, k, values);
        }
      }
    }
  }
}
