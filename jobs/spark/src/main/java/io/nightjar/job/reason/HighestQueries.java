package io.nightjar.job.reason;

import java.io.Serializable;

/**
 * The highest patches of one image, reduced.
 *
 * @param path of the image within its category
 * @param sha256 of its file, in hexadecimal
 * @param width of the image, in pixels
 * @param height of the image, in pixels
 * @param cells of the patches, the highest score first
 * @param queries row-major {@code [patches][dimension]}
 * @param outside how much of each lies outside the components; NaN where it is the mean
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
record HighestQueries(
    String path,
    String sha256,
    int width,
    int height,
    int[] cells,
    float[] queries,
    double[] outside)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
