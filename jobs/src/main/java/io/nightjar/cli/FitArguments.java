package io.nightjar.cli;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.job.EvaluationOptions;
import io.nightjar.job.PcaSolver;
import io.nightjar.job.TrainPatches;
import picocli.CommandLine.Option;

/** How a bank is made of normal images. The defaults stand in conf/mvtec-ad.conf. */
final class FitArguments {
  @Option(
      names = "--variance",
      paramLabel = "SHARE",
      description =
          "Share of the variance that the principal components keep (default: ${DEFAULT-VALUE}).")
  private double variance;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where the network runs (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--batch-images",
      paramLabel = "N",
      description = "Images in one pass through the network (default: ${DEFAULT-VALUE}).")
  private int batchImages;

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

  EvaluationOptions.Builder toOptions() {
    return EvaluationOptions.builder()
        .variance(variance)
        .device(DeviceRequest.parse(device))
        .batchImages(batchImages)
        .chunkImages(chunkImages)
        .trainPatches(Choice.of("train-patches", trainPatches, TrainPatches.values()))
        .pcaSolver(Choice.of("pca", pca, PcaSolver.values()));
  }
}
