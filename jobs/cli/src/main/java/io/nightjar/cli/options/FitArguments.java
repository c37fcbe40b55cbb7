package io.nightjar.cli.options;

import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.options.TrainPatches;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a bank is made of normal images. The defaults stand in conf/mvtec-ad.conf. */
public final class FitArguments {
  @Option(
      names = "--scope",
      paramLabel = "category|unified",
      description =
          "Whose normal images make a bank: each category's its own, or those of all categories one"
              + " PCA and one bank, as in multi-class detection; figures are by category either way"
              + " (default: ${DEFAULT-VALUE}).")
  private String scope;

  @Option(
      names = "--variance",
      paramLabel = "SHARE",
      description =
          "Share of the variance that the principal components keep (default: ${DEFAULT-VALUE}).")
  private double variance;

  @Mixin private EmbedArguments embed;

  @Option(
      names = "--chunk-images",
      paramLabel = "N",
      description = "Images in one unit of work (default: ${DEFAULT-VALUE}).")
  private int chunkImages;

  @Option(
      names = "--train-patches",
      paramLabel = "auto|keep|recompute",
      description =
          "Embeddings of normal images between the two passes over them: kept on the executors'"
              + " disks, or computed again; auto keeps them where"
              + " they fit into half of the disks' free space (default: ${DEFAULT-VALUE}).")
  private String trainPatches;

  @Option(
      names = "--pca",
      paramLabel = "blocked|mllib",
      description = "Who computes the principal components (default: ${DEFAULT-VALUE}).")
  private String pca;

  @Mixin private CoresetArguments coreset;

  public EvaluationOptions.Builder toOptions() {
    return embed
        .toOptions(chunkImages)
        .scope(Choice.of("scope", scope, BankScope.values()))
        .variance(variance)
        .coreset(coreset.toOptions())
        .trainPatches(Choice.of("train-patches", trainPatches, TrainPatches.values()))
        .pcaSolver(Choice.of("pca", pca, PcaSolver.values()));
  }
}
