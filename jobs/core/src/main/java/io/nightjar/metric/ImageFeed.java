package io.nightjar.metric;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.FeedRows;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.metric.region.ConnectedRegions;
import io.nightjar.metric.region.RegionWeights;
import io.nightjar.metric.region.SaturatedDefect;
import io.nightjar.metric.threshold.StepAuprc;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScore;
import io.nightjar.score.ImageScores;
import io.nightjar.score.RowConsumer;
import java.util.List;

/**
 * Takes the scores of one image row by row, from the top, and counts them at the end. An image that
 * is not ended leaves the counts unchanged.
 */
public final class ImageFeed implements RowConsumer {
  private final CategoryCounts target;
  private final TestImage image;
  private final Mask mask;
  private final FeedRows rows;
  private final ConnectedRegions regions;
  private final long[] heavierPixels;
  private final List<SaturatedDefect> defects;
  private final boolean[] truth;
  private final PixelCounts counts;
  private final ImageScore score = new ImageScore();

  ImageFeed(CategoryCounts target, TestImage image, Mask mask, List<GroundTruth.Defect> defects) {
    this.target = target;
    this.counts = new PixelCounts(target.takeSpare());
    this.image = image;
    this.mask = mask;
    this.defects = defects.stream().map(SaturatedDefect::new).toList();
    rows = new FeedRows(image.path(), mask.width(), mask.height());
    regions = ConnectedRegions.of(mask);
    truth = new boolean[mask.width()];
    heavierPixels = new long[regions.count()];
    for (int region = 0; region < heavierPixels.length; region++) {
      heavierPixels[region] = RegionWeights.UNIT % regions.size(region);
    }
  }

  /**
   * Takes the next row.
   *
   * @throws IllegalArgumentException naming the image, if a score is NaN or infinite or the row is
   *     not the next of the mask's width; the whole image is refused then
   */
  @Override
  public void accept(int y, float[] row) {
    rows.check(y, row);
    mask.row(y, truth);
    counts.bins().addRow(row, truth, mask.width());
    regions.runsOfRow(y, (region, from, to) -> weigh(row, region, from, to));
    defects.forEach(defect -> defect.row(y, row));
    score.accept(y, row);
  }

  private void weigh(float[] row, int region, int from, int to) {
    long weight = RegionWeights.UNIT / regions.size(region);
    for (int x = from; x < to; x++) {
      boolean heavier = heavierPixels[region] > 0;
      counts.weights().add(ScoreBits.key(row[x]), heavier ? weight + 1 : weight);
      if (heavier) {
        heavierPixels[region]--;
      }
    }
  }

  /**
   * Counts the image, whose own score is the largest of the rows; those of other kinds are not
   * known.
   *
   * @throws IllegalArgumentException naming the image, if rows are missing or it was counted
   *     meanwhile; nothing is counted then
   */
  public void end() {
    end(ImageScores.ofMax(score.value()));
  }

  /**
   * Counts the image with its own scores of every kind.
   *
   * @param map of finite values, whose rows at evaluation size were fed
   * @return its scores
   * @throws IllegalArgumentException naming the image, if rows are missing or it was counted
   *     meanwhile; nothing is counted then
   */
  public ImageScores end(AnomalyMap map) {
    ImageScores scores = ImageScores.of(score.value(), map);
    end(scores);
    return scores;
  }

  private void end(ImageScores scores) {
    rows.end();
    counts.addRegions(regions.count());
    defects.forEach(counts::add);
    long pixels = (long) mask.width() * mask.height();
    target.commit(new ImageRecord(image, scores, pixels, mask.positives(), ""), counts);
  }

  /**
   * Step-wise AUPRC over this image's pixels alone, without bounds; meaningful after its last row.
   * NaN where the mask marks no pixel.
   */
  public double ownAuprc() {
    return StepAuprc.of(counts.bins(), mask.positives());
  }

  /** Leaves the memory of the image's own counts to the next image; nothing is asked after it. */
  public void release() {
    target.giveSpare(counts.bins().recycled());
  }
}
