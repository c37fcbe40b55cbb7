package io.nightjar.job.evaluate;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Inspection;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.map.DecodedMap;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.dataset.map.ScoreRounding;
import io.nightjar.io.Sha256;
import io.nightjar.job.measure.CountingPass;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapAverage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The first pass over maps that came as files: read a map and its mask, upsample and count. The
 * size of an image without a mask is read from its header where maps are compared at that size; no
 * image is decoded.
 *
 * @param origin from which scores are counted
 * @param scales what the maps of each method are divided by; none where there is one method
 * @param outcomes one entry for each file read; a task that runs twice enters it twice
 * @param handled images that have been handled, for the progress line
 * @param watch follows the tasks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MapPass(
    MapMeasure measure,
    double origin,
    double[] scales,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<FileOutcome> outcomes,
    LongAccumulator handled,
    TaskWatch watch)
    implements CountingPass<MapRef> {
  private static final long serialVersionUID = 2L;

  @Override
  public ImageRef image(MapRef map) {
    return map.image();
  }

  @Override
  public void count(MapRef ref, ScoredPart part) throws UnreadableFileException {
    if (scales.length > 0) {
      countMean(ref, part);
      return;
    }
    Configuration files = configuration.value().value();
    ImageRef image = ref.image();
    ReadMap read = read(ref.uri(), files);
    AnomalyMap map = MapSource.Stored.of(read.decoded(), origin);
    GroundTruth truth = truth(image, map, files);
    MapSource source = new MapSource.Stored(ref.uri(), Sha256.of(read.bytes()), origin);
    part.add(image, source, map, truth, measure);
    part.rounding().add(ScoreRounding.of(read.decoded(), origin));
    enter(image.relativePath() + "#map", read.bytes());
    truth.encoded().ifPresent(mask -> enter(image.relativePath() + "#mask", mask));
  }

  /** Counts the mean of several methods' maps, from 0: it is no score that a file has. */
  private void countMean(MapRef ref, ScoredPart part) throws UnreadableFileException {
    Configuration files = configuration.value().value();
    ImageRef image = ref.image();
    List<MapSource.Stored> parts = new ArrayList<>();
    List<AnomalyMap> maps = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (String uri : ref.files()) {
      ReadMap read = read(uri, files);
      contents.add(read.bytes());
      parts.add(new MapSource.Stored(uri, Sha256.of(read.bytes()), 0));
      maps.add(MapSource.Stored.of(read.decoded(), 0));
    }
    AnomalyMap mean = MapAverage.of(maps, scales);
    GroundTruth truth = truth(image, mean, files);
    part.add(image, new MapSource.Averaged(parts, scales), mean, truth, measure);
    for (int i = 0; i < contents.size(); i++) {
      enter(image.relativePath() + "#map" + (i == 0 ? "" : "-" + (i + 1)), contents.get(i));
    }
    truth.encoded().ifPresent(mask -> enter(image.relativePath() + "#mask", mask));
  }

  /** A file as it was read. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record ReadMap(byte[] bytes, DecodedMap decoded) {}

  static ReadMap read(String uri, Configuration files) throws UnreadableFileException {
    try {
      byte[] bytes = FileBytes.read(uri, files);
      return new ReadMap(bytes, MapDecoder.decode(bytes, uri));
    } catch (UnreadableFileException e) {
      throw new UnreadableFileException(
          e.uri(), Text.format("The anomaly map %s cannot be used. %s", e.uri(), e.reason()));
    }
  }

  private GroundTruth truth(ImageRef image, AnomalyMap map, Configuration files)
      throws UnreadableFileException {
    if (image.isDefective() && image.hasMask()) {
      return GroundTruth.ofDefective(
          image, measure.maskValues(), measure.countedSaturation(), files);
    }
    // Without a mask the size alone counts, so that the image's own is not asked for in vain.
    return measure.isAtOriginalSize() && image.isAtHand()
        ? GroundTruth.unmarked(Inspection.size(image.uri(), files))
        : GroundTruth.unmarked(new Dimensions(map.width(), map.height()));
  }

  private void enter(String path, byte[] bytes) {
    outcomes.add(new FileOutcome(path, Sha256.of(bytes), ""));
  }
}
