package io.nightjar.cli.options;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.pca.components.StageWeights;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which rows a memory bank gets that is built. */
public final class BankArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--scope",
      paramLabel = "category|unified",
      description =
          "Whose normal images a bank consists of: each category's its own, or those of all"
              + " categories one PCA and one bank, as in multi-class detection; figures are by"
              + " category either way (default: ${DEFAULT-VALUE}).")
  private String scope;

  @Option(
      names = "--variance",
      paramLabel = "RATIO",
      description =
          "Ratio of the variance that the principal components explain, above 0 and at most 1"
              + " (default: ${DEFAULT-VALUE}).")
  private double variance;

  @Option(
      names = "--max-components",
      paramLabel = "N|none",
      description =
          "How many of these components are kept at most, of each image size; none keeps all that"
              + " the variance asks for (default: ${DEFAULT-VALUE}).")
  private String maxComponents;

  @Option(
      names = "--stage-weights",
      paramLabel = "none|balanced|W,W,W",
      description =
          "What the channels of each stage are multiplied by before the components are fitted:"
              + " balanced gives every stage the same part of the variance; or a number above 0 for"
              + " each of the --layers (default: ${DEFAULT-VALUE}).")
  private String stageWeights;

  @Option(
      names = "--coreset",
      paramLabel = "RATIO",
      description =
          "Fraction of the bank's rows that is kept, above 0 and at most 1"
              + " (default: ${DEFAULT-VALUE}, all of them).")
  private double coreset;

  @Option(
      names = "--coreset-method",
      paramLabel = "greedy|random",
      description =
          "Which rows a coreset keeps: always the one farthest from those kept already, as in"
              + " PatchCore, or any (default: ${DEFAULT-VALUE}).")
  private String method;

  @Option(
      names = "--coreset-seed",
      paramLabel = "N",
      description =
          "Where chance begins in a coreset: the first row, or the random ones"
              + " (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--position",
      paramLabel = "FACTOR",
      description =
          "What a patch one cell of the grid aside counts in a distance, in quadrature: this"
              + " multiple of the median distance of normal patches from those of other images, 0 to"
              + " 100; 0 leaves the place out, 0.25 is a moderate value"
              + " (default: ${DEFAULT-VALUE}).")
  private double position;

  public BankOptions toOptions() {
    CoresetOptions options =
        new CoresetOptions(
            coreset, Choice.of("coreset-method", method, CoresetMethod.values()), seed);
    new GivenOptions(command)
        .refuseWhere(
            options.keepsAll(),
            "is about a coreset, but --coreset is 1, which keeps all rows; choose a smaller one",
            "--coreset-method",
            "--coreset-seed");
    return new BankOptions(
        Choice.of("scope", scope, BankScope.values()),
        variance,
        options,
        position,
        ClusterArguments.numberUnless(BankOptions.NONE, "max-components", maxComponents),
        StageWeights.parse(stageWeights));
  }
}
