package io.nightjar.cli.options;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import picocli.CommandLine.Option;

/** How much of a memory bank is kept. The defaults stand in conf/mvtec-ad.conf. */
final class CoresetArguments {
  @Option(
      names = "--coreset",
      paramLabel = "RATIO",
      description =
          "Share of the bank's rows that is kept, above 0 and at most 1"
              + " (default: ${DEFAULT-VALUE}, all of them).")
  private double ratio;

  @Option(
      names = "--coreset-method",
      paramLabel = "greedy|random",
      description =
          "Which rows are kept: always the one farthest from those kept already, as in PatchCore,"
              + " or any (default: ${DEFAULT-VALUE}).")
  private String method;

  @Option(
      names = "--coreset-seed",
      paramLabel = "N",
      description =
          "Where chance begins: the first row, or the random ones (default: ${DEFAULT-VALUE}).")
  private long seed;

  CoresetOptions toOptions() {
    return new CoresetOptions(
        ratio, Choice.of("coreset-method", method, CoresetMethod.values()), seed);
  }
}
