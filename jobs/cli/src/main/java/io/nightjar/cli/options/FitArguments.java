package io.nightjar.cli.options;

import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.options.TrainPatches;
import picocli.CommandLine.Option;

/** How the passes over normal images are carried out. */
public final class FitArguments {
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

  public FitOptions toOptions() {
    return new FitOptions(
        chunkImages,
        Choice.of("train-patches", trainPatches, TrainPatches.values()),
        Choice.of("pca", pca, PcaSolver.values()));
  }
}
