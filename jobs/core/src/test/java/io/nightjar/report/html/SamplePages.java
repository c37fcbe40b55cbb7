package io.nightjar.report.html;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.VisualizationRef.Kind;
import io.nightjar.report.visualization.Layers;
import io.nightjar.report.visualization.MaskView;
import io.nightjar.report.visualization.ScoreRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Drawn images for the tests of pages. */
public final class SamplePages {
  private SamplePages() {}

  /** An image of coarse noise with a defect in its middle. */
  public static VisualizationRef visualization(
      String category, String image, Kind kind, int width, int height) {
    return visualization(category, image, kind, layers(width, height));
  }

  /** An image with the given layers. */
  public static VisualizationRef visualization(
      String category, String image, Kind kind, Layers layers) {
    return new VisualizationRef(
        category,
        image + ", drawn",
        "pictures/" + category + "/" + image,
        0.5,
        image,
        kind,
        kind == Kind.NORMAL ? OptionalDouble.empty() : OptionalDouble.of(0.25),
        Optional.of(layers));
  }

  /** So many visualizations of each of the three kinds for each category, all of one image. */
  public static List<VisualizationRef> visualizations(List<String> categories, int each) {
    Layers layers = layers(900, 900);
    List<VisualizationRef> visualizations = new ArrayList<>();
    for (String category : categories) {
      for (Kind kind : List.of(Kind.WORST, Kind.BEST, Kind.NORMAL)) {
        for (int i = 0; i < each; i++) {
          visualizations.add(visualization(category, kind + "-" + i + ".png", kind, layers));
        }
      }
    }
    return visualizations;
  }

  static Layers layers(int width, int height) {
    Random random = new Random(7);
    byte[] coarse = new byte[3 * 64 * 64];
    random.nextBytes(coarse);
    byte[] pixels = new byte[3 * width * height];
    float[] map = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        for (int channel = 0; channel < 3; channel++) {
          int cell = 3 * (64 * (64 * y / height) + 64 * x / width) + channel;
          pixels[3 * at + channel] = (byte) (128 + coarse[cell] / 3 + random.nextInt(12));
        }
        map[at] = (float) (Math.sin(x / 40.0) * Math.cos(y / 25.0));
      }
    }
    MaskView mask =
        new MaskView(
            width,
            height,
            (x, y) -> Math.abs(2 * x - width) < width / 4 && Math.abs(2 * y - height) < height / 4);
    return Layers.of(new RgbImage(width, height, pixels), mask, map, new ScoreRange(-1, 1));
  }
}
