package io.nightjar.dataset.map;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.UnreadableImageException;

/** Gathers the scores of a map file as wide as it stores them. */
final class MapValues {
  private final Dimensions size;
  private final float[] narrow;
  private final double[] wide;

  /**
   * @param isWide whether scores are float64
   */
  MapValues(Dimensions size, boolean isWide) {
    int count = (int) size.pixels();
    this.size = size;
    this.narrow = new float[isWide ? 0 : count];
    this.wide = new double[isWide ? count : 0];
  }

  void put(int index, double value) {
    if (wide.length > 0) {
      wide[index] = value;
    } else {
      narrow[index] = (float) value;
    }
  }

  DecodedMap map() throws UnreadableImageException {
    return wide.length > 0
        ? DecodedMap.ofFinite(wide, size.width(), size.height())
        : DecodedMap.ofFinite(narrow, size.width(), size.height());
  }
}
