package io.nightjar.cli.options;

import io.nightjar.job.options.EvaluationOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a data set is evaluated. The defaults stand in conf/mvtec-ad.conf. */
public final class MethodOptions {
  @Mixin private FitArguments fit;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Option(
      names = "--broadcast-limit",
      paramLabel = "SIZE",
      description =
          "Largest memory bank (bytes of its rows, such as 512m or 2g) that every executor holds as"
              + " a whole; a larger one is searched in shards on the executors' disks, with the"
              + " same results (default: ${DEFAULT-VALUE}).")
  private String broadcastLimit;

  @Mixin private SearchOptions search;
  @Mixin private MeasureArguments measure;

  public EvaluationOptions toOptions() {
    EvaluationOptions.Builder options =
        fit.toOptions()
            .neighbours(neighbours)
            .broadcastLimit(ByteSize.parse("broadcast-limit", broadcastLimit))
            .measure(measure.toOptions());
    search.applyTo(options);
    return options.build();
  }
}
