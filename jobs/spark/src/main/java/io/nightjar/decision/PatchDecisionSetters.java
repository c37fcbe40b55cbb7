package io.nightjar.decision;

/**
 * The setters that {@link PatchDecision} and {@link PatchDecisionModel} share.
 *
 * @param <S> the stage
 */
public interface PatchDecisionSetters<S> extends PatchDecisionParams {
  /**
   * The stage itself.
   *
   * @return this stage
   */
  S self();

  /**
   * Sets the column of the patches' distances, those of one image in each row.
   *
   * @param column its name
   * @return this stage
   */
  default S setInputCol(String column) {
    set(declared().inputCol, column);
    return self();
  }

  /**
   * Sets the column of p-values to add.
   *
   * @param column its name; {@code p_value} by default
   * @return this stage
   */
  default S setPValueCol(String column) {
    set(declared().pValueCol, column);
    return self();
  }

  /**
   * Sets the column of verdicts to add.
   *
   * @param column its name; {@code verdict} by default
   * @return this stage
   */
  default S setVerdictCol(String column) {
    set(declared().verdictCol, column);
    return self();
  }

  /**
   * Sets the column of regions to add, with the fields that {@code io.nightjar.table.BankScorer}
   * gives them.
   *
   * @param column its name; no regions are found where it is not set
   * @return this stage
   */
  default S setRegionsCol(String column) {
    set(declared().regionsCol, column);
    return self();
  }

  /**
   * Sets the column of the widths of images, in whose pixels regions are found.
   *
   * @param column its name; by default images are as large as the network's input
   * @return this stage
   */
  default S setWidthCol(String column) {
    set(declared().widthCol, column);
    return self();
  }

  /**
   * Sets the column of the heights of images.
   *
   * @param column its name
   * @return this stage
   */
  default S setHeightCol(String column) {
    set(declared().heightCol, column);
    return self();
  }

  /**
   * Sets which score of an image is compared.
   *
   * @param kind {@code max}, the default, {@code top3} or {@code top1%}
   * @return this stage
   */
  default S setImageScore(String kind) {
    set(declared().imageScore, kind);
    return self();
  }

  /**
   * Sets the fraction of normal images that may be called anomalous.
   *
   * @param rate in (0, 1), at least 1 / (n + 1) for n normal images; 0.01 by default
   * @return this stage
   */
  default S setFalseAlarmRate(double rate) {
    set(declared().falseAlarmRate, rate);
    return self();
  }

  /**
   * Sets the fraction of a normal image's patches that may lie at or above the threshold of
   * regions.
   *
   * @param rate in (0, 1), at least 1 / (n + 1) for n normal images
   * @return this stage
   */
  default S setPixelFalsePositiveRate(double rate) {
    set(declared().pixelFalsePositiveRate, rate);
    return self();
  }

  /**
   * Sets the threshold of regions.
   *
   * @param distance above 0; instead of a rate
   * @return this stage
   */
  default S setPixelThreshold(double distance) {
    set(declared().pixelThreshold, distance);
    return self();
  }

  /**
   * Sets how maps are smoothed before regions are found in them.
   *
   * @param sigma of a Gaussian, in pixels of the network's input, 0 to 1000; 0, none, by default
   * @return this stage
   */
  default S setSmoothing(double sigma) {
    set(declared().smoothing, sigma);
    return self();
  }

  /**
   * Sets the side of the network's input.
   *
   * @param pixels at least 1; 224 by default
   * @return this stage
   */
  default S setImageSize(int pixels) {
    set(declared().imageSize, pixels);
    return self();
  }

  /**
   * Sets the pixels that a region has at least.
   *
   * @param pixels at least 1, the default
   * @return this stage
   */
  default S setMinArea(long pixels) {
    set(declared().minArea, pixels);
    return self();
  }

  /**
   * Sets how many pixels below the threshold may lie within a region.
   *
   * @param pixels 0, the default, to 1000
   * @return this stage
   */
  default S setMergeWithin(int pixels) {
    set(declared().mergeWithin, pixels);
    return self();
  }
}
