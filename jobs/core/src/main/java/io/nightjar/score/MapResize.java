package io.nightjar.score;

import io.nightjar.tile.TileAxis;
import java.io.Serializable;

/**
 * Brings an anomaly map to the size of its image: upsampled, then smoothed.
 *
 * @param smoothing Gaussian sigma in pixels of the network's input; 0 for none. Of an image that is
 *     cut into tiles, the input is a tile
 * @param imageHeight of the network's input, in pixels
 * @param imageWidth of the network's input, in pixels
 */
public record MapResize(double smoothing, int imageHeight, int imageWidth) implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Hands the rows of the map at {@code width x height} to the consumer, from the top. */
  public void rows(AnomalyMap map, int width, int height, RowConsumer consumer) {
    if (smoothing > 0 && !map.tiles().isWhole()) {
      // Images that are cut into tiles may be too large for whole maps.
      new SmoothedRows(map, width, height, sigmaX(map, width), sigmaY(map, height)).to(consumer);
      return;
    }
    // At its own size upsampling is the identity, row by row.
    AnomalyMap source = smoothing == 0 ? map : full(map, width, height);
    Upsampling.rows(source, width, height, consumer);
  }

  /** Of a tile, it is the tile that has the size of the network's input. */
  private double sigmaX(AnomalyMap map, int width) {
    return map.tiles().isWhole()
        ? smoothing * width / imageWidth
        : smoothing * width / imageWidth * inTiles(map.tiles().columns());
  }

  private double sigmaY(AnomalyMap map, int height) {
    return map.tiles().isWhole()
        ? smoothing * height / imageHeight
        : smoothing * height / imageHeight * inTiles(map.tiles().rows());
  }

  private static double inTiles(TileAxis axis) {
    return (double) axis.extent() / axis.length();
  }

  /** The whole map at {@code width x height}. */
  public AnomalyMap full(AnomalyMap map, int width, int height) {
    AnomalyMap upsampled = Upsampling.full(map, width, height);
    return smoothing == 0
        ? upsampled
        : GaussianSmoothing.smooth(upsampled, sigmaX(map, width), sigmaY(map, height));
  }
}
