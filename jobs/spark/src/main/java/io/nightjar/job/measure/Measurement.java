package io.nightjar.job.measure;

import io.nightjar.io.Sha256;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapEnsemble;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What measuring a category's images gave.
 *
 * @param metrics all figures
 * @param sample what each image was counted as
 */
public record Measurement(CategoryMetrics metrics, CategorySample sample) {

  /**
   * The sample as a run keeps it.
   *
   * @param category its name
   * @param resolution where pixels were counted
   * @param images that were measured, with their maps
   * @param hashes the SHA-256 of every file read by its path; a mask's path is its image's with
   *     "#mask"
   */
  public CategorySample sample(
      String category, String resolution, List<ScoredImage> images, Map<String, String> hashes) {
    Map<String, ScoredImage> byPath =
        images.stream()
            .collect(Collectors.toMap(image -> image.ref().relativePath(), Function.identity()));
    return sample
        .of(category, resolution)
        .withHashes(
            image ->
                new SampleImage.Hashes(
                    hashes.getOrDefault(image.path(), ""),
                    hashes.getOrDefault(image.path() + "#mask", ""),
                    hash(byPath.get(image.path()).map())));
  }

  private static String hash(MapSource source) {
    if (source instanceof MapSource.Averaged averaged) {
      return averaged.sha256();
    }
    if (source instanceof MapSource.Ensemble ensemble) {
      return hash(ensemble.maps());
    }
    return source instanceof MapSource.Stored stored
        ? stored.sha256()
        : hash(((MapSource.InMemory) source).map());
  }

  /** Of the members' maps and how each is brought to the size of the image, in any order. */
  private static String hash(MapEnsemble maps) {
    String content =
        maps.members().stream()
            .map(own -> hash(own.map()) + " " + own.resize() + " " + own.scale())
            .sorted()
            .collect(Collectors.joining("\n"));
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(AnomalyMap map) {
    ByteBuffer bytes =
        ByteBuffer.allocate((2 + map.values().length) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(map.width()).putInt(map.height());
    for (float value : map.values()) {
      bytes.putFloat(value);
    }
    return Sha256.of(bytes.array());
  }
}
