package io.nightjar.job.measure;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.map.DecodedMap;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.io.Sha256;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapAverage;
import io.nightjar.score.MapEnsemble;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Where an image's anomaly map is, before it is brought to the size it is compared at. */
public sealed interface MapSource extends Serializable {

  /** A map that is small enough to travel, as the grid of patches is. */
  record InMemory(AnomalyMap map) implements MapSource {
    private static final long serialVersionUID = 1L;

    @Override
    public AnomalyMap read(Configuration configuration) {
      return map;
    }

    @Override
    public Optional<AnomalyMap> onGrid() {
      return Optional.of(map);
    }
  }

  /**
   * The mean of the maps of several methods, each upsampled and smoothed as its method says; made
   * again whenever it is needed.
   *
   * @param width at which it is made, that which maps are compared at
   * @param height likewise
   */
  record Ensemble(MapEnsemble maps, int width, int height) implements MapSource {
    private static final long serialVersionUID = 1L;

    @Override
    public AnomalyMap read(Configuration configuration) {
      return maps.full(width, height);
    }

    @Override
    public Optional<AnomalyMap> onGrid() {
      return Optional.of(maps.grid());
    }
  }

  /**
   * A file, read whenever the map is needed.
   *
   * @param sha256 of the bytes that were counted
   * @param origin from which its scores are counted, as {@link DecodedMap#minus}
   */
  record Stored(String uri, String sha256, double origin) implements MapSource {
    private static final long serialVersionUID = 2L;

    @Override
    public AnomalyMap read(Configuration configuration) throws UnreadableFileException {
      byte[] bytes = FileBytes.read(uri, configuration);
      if (!Sha256.of(bytes).equals(sha256)) {
        throw new UnreadableFileException(
            uri, Text.format("The anomaly map %s changed while the run read it.", uri));
      }
      return of(MapDecoder.decode(bytes, uri), origin);
    }

    /** A decoded file as a map to measure. */
    public static AnomalyMap of(DecodedMap decoded, double origin) {
      DecodedMap shifted = decoded.minus(origin);
      return new AnomalyMap(shifted.values(), shifted.width(), shifted.height());
    }
  }

  /**
   * The mean of the maps of several methods, read whenever it is needed.
   *
   * @param parts the file of each method
   * @param scales what each is divided by
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Averaged(List<Stored> parts, double[] scales) implements MapSource {
    private static final long serialVersionUID = 1L;

    @Override
    public AnomalyMap read(Configuration configuration) throws UnreadableFileException {
      List<AnomalyMap> maps = new ArrayList<>();
      for (Stored part : parts) {
        maps.add(part.read(configuration));
      }
      return MapAverage.of(maps, scales);
    }

    /** What identifies the mean: the files and what they are divided by. */
    public String sha256() {
      String content =
          parts.stream().map(Stored::sha256).collect(Collectors.joining(" "))
              + Arrays.toString(scales);
      return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  AnomalyMap read(Configuration configuration) throws UnreadableFileException;

  /**
   * The map before it is upsampled and smoothed, for the table of maps; empty where maps came as
   * files, which are where they were.
   */
  default Optional<AnomalyMap> onGrid() {
    return Optional.empty();
  }
}
