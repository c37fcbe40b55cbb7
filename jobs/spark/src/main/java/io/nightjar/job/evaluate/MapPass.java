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
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.score.AnomalyMap;
import io.nightjar.text.Text;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
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
 * @param outcomes one entry for each file read; a task that runs twice enters it twice
 * @param handled images that have been handled, for the progress line
 * @param watch follows the tasks
 */
record MapPass(
    MapMeasure measure,
    double origin,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<FileOutcome> outcomes,
    LongAccumulator handled,
    TaskWatch watch)
    implements FlatMapFunction<Iterator<MapRef>, ScoredPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScoredPart> call(Iterator<MapRef> maps) {
    watch.begin();
    ScoredPart part = ScoredPart.empty();
    while (maps.hasNext()) {
      SecondPass.endIfCancelled();
      MapRef map = maps.next();
      try {
        count(map, part);
      } catch (UnreadableFileException e) {
        outcomes.add(new FileOutcome(map.image().relativePath(), "", e.reason()));
      }
      handled.add(1);
    }
    return List.of(part).iterator();
  }

  private void count(MapRef ref, ScoredPart part) throws UnreadableFileException {
    Configuration files = configuration.value().value();
    ImageRef image = ref.image();
    byte[] bytes;
    DecodedMap decoded;
    try {
      bytes = FileBytes.read(ref.uri(), files);
      decoded = MapDecoder.decode(bytes, ref.uri());
    } catch (UnreadableFileException e) {
      throw new UnreadableFileException(
          e.uri(), Text.format("The anomaly map %s cannot be used. %s", e.uri(), e.reason()));
    }
    GroundTruth truth = truth(image, decoded, files);
    AnomalyMap map = MapSource.Stored.of(decoded, origin);
    MapSource source = new MapSource.Stored(ref.uri(), Sha256.of(bytes), origin);
    part.add(image, source, map, truth, measure);
    part.rounding().add(ScoreRounding.of(decoded, origin));
    enter(image.relativePath() + "#map", bytes);
    truth.encoded().ifPresent(mask -> enter(image.relativePath() + "#mask", mask));
  }

  private GroundTruth truth(ImageRef image, DecodedMap map, Configuration files)
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
