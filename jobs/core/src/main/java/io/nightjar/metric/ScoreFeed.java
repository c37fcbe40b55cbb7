package io.nightjar.metric;

import io.nightjar.metric.count.FeedRows;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScore;
import io.nightjar.score.ImageScores;
import io.nightjar.score.RowConsumer;

/**
 * Takes the scores of one defective image without a mask row by row, from the top, and counts its
 * label and its own score at the end, but none of its pixels. An image that is not ended leaves the
 * counts unchanged.
 */
public final class ScoreFeed implements RowConsumer {
  private final CategoryCounts target;
  private final TestImage image;
  private final String absence;
  private final FeedRows rows;
  private final ImageScore score = new ImageScore();

  ScoreFeed(CategoryCounts target, TestImage image, String absence, int width, int height) {
    this.target = target;
    this.image = image;
    this.absence = absence;
    rows = new FeedRows(image.path(), width, height);
  }

  /**
   * Takes the next row.
   *
   * @throws IllegalArgumentException naming the image, if a score is NaN or infinite or the row is
   *     not the next of the width
   */
  @Override
  public void accept(int y, float[] row) {
    rows.check(y, row);
    score.accept(y, row);
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
    target.commit(new ImageRecord(image, scores, 0, 0, absence));
  }
}
