package io.nightjar.job.ensemble;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.PackedDefect;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.measure.CountingPass;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.score.MapEnsemble;
import java.util.Optional;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Averages the maps of images at the size that they are compared at, and counts them against the
 * masks that the members were counted against; no file is read.
 *
 * @param measure without smoothing, which the maps have
 * @param outcomes of images that cannot be counted
 * @param handled images that have been handled, for the progress line
 * @param watch follows the tasks
 */
record EnsemblePass(
    MapMeasure measure,
    CollectionAccumulator<FileOutcome> outcomes,
    LongAccumulator handled,
    TaskWatch watch)
    implements CountingPass<EnsembleImage> {
  private static final long serialVersionUID = 1L;

  @Override
  public ImageRef image(EnsembleImage image) {
    return image.image().ref();
  }

  @Override
  public void count(EnsembleImage averaged, ScoredPart part) throws UnreadableFileException {
    ScoredImage image = averaged.image();
    MapEnsemble maps = averaged.maps();
    Mask mask = image.truth().unpack();
    part.add(
        image.ref(),
        new MapSource.Ensemble(maps, mask.width(), mask.height()),
        maps.full(mask.width(), mask.height()),
        maps.grid(),
        new GroundTruth(
            mask, Optional.empty(), image.defects().stream().map(PackedDefect::unpack).toList()),
        measure.withMaskValues(image.maskValues()).withWhiteLevel(image.white()));
  }
}
