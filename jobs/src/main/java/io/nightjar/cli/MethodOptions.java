package io.nightjar.cli;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluationOptions;
import io.nightjar.job.PcaSolver;
import io.nightjar.job.TrainPatches;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a data set is evaluated. The defaults stand in conf/mvtec-ad.conf. */
final class MethodOptions {
  @Option(
      names = "--variance",
      paramLabel = "SHARE",
      description =
          "Share of the variance that the principal components keep (default: ${DEFAULT-VALUE}).")
  private double variance;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

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
      names = "--broadcast-limit",
      paramLabel = "SIZE",
      description =
          "Largest memory bank (bytes of its rows, such as 512m or 2g) that every executor holds as"
              + " a whole; a larger one is searched in shards on the executors' disks, with the"
              + " same results (default: ${DEFAULT-VALUE}).")
  private String broadcastLimit;

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

  @Mixin private MeasureArguments measure;

  EvaluationOptions toOptions() {
    return EvaluationOptions.builder()
        .variance(variance)
        .neighbours(neighbours)
        .device(DeviceRequest.parse(device))
        .batchImages(batchImages)
        .chunkImages(chunkImages)
        .broadcastLimit(ByteSize.parse("broadcast-limit", broadcastLimit))
        .trainPatches(choice("train-patches", trainPatches, TrainPatches.values()))
        .pcaSolver(choice("pca", pca, PcaSolver.values()))
        .measure(measure.toOptions())
        .build();
  }

  private static <E extends Enum<E>> E choice(String option, String value, E[] known) {
    StringBuilder names = new StringBuilder();
    for (E constant : known) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
      names
          .append(names.isEmpty() ? "" : " or ")
          .append(constant.name().toLowerCase(java.util.Locale.ROOT));
    }
    throw new InvalidInputException(
        "The option --%s is \"%s\"; it must be %s.".formatted(option, value, names));
  }
}
