package io.nightjar.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * The scores of one image, of every kind.
 *
 * @param max {@link ImageScoreKind#MAX}
 * @param top3 {@link ImageScoreKind#TOP3}; NaN where the map was not at hand before it was
 *     upsampled
 * @param top1Percent {@link ImageScoreKind#TOP1_PERCENT}; NaN likewise
 */
public record ImageScores(float max, float top3, float top1Percent) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The scores of an image.
   *
   * @param max the largest value of its map at evaluation size
   * @param map before it is upsampled and smoothed, of finite values
   * @return of every kind
   */
  public static ImageScores of(float max, AnomalyMap map) {
    return new ImageScores(
        max,
        (float) HighestMean.of(map.values(), 3),
        (float) HighestMean.ofFraction(map.values(), NoveltyScore.FRACTION));
  }

  /**
   * The score of an image whose map is known at evaluation size alone.
   *
   * @param max the largest value there
   * @return without the other kinds
   */
  public static ImageScores ofMax(float max) {
    return new ImageScores(max, Float.NaN, Float.NaN);
  }

  /**
   * Whether the score of a kind is known.
   *
   * @param kind of score
   * @return always true for {@link ImageScoreKind#MAX}
   */
  public boolean has(ImageScoreKind kind) {
    return kind == ImageScoreKind.MAX || !Float.isNaN(value(kind));
  }

  /**
   * The score of a kind.
   *
   * @param kind of score
   * @return a finite number
   * @throws IllegalArgumentException if it is not known
   */
  public float of(ImageScoreKind kind) {
    if (!has(kind)) {
      throw new IllegalArgumentException("The score " + kind.id() + " of an image is not known");
    }
    return value(kind);
  }

  private float value(ImageScoreKind kind) {
    return switch (kind) {
      case MAX -> max;
      case TOP3 -> top3;
      case TOP1_PERCENT -> top1Percent;
    };
  }

  /**
   * The larger score of each kind, as an object has it that two images show.
   *
   * @param other of the other image
   * @return known where both are
   */
  public ImageScores larger(ImageScores other) {
    return new ImageScores(
        Math.max(max, other.max),
        Math.max(top3, other.top3),
        Math.max(top1Percent, other.top1Percent));
  }

  /**
   * Writes the scores.
   *
   * @param out that {@link #read} reads
   * @throws IOException if it cannot be written to
   */
  public void write(DataOutput out) throws IOException {
    out.writeFloat(max);
    out.writeFloat(top3);
    out.writeFloat(top1Percent);
  }

  /**
   * Reads scores.
   *
   * @param in where {@link #write} wrote
   * @return the same scores
   * @throws IOException if it cannot be read
   */
  public static ImageScores read(DataInput in) throws IOException {
    return new ImageScores(in.readFloat(), in.readFloat(), in.readFloat());
  }
}
