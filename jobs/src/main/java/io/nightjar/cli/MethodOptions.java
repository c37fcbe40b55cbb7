package io.nightjar.cli;

import io.nightjar.job.EvaluationOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a data set is evaluated. The defaults stand in conf/mvtec-ad.conf. */
final class MethodOptions {
  @Mixin private FitArguments fit;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Mixin private SearchOptions search;
  @Mixin private MeasureArguments measure;

  EvaluationOptions toOptions() {
    EvaluationOptions.Builder options =
        fit.toOptions().neighbours(neighbours).measure(measure.toOptions());
    search.applyTo(options);
    return options.build();
  }
}
