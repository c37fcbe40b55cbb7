package io.nightjar.job.measure;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.score.AnomalyMap;
import io.nightjar.tile.Tiling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last step of scoring, wherever distances come from: makes them an image's map and counts it
 * against its ground truth. Runs inside tasks.
 *
 * @param sink receives the distances first, and the counts of each batch
 */
public record MapScoring(ChunkEmbedding embedding, MapMeasure measure, ScoringSink sink)
    implements Serializable {
  private static final long serialVersionUID = 3L;

  /** A scoring of which nothing is kept. */
  public MapScoring(ChunkEmbedding embedding, MapMeasure measure) {
    this(embedding, measure, ScoringSink.NONE);
  }

  /** Patches of an image, of all its tiles. */
  public int patches() {
    return embedding.backbone().spec().patches();
  }

  /** Patches of a tile, or of an image that is not cut into tiles. */
  public int tilePatches() {
    return embedding.backbone().spec().grid().cells();
  }

  /** Gathers the distances of tiles for {@link #score}. */
  public ImageDistances images() {
    return new ImageDistances(embedding.backbone().spec());
  }

  /**
   * Counts a batch of images.
   *
   * @param distances of all patches, image after image
   */
  public void score(List<SourceImage> images, float[] distances, ScoredPart part) {
    sink.distances(images, distances);
    ScoredPart own = sink.takesCounts() ? ScoredPart.empty() : part;
    List<CountedImage> counted = new ArrayList<>();
    Size grid = embedding.backbone().spec().grid();
    Tiling tiles = embedding.backbone().spec().tiles();
    for (int i = 0; i < images.size(); i++) {
      float[] values = Arrays.copyOfRange(distances, i * patches(), (i + 1) * patches());
      score(images.get(i), AnomalyMap.of(values, grid.width(), grid.height(), tiles), own)
          .ifPresent(counted::add);
    }
    if (sink.takesCounts() && !counted.isEmpty()) {
      sink.counts(counted, own.counts());
      part.merge(own);
    }
  }

  private Optional<CountedImage> score(SourceImage image, AnomalyMap map, ScoredPart part) {
    try {
      GroundTruth truth =
          GroundTruth.of(
              image.ref(),
              new Dimensions(image.width(), image.height()),
              measure.maskValues(),
              measure.countedSaturation(),
              embedding.configuration().value().value());
      part.add(image.ref(), new MapSource.InMemory(map), map, truth, measure);
      String masks = truth.encoded().map(Sha256::of).orElse("");
      if (!masks.isEmpty()) {
        enter(image.ref().relativePath() + "#mask", masks, "");
      }
      ScoredImage scored = part.images().get(part.images().size() - 1);
      return Optional.of(new CountedImage(scored, image.sha256(), masks));
    } catch (UnreadableFileException e) {
      // Without its truth, or with scores that are no numbers, an image cannot be measured.
      enter(image.ref().relativePath(), image.sha256(), e.reason());
      return Optional.empty();
    }
  }

  private void enter(String path, String sha256, String reason) {
    embedding.outcomes().add(new FileOutcome(path, sha256, reason));
  }
}
