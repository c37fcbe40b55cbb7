package io.nightjar.cli;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluationOptions;
import io.nightjar.job.PcaSolver;
import io.nightjar.job.TrainPatches;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a bank is made of normal images. The defaults stand in conf/mvtec-ad.conf. */
final class FitArguments {
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

  EvaluationOptions.Builder toOptions() {
    return embed
        .toOptions(chunkImages)
        .variance(variance)
        .trainPatches(choice("train-patches", trainPatches, TrainPatches.values()))
        .pcaSolver(choice("pca", pca, PcaSolver.values()));
  }

  private static <E extends Enum<E>> E choice(String option, String value, E[] known) {
    StringBuilder names = new StringBuilder();
    for (E constant : known) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
      names.append(names.isEmpty() ? "" : " or ").append(constant.name().toLowerCase(Locale.ROOT));
    }
    throw new InvalidInputException(
        "The option --%s is \"%s\"; it must be %s.".formatted(option, value, names));
  }
}
