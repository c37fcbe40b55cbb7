package io.nightjar.cli.ensemble;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which configurations are evaluated as one, and how their maps are averaged. */
public final class EnsembleArguments {
  /** Names the configurations. */
  public static final String ENSEMBLE = "--ensemble";

  /** Says what maps are divided by. */
  public static final String SCALE_QUANTILE = "--scale-quantile";

  @Option(
      names = ENSEMBLE,
      paramLabel = "FILE",
      description =
          "Evaluate several configurations, and the mean of their anomaly maps as a method of its"
              + " own: a file with lists of values and named configurations, as sweep takes it. What"
              + " the file does not say of them is as on the command line.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = SCALE_QUANTILE,
      paramLabel = "Q",
      defaultValue = "0.99",
      description =
          "With --ensemble: the maps of each configuration are divided by this quantile of the scores"
              + " of normal patches, each normal image compared with the bank without it (default:"
              + " ${DEFAULT-VALUE}).")
  private double scaleQuantile;

  /** The file of the configurations; empty where one is evaluated. */
  public Optional<Path> file() {
    return file;
  }

  /** The quantile, as it was given. */
  public double scaleQuantile() {
    return scaleQuantile;
  }
}
