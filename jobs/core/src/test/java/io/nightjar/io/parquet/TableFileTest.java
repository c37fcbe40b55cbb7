package io.nightjar.io.parquet;

import static io.nightjar.io.parquet.TableColumn.optional;
import static io.nightjar.io.parquet.TableColumn.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
  private static final TableFile<Reading> FILE =
      new TableFile<>(
          "readings",
          List.of(
              required("name", ColumnType.STRING, Reading::name),
              required("good", ColumnType.BOOLEAN, reading -> true),
              required(
                  "when", ColumnType.TIMESTAMP, reading -> Instant.EPOCH.plusNanos(1_234_567_000L)),
              required("count", ColumnType.INT, reading -> Integer.MIN_VALUE),
              required("pixels", ColumnType.LONG, reading -> Long.MAX_VALUE),
              required("score", ColumnType.FLOAT, Reading::score),
              optional("mean", ColumnType.DOUBLE, Reading::mean),
              required("map", ColumnType.FLOATS, Reading::values)));

  @TempDir java.nio.file.Path directory;

  private record Reading(String name, float score, Double mean, List<Float> map) {
    float[] values() {
      float[] values = new float[map.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = map.get(i);
      }
      return values;
    }
  }

  @Test
  void theSchemaIsTheOneThatSparkGivesSuchColumns() {
    assertThat(FILE.schema().toString())
        .isEqualTo(
            """
            message readings {
              required binary name (STRING);
              required boolean good;
              required int64 when (TIMESTAMP(MICROS,true));
              required int32 count;
              required int64 pixels;
              required float score;
              optional double mean;
              required group map (LIST) {
                repeated group list {
                  required float element;
                }
              }
            }
            """);
  }

  @Test
  void valuesAreReadAsTheyWereWritten() throws IOException {
    Path file = file("values.parquet");
    FILE.write(
        file,
        new Configuration(),
        List.of(
            new Reading("قنينة", 1e-30f, Math.PI, List.of(Float.MIN_VALUE, -0f, 3f)),
            new Reading("", Float.MAX_VALUE, null, List.of())));

    List<Group> rows = read(file);
    assertThat(rows).hasSize(2);
    Group first = rows.get(0);
    assertThat(first.getString("name", 0)).isEqualTo("قنينة");
    assertThat(first.getBoolean("good", 0)).isTrue();
    assertThat(first.getLong("when", 0)).isEqualTo(1_234_567);
    assertThat(first.getInteger("count", 0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(first.getLong("pixels", 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(first.getFloat("score", 0)).isEqualTo(1e-30f);
    assertThat(first.getDouble("mean", 0)).isEqualTo(Math.PI);
    assertThat(bits(first)).isEqualTo(bits(Float.MIN_VALUE, -0f, 3));
    assertThat(rows.get(1).getString("name", 0)).isEmpty();
    assertThat(rows.get(1).getFieldRepetitionCount("mean")).isZero();
    assertThat(bits(rows.get(1))).isEmpty();
  }

  @Test
  void negativeZeroIsStoredAsZero() throws IOException {
    Path file = file("zeros.parquet");
    FILE.write(file, new Configuration(), List.of(new Reading("zero", -0f, -0.0, List.of(1f))));

    Group row = read(file).get(0);
    assertThat(Float.floatToRawIntBits(row.getFloat("score", 0))).isZero();
    assertThat(Double.doubleToRawLongBits(row.getDouble("mean", 0))).isZero();
  }

  @Test
  void aFileThatIsThereIsReplaced() throws IOException {
    Path file = file("again.parquet");
    for (String name : List.of("old", "new")) {
      FILE.write(file, new Configuration(), List.of(new Reading(name, 1, 1.0, List.of(1f))));
    }

    assertThat(read(file)).extracting(row -> row.getString("name", 0)).containsExactly("new");
  }

  @Test
  void rowsThatEndInAnExceptionLeaveNoFile() throws IOException {
    Iterable<Reading> rows =
        () ->
            Stream.of("first", "second")
                .map(
                    name -> {
                      if (name.equals("second")) {
                        throw new IllegalStateException("The second row is lost.");
                      }
                      return new Reading(name, 1, 1.0, List.of(1f));
                    })
                .iterator();

    assertThatThrownBy(() -> FILE.write(file("lost.parquet"), new Configuration(), rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The second row is lost.");
    assertThat(Files.exists(directory.resolve("lost.parquet"))).isFalse();
  }

  private Path file(String name) {
    return new Path(directory.resolve(name).toUri());
  }

  private static List<Group> read(Path file) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Of the values of an array, which a comparison of floats does not distinguish. */
  private static List<Integer> bits(Group row) {
    Group map = row.getGroup("map", 0);
    List<Integer> bits = new ArrayList<>();
    for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
      bits.add(Float.floatToRawIntBits(map.getGroup(0, i).getFloat(0, 0)));
    }
    return bits;
  }

  private static List<Integer> bits(float... values) {
    List<Integer> bits = new ArrayList<>();
    for (float value : values) {
      bits.add(Float.floatToRawIntBits(value));
    }
    return bits;
  }
}
