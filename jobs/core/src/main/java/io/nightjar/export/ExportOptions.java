package io.nightjar.export;

import io.nightjar.score.ImageScoreKind;

/**
 * How the exported method compares and scores.
 *
 * @param neighbours nearest rows whose mean distance is the score of a patch, at least 1
 * @param smoothing Gaussian sigma in pixels of the network's input, 0 for none
 * @param imageScore which score of an image is {@code image_score}, and decides
 * @param precision of the bank's rows in the file
 */
public record ExportOptions(
    int neighbours, double smoothing, ImageScoreKind imageScore, RowPrecision precision) {
  /** The defaults of {@code score}, and the rows as the bank has them. */
  public static final ExportOptions DEFAULT =
      new ExportOptions(1, 0, ImageScoreKind.MAX, RowPrecision.FP32);

  /**
   * These options with another number of neighbours.
   *
   * @param rows at least 1
   * @return the changed options
   */
  public ExportOptions withNeighbours(int rows) {
    return new ExportOptions(rows, smoothing, imageScore, precision);
  }

  /**
   * These options with another smoothing.
   *
   * @param sigma in pixels of the network's input, 0 for none
   * @return the changed options
   */
  public ExportOptions withSmoothing(double sigma) {
    return new ExportOptions(neighbours, sigma, imageScore, precision);
  }

  /**
   * These options with another kind of image score.
   *
   * @param kind that decides
   * @return the changed options
   */
  public ExportOptions withImageScore(ImageScoreKind kind) {
    return new ExportOptions(neighbours, smoothing, kind, precision);
  }

  /**
   * These options with another format of rows.
   *
   * @param format of the bank's rows in the file
   * @return the changed options
   */
  public ExportOptions withPrecision(RowPrecision format) {
    return new ExportOptions(neighbours, smoothing, imageScore, format);
  }
}
