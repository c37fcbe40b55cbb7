package io.nightjar.cli.options;

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

  public MeasureOptions toOptions() {
    return new MeasureOptions(
        ClusterArguments.numberUnless(MeasureOptions.ORIGINAL, "resolution", resolution),
        exactMetrics);
  }
}
