package io.nightjar.job.watch.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the row of an image has, with every bit: floats as doubles, the map as bytes.
 *
 * @param imageScore of the kind that was asked for
 * @param mapMax the largest distance of a patch
 * @param mapMean the mean distance of the patches
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param max {@link io.nightjar.score.ImageScoreKind#MAX}
 * @param top3 {@link io.nightjar.score.ImageScoreKind#TOP3}
 * @param top1Percent {@link io.nightjar.score.ImageScoreKind#TOP1_PERCENT}
 * @param pValue the conformal p-value, above 0; 0 where nothing was decided
 * @param verdict {@code normal} or {@code anomalous}; empty where nothing was decided
 * @param map the distances of the patches, row by row, as little-endian floats
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the map, never compared or used as a key
public record RowValues(
    double imageScore,
    double mapMax,
    double mapMean,
    int width,
    int height,
    double max,
    double top3,
    double top1Percent,
    double pValue,
    String verdict,
    byte[] map) {

  /**
   * The distances of a map as bytes.
   *
   * @param distances finite
   * @return four bytes for each
   */
  public static byte[] bytes(float[] distances) {
    ByteBuffer bytes =
        ByteBuffer.allocate(distances.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float distance : distances) {
      bytes.putFloat(distance);
    }
    return bytes.array();
  }

  /**
   * The distances of the map.
   *
   * @return row by row
   */
  public float[] distances() {
    float[] distances = new float[map.length / Float.BYTES];
    ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(distances);
    return distances;
  }
}
