package io.nightjar.cli.options;

import io.nightjar.job.options.MapOptions;
import picocli.CommandLine.Option;

/** How distances become anomaly maps. */
public final class MapArguments {
  @Option(
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input, which is 224 where"
              + " maps come from files"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  public MapOptions toOptions() {
    return new MapOptions(smoothing);
  }
}
