package io.nightjar.benchmarks;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.benchmarks.support.BottleFiles;
import io.nightjar.benchmarks.support.DarkerImages;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.io.Sha256;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluates bottle as it is and with regressions that happen to lines: test images that are darker,
 * defective images among the normal ones, and weights of which a stage is damaged. {@link
 * ComparisonBenchmark} compares the runs.
 */
@Command(
    name = "regressions",
    description =
        "Evaluates bottle with darker test images, defects among the normal images, and a damaged"
            + " stage.")
final class RegressionRuns implements Callable<Integer> {
  /** A defect that the test set has 20 images of. */
  private static final String DEFECT = "test/broken_large";

  /** The 3 x 3 convolutions of a stage: what is left of it are its shortcuts. */
  private static Pattern convolutions(int stage) {
    return Pattern.compile("layer" + stage + "\\.\\d+\\.conv2\\.weight");
  }

  @Mixin private BottleFiles files;

  @Option(names = "--out", required = true, description = "A new folder for the runs.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Weights weights = files.weights();
    Path usual = files.mvtecAd();
    try (WorkFolder work = new WorkFolder();
        SparkSession spark = Sparks.local(Runtime.getRuntime().availableProcessors())) {
      evaluate(spark, "base", usual, weights);
      for (int percent : new int[] {1, 5}) {
        Path darker = darker(usual, work.path().resolve("darker-" + percent), percent);
        evaluate(spark, "darker-" + percent, darker, weights);
      }
      for (int defects : new int[] {1, 5}) {
        Path mixed = mixed(usual, work.path().resolve("mixed-" + defects), defects);
        evaluate(spark, "mixed-" + defects, mixed, weights);
      }
      for (int stage : new int[] {2, 3}) {
        evaluate(spark, "damaged-" + stage, usual, damaged(weights, stage));
      }
    }
    return 0;
  }

  private void evaluate(SparkSession spark, String name, Path data, Weights weights) {
    double auprc =
        new EvaluateDataset(spark)
            .data(data.toString())
            .categories(List.of(BottleFiles.CATEGORY))
            .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50_V1), weights))
            .out(out.resolve(name).toString())
            .execute()
            .report()
            .categories()
            .get(0)
            .pixelAuprc()
            .get();
    System.out.printf(Locale.ROOT, "%s: pixel AUPRC %.4f%n", out.resolve(name), auprc);
  }

  /** Copies bottle; the channels of its test images are so many per cent lower, rounded. */
  private static Path darker(Path usual, Path copy, int percent) throws IOException {
    Path category = usual.resolve(BottleFiles.CATEGORY);
    try (Stream<Path> entries = Files.walk(category)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(usual.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (category.relativize(file).startsWith("test")) {
          DarkerImages.write(file, percent, target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy;
  }

  /** Links bottle; so many of its defective test images are among the normal ones as well. */
  private static Path mixed(Path usual, Path copy, int defects) throws IOException {
    Path category = Files.createDirectories(copy.resolve(BottleFiles.CATEGORY));
    Path from = usual.resolve(BottleFiles.CATEGORY).toRealPath();
    for (String part : List.of("test", "ground_truth")) {
      Files.createSymbolicLink(category.resolve(part), from.resolve(part));
    }
    Path good = Files.createDirectories(category.resolve("train/good"));
    try (Stream<Path> normal = Files.list(from.resolve("train/good"));
        Stream<Path> defective = Files.list(from.resolve(DEFECT)).sorted().limit(defects)) {
      for (Path file : normal.toList()) {
        Files.createSymbolicLink(good.resolve(file.getFileName()), file);
      }
      for (Path file : defective.toList()) {
        Files.createSymbolicLink(good.resolve("defect-" + file.getFileName()), file);
      }
    }
    return copy;
  }

  private static Weights damaged(Weights weights, int stage) {
    Pattern convolutions = convolutions(stage);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int zeroed = 0;
    for (String name : weights.names()) {
      Tensor tensor = weights.tensor(name);
      boolean isDamaged = convolutions.matcher(name).matches();
      zeroed += isDamaged ? 1 : 0;
      tensors.put(
          name, isDamaged ? new Tensor(tensor.shape(), new float[tensor.values().length]) : tensor);
    }
    if (zeroed == 0) {
      throw new AssertionError("No tensor was damaged: " + weights.names());
    }
    return new Weights(
        Text.format("%s, stage %d damaged", weights.source(), stage),
        Sha256.of(("damaged " + stage).getBytes(StandardCharsets.UTF_8)),
        tensors);
  }
}
