package io.nightjar.decision;

import io.nightjar.backbone.FloatColumn;
import io.nightjar.error.InvalidInputException;
import io.nightjar.score.AnomalyMap;
import io.nightjar.text.Text;
import scala.collection.Seq;

/** The distances of an image's patches, as a column has them. */
final class Distances {
  private static final String NULL = "The input column contains a null; drop such rows first";

  private Distances() {}

  /**
   * The map of an image.
   *
   * @throws InvalidInputException for a null, a number that is not finite, or no square grid
   */
  static AnomalyMap map(float[] distances) {
    if (distances == null) {
      throw new InvalidInputException(NULL);
    }
    int side = (int) Math.round(Math.sqrt(distances.length));
    if (distances.length == 0 || side * side != distances.length) {
      throw new InvalidInputException(
          Text.format(
              "An array of %d distances is not that of an image: its patches form a square grid",
              distances.length));
    }
    for (float distance : distances) {
      if (!(distance >= 0 && Float.isFinite(distance))) {
        throw new InvalidInputException(
            Text.format("The distance of a patch is %s; it must be a finite number", distance));
      }
    }
    return new AnomalyMap(distances, side, side);
  }

  static float[] of(Seq<Float> values) {
    if (values == null) {
      throw new InvalidInputException(NULL);
    }
    return FloatColumn.toFloats(values);
  }

  static double mean(float[] distances) {
    double sum = 0;
    for (float distance : distances) {
      sum += distance;
    }
    return sum / distances.length;
  }
}
