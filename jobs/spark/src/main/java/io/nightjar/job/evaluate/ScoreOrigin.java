package io.nightjar.job.evaluate;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.map.DecodedMap;
import io.nightjar.dataset.map.MapDecoder;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.dataset.map.ScoreRounding;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.run.RunContext;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where float64 scores are counted from before they are rounded to float32. Probabilities that
 * saturate near 1 lie closer together than float32 numbers there; counted from the largest or the
 * smallest of the category they keep their order.
 */
final class ScoreOrigin {
  private ScoreOrigin() {}

  /** The origin that loses least; 0 where no other halves the loss. */
  static double of(List<MapRef> maps, ScoreRounding fromZero, RunContext run) {
    double[] origins = {fromZero.low(), fromZero.high()};
    ScoreRounding[] losses = losses(maps, origins, run);
    int best = losses[1].merged() < losses[0].merged() ? 1 : 0;
    return losses[best].improves(fromZero) ? origins[best] : 0;
  }

  private static ScoreRounding[] losses(List<MapRef> maps, double[] origins, RunContext run) {
    Broadcast<SerializableConfiguration> configuration = run.configuration();
    return run.spark()
        .parallelize(maps, run.partitionsOf(maps.size()))
        .map(map -> losses(map, origins, configuration.value()))
        .reduce(ScoreOrigin::sum);
  }

  private static ScoreRounding[] losses(
      MapRef ref, double[] origins, SerializableConfiguration configuration) {
    SecondPass.endIfCancelled();
    try {
      DecodedMap map =
          MapDecoder.decode(FileBytes.read(ref.uri(), configuration.value()), ref.uri());
      return new ScoreRounding[] {
        ScoreRounding.of(map, origins[0]), ScoreRounding.of(map, origins[1])
      };
    } catch (UnreadableFileException e) {
      // Quarantined by the pass that counts.
      return new ScoreRounding[] {ScoreRounding.NONE, ScoreRounding.NONE};
    }
  }

  private static ScoreRounding[] sum(ScoreRounding[] one, ScoreRounding[] other) {
    return new ScoreRounding[] {one[0].plus(other[0]), one[1].plus(other[1])};
  }
}
