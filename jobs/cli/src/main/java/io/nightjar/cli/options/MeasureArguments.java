package io.nightjar.cli.options;

import io.nightjar.dataset.MaskValues;
import io.nightjar.job.options.MeasureOptions;
import picocli.CommandLine.Option;

/** How maps are compared with masks. */
public final class MeasureArguments {
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

  @Option(
      names = "--mask-values",
      paramLabel = "auto|nonzero|above-127",
      description =
          "Which values of a mask mark a defect: all but 0, those above 127 of 255, or what the"
              + " masks of a category hold decides (default: ${DEFAULT-VALUE}).")
  private String maskValues;

  public MeasureOptions toOptions() {
    return new MeasureOptions(
        ClusterArguments.numberUnless(MeasureOptions.ORIGINAL, "resolution", resolution),
        exactMetrics,
        MaskValues.of(maskValues));
  }
}
