package io.nightjar.cli.decision;

import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Whether regions are found, and what counts as one. */
public final class RegionArguments {
  @Option(
      names = "--regions",
      description =
          "Also find the regions of every image whose pixels lie at or above a threshold: a table"
              + " regions/, annotations in COCO's format and a mask of each image that has any. The"
              + " threshold is --pixel-threshold, or follows from --pixel-false-positive-rate.")
  private boolean asked;

  @Option(
      names = "--pixel-threshold",
      paramLabel = "SCORE",
      description =
          "The score from which on a pixel belongs to a region, such as the"
              + " pixel_best_f1_threshold of an evaluation with the same bank.")
  private Double threshold;

  @Option(
      names = "--min-area",
      paramLabel = "PIXELS",
      defaultValue = "1",
      description =
          "Pixels of the image that a region has at least; smaller ones are left out (default:"
              + " ${DEFAULT-VALUE}).")
  private long minArea;

  @Option(
      names = "--merge-within",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description =
          "Pixels below the threshold that may lie between two parts of one region (default:"
              + " ${DEFAULT-VALUE}, parts touch, at a corner at least).")
  private int mergeWithin;

  public RegionOptions toOptions() {
    return new RegionOptions(
        asked,
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        new RegionRules(minArea, mergeWithin));
  }
}
