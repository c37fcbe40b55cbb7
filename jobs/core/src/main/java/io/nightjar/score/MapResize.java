package io.nightjar.score;

import java.io.Serializable;

/**
 * Brings an anomaly map to the size of its image: upsampled, then smoothed.
 *
 * @param smoothing Gaussian sigma in pixels of the network's input; 0 for none
 * @param imageHeight of the network's input, in pixels
 * @param imageWidth of the network's input, in pixels
 */
public record MapResize(double smoothing, int imageHeight, int imageWidth) implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Hands the rows of the map at {@code width x height} to the consumer, from the top. */
  public void rows(AnomalyMap map, int width, int height, RowConsumer consumer) {
    // At its own size upsampling is the identity, row by row.
    AnomalyMap source = smoothing == 0 ? map : full(map, width, height);
    Upsampling.rows(source, width, height, consumer);
  }

  /** The whole map at {@code width x height}. */
  public AnomalyMap full(AnomalyMap map, int width, int height) {
    AnomalyMap upsampled = Upsampling.full(map, width, height);
    return smoothing == 0
        ? upsampled
        : GaussianSmoothing.smooth(
            upsampled, smoothing * width / imageWidth, smoothing * height / imageHeight);
  }
}
