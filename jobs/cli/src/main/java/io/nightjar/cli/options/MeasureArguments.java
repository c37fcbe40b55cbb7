package io.nightjar.cli.options;

import io.nightjar.job.options.MeasureOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How maps are measured, whoever made them. The defaults stand in conf/mvtec-ad.conf. */
public final class MeasureArguments {
  @Option(
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input, which is 224 where"
              + " maps come from files"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Where maps and masks are compared: original, or the side of a square such as 224"
              + " (default: ${DEFAULT-VALUE}).")
  private String resolution;

  @Option(
      names = "--exact-metrics",
      arity = "0..1",
      fallbackValue = "true", // wherever the default comes from
      paramLabel = "true|false",
      description =
          "Take the pooled pixel metrics from the scores themselves, not from bins; some more"
              + " passes over the maps (default: ${DEFAULT-VALUE}).")
  private boolean exactMetrics;

  @Mixin private LimitArguments limits;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Best and worst images to draw for each category (default: ${DEFAULT-VALUE}).")
  private int pictures;

  public MeasureOptions toOptions() {
    MeasureOptions.Builder options =
        limits.toOptions().smoothing(smoothing).exactMetrics(exactMetrics).pictures(pictures);
    if (!"original".equalsIgnoreCase(resolution)) {
      options.resolution(LimitArguments.number("resolution", resolution, "original"));
    }
    return options.build();
  }
}
