package io.nightjar.cli;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluationOptions;
import io.nightjar.job.PcaSolver;
import io.nightjar.job.TrainPatches;
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
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Where maps and masks are compared: original, or the side of a square such as 224"
              + " (default: ${DEFAULT-VALUE}).")
  private String resolution;

  @Option(
      names = "--max-quarantined",
      paramLabel = "SHARE",
      description =
          "Share of a category's images that may be defective files before the category fails"
              + " (default: ${DEFAULT-VALUE}).")
  private double maxQuarantined;

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
      names = "--partitions",
      paramLabel = "N|auto",
      description =
          "Spark partitions of a pass over a category; results do not depend on it"
              + " (default: ${DEFAULT-VALUE}, one a chunk).")
  private String partitions;

  @Option(
      names = "--concurrent-categories",
      paramLabel = "N|auto",
      description =
          "Categories evaluated at the same time (default: ${DEFAULT-VALUE}, by the cluster's"
              + " cores).")
  private String concurrentCategories;

  @Option(
      names = "--train-patches",
      paramLabel = "keep|recompute",
      description =
          "Embeddings of normal images between the two passes over them: kept on the executors'"
              + " disks, or computed again (default: ${DEFAULT-VALUE}).")
  private String trainPatches;

  @Option(
      names = "--pca",
      paramLabel = "blocked|mllib",
      description = "Who computes the principal components (default: ${DEFAULT-VALUE}).")
  private String pca;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Best and worst images to draw for each category (default: ${DEFAULT-VALUE}).")
  private int pictures;

  EvaluationOptions toOptions() {
    EvaluationOptions.Builder options =
        EvaluationOptions.builder()
            .variance(variance)
            .neighbours(neighbours)
            .smoothing(smoothing)
            .maxQuarantined(maxQuarantined)
            .device(DeviceRequest.parse(device))
            .batchImages(batchImages)
            .chunkImages(chunkImages)
            .trainPatches(choice("train-patches", trainPatches, TrainPatches.values()))
            .pcaSolver(choice("pca", pca, PcaSolver.values()))
            .pictures(pictures);
    if (!"original".equalsIgnoreCase(resolution)) {
      options.resolution(number("resolution", resolution, "original"));
    }
    if (!"auto".equalsIgnoreCase(partitions)) {
      options.partitions(number("partitions", partitions, "auto"));
    }
    if (!"auto".equalsIgnoreCase(concurrentCategories)) {
      options.concurrentCategories(number("concurrent-categories", concurrentCategories, "auto"));
    }
    return options.build();
  }

  private static int number(String option, String value, String word) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "The option --%s is \"%s\"; it must be %s or a whole number."
              .formatted(option, value, word),
          e);
    }
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
