package io.nightjar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The maps of an evaluation, written out as another program would leave them.
 *
 * @param path the image's path within its category
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EvaluatedMaps(String category, String path, float[] values, int width, int height) {

  /** Turns a map into a file's content. */
  public interface Format {
    byte[] encode(float[] values, int width, int height);
  }

  /** The maps in the table that an evaluation left in its folder. */
  public static List<EvaluatedMaps> read(SparkSession spark, Path out) {
    return spark.read().parquet(out.resolve("maps").toString()).collectAsList().stream()
        .map(EvaluatedMaps::of)
        .toList();
  }

  private static EvaluatedMaps of(Row row) {
    List<Float> list = row.getList(row.fieldIndex("map"));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return new EvaluatedMaps(
        row.getAs("category"),
        row.getAs("path"),
        values,
        row.<Integer>getAs("width"),
        row.<Integer>getAs("height"));
  }

  /** Writes every map below the folder, in the layout of {@code nightjar metrics}. */
  public static Path write(List<EvaluatedMaps> maps, Path folder, String extension, Format format) {
    for (EvaluatedMaps map : maps) {
      String name = map.path.substring(0, map.path.lastIndexOf('.')) + extension;
      Path file = folder.resolve(map.category).resolve(name);
      try {
        Files.createDirectories(file.getParent());
        Files.write(file, format.encode(map.values, map.width, map.height));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }
}
