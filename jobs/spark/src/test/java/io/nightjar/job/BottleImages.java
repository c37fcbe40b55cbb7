package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The images of the category bottle, and the maps that an evaluation made of them. */
final class BottleImages {
  private BottleImages() {}

  /** The normal images, in catalogue order. */
  static List<RgbImage> normal(Path data) throws IOException {
    List<RgbImage> normal = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("bottle/train/good"))) {
      for (Path file : files.sorted().toList()) {
        normal.add(decoded(file));
      }
    }
    return normal;
  }

  static RgbImage decoded(Path file) throws IOException {
    try {
      return ImageDecoder.decode(Files.readAllBytes(file), file.toString());
    } catch (UnreadableFileException e) {
      throw new IOException(e);
    }
  }

  /** The distances of the patches of each test image, by its path in the data set. */
  static Map<String, float[]> maps(SparkSession spark, Path out) {
    Map<String, float[]> maps = new HashMap<>();
    for (Row row :
        spark
            .read()
            .parquet(out + "/maps")
            .filter("category = 'bottle'")
            .select("path", "map")
            .collectAsList()) {
      List<Float> values = row.getList(1);
      float[] map = new float[values.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = values.get(i);
      }
      maps.put("bottle/" + row.getString(0), map);
    }
    return maps;
  }

  /** Compares maps with the distances that a twin finds. */
  static void assertDistances(Map<String, float[]> maps, RecipeTwin twin, Path data)
      throws IOException, OrtException {
    assertThat(maps).hasSizeGreaterThan(2);
    for (Map.Entry<String, float[]> map : maps.entrySet()) {
      double[] distances = twin.distances(decoded(data.resolve(map.getKey())));
      assertThat(map.getValue()).hasSameSizeAs(distances);
      for (int i = 0; i < distances.length; i++) {
        assertThat((double) map.getValue()[i])
            .as("%s, patch %d", map.getKey(), i)
            .isCloseTo(distances[i], within(2e-4 * distances[i]));
      }
    }
  }
}
