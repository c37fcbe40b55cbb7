package io.nightjar.metric.detection;

import java.io.Serializable;

/**
 * A region of an image whose pixels lie at or above a threshold. Pixels are counted from 0 at the
 * left and at the top.
 *
 * @param area its pixels
 * @param left the first column of its box
 * @param top the first row of its box
 * @param width columns of its box
 * @param height rows of its box
 * @param centroidX the mean column of its pixels
 * @param centroidY the mean row of its pixels
 * @param peak the largest score of its pixels
 * @param peakX the column of the first pixel, row by row, with that score
 * @param peakY the row of that pixel
 * @param mean the mean score of its pixels
 */
public record AnomalyRegion(
    long area,
    int left,
    int top,
    int width,
    int height,
    double centroidX,
    double centroidY,
    float peak,
    int peakX,
    int peakY,
    double mean)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
