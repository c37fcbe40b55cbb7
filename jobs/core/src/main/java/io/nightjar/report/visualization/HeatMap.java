package io.nightjar.report.visualization;

import io.nightjar.score.AnomalyMap;
import java.awt.image.BufferedImage;

/** An anomaly map alone in colours, a pixel for each score. */
public final class HeatMap {
  private HeatMap() {}

  /**
   * Draws the map.
   *
   * @param range the scores that the colours span
   * @return a PNG file
   */
  public static byte[] png(AnomalyMap map, ScoreRange range) {
    BufferedImage drawing =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        float score = map.values()[y * map.width() + x];
        drawing.setRGB(x, y, HeatColours.rgb(range.position(score)));
      }
    }
    return Encoded.png(drawing);
  }
}
