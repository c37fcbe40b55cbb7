package io.nightjar.cli.options;

import io.nightjar.job.options.MapOptions;
import io.nightjar.score.ImageScoreKind;
import picocli.CommandLine.Option;

/** How distances become anomaly maps, and maps the scores of their images. */
public final class MapArguments {
  @Option(
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input, which is 224 where"
              + " maps come from files"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  @Option(
      names = "--image-score",
      paramLabel = "max|top3|top1%",
      description =
          "The score of an image: the largest value of its map where it is compared, or of the map"
              + " as it is before it is upsampled and smoothed the mean of the three highest values"
              + " or of the highest 1 %%. All three are stored (default: ${DEFAULT-VALUE}).")
  private String imageScore;

  public MapOptions toOptions() {
    return new MapOptions(smoothing, ImageScoreKind.of(imageScore));
  }
}
