package io.nightjar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.benchmarks.support.BottleFiles;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What 1, 2, 4 and 8 times the images of a category cost, and what a second executor saves.
 *
 * <p>Expected for n times the data: {@code inspect}, {@code bank} and {@code measure} grow by n,
 * {@code fit} by n and the eigenproblem, whose cost is fixed, and {@code score} by n for the
 * network and by up to n² for the search, whose bank and queries both grow.
 */
@Command(name = "scaling", description = "Stages for growing data, and one against two executors.")
final class ScalingBenchmark implements Callable<Integer> {
  private static final String CATEGORY = BottleFiles.CATEGORY;
  private static final List<String> STAGES = List.of("inspect", "fit", "bank", "score", "measure");

  /** Where the images come from. */
  private enum Images {
    generated,
    real
  }

  @Mixin private BottleFiles files;

  @Option(
      names = "--images",
      defaultValue = "generated",
      description =
          "generated, or real: an eighth, a quarter, half and all of bottle (default:"
              + " ${DEFAULT-VALUE}).")
  private Images images;

  @Option(
      names = "--factors",
      split = ",",
      defaultValue = "1,2,4,8",
      description =
          "How many times the smallest data; the executors take the last (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> factors;

  private Path work;

  @Override
  public Integer call() throws IOException {
    try (WorkFolder folder = new WorkFolder()) {
      work = folder.path();
      switch (images) {
        case generated -> generated();
        case real -> real();
      }
    }
    return 0;
  }

  private void generated() throws IOException {
    for (int factor : factors) {
      DemoDataset.generate(
          data(factor),
          new DemoDataset.Options(512, 40 * factor, 6 * factor, 3 * factor, 1),
          List.of(CATEGORY));
    }
    Architecture architecture = Architecture.RESNET50;
    run(
        "generated",
        BackboneModel.build(EmbeddingSpec.of(architecture), SeededWeights.of(architecture, 1)));
  }

  private void real() throws IOException {
    Path all = files.mvtecAd().resolve(CATEGORY);
    for (int factor : factors) {
      linkEvery(8 / factor, all, data(factor).resolve(CATEGORY));
    }
    run("real", files.backbone());
  }

  private Path data(int factor) {
    return work.resolve("data-" + factor);
  }

  private void run(String name, BackboneModel backbone) throws IOException {
    try (SparkSession spark = Sparks.local(Runtime.getRuntime().availableProcessors())) {
      evaluate(spark, backbone, 1, name + "-warm-up");
      System.out.printf(
          Locale.ROOT, "%n%s images, seconds by stage (and times those of 1x)%n", name);
      System.out.printf(Locale.ROOT, "%4s %6s %6s %16s", "", "train", "test", "all");
      STAGES.forEach(stage -> System.out.printf(Locale.ROOT, " %16s", stage));
      System.out.println();
      CategoryResult first = null;
      for (int factor : factors) {
        CategoryResult result = evaluate(spark, backbone, factor, name + "-" + factor);
        first = first == null ? result : first;
        print(factor, result, first);
      }
    }
    twoExecutors(name, backbone);
  }

  private static void print(int factor, CategoryResult result, CategoryResult first) {
    System.out.printf(
        Locale.ROOT, "%3dx %6d %6d", factor, result.trainImages(), result.testImages());
    print(result.seconds(), first.seconds());
    for (String stage : STAGES) {
      print(result.stageSeconds().get(stage), first.stageSeconds().get(stage));
    }
    System.out.println();
  }

  private static void print(double seconds, double first) {
    System.out.printf(Locale.ROOT, " %8.2f (%4.1fx)", seconds, seconds / first);
  }

  private void twoExecutors(String name, BackboneModel backbone) throws IOException {
    double one = onCluster(1, backbone, name + "-one");
    double two = onCluster(2, backbone, name + "-two");
    System.out.printf(
        Locale.ROOT,
        "%dx: one executor of one core %.1f s, two %.1f s: %.2f times as fast%n",
        factors.get(factors.size() - 1),
        one,
        two,
        one / two);
    try (SparkSession spark = Sparks.local(1)) {
      assertThat(maps(spark, name + "-two")).isEqualTo(maps(spark, name + "-one"));
    }
    assertThat(WorkFolder.figures(work.resolve(name + "-two")))
        .isEqualTo(WorkFolder.figures(work.resolve(name + "-one")));
    System.out.println("figures and maps are identical");
  }

  private double onCluster(int executors, BackboneModel backbone, String out) throws IOException {
    try (SparkSession spark = LocalCluster.start(executors, 1, Map.of())) {
      evaluate(spark, backbone, factors.get(0), out + "-warm-up");
      return evaluate(spark, backbone, factors.get(factors.size() - 1), out).seconds();
    }
  }

  private List<String> maps(SparkSession spark, String out) {
    return spark
        .read()
        .parquet(work.resolve(out).resolve("maps").toString())
        .orderBy("category", "path")
        .toJSON()
        .collectAsList();
  }

  private CategoryResult evaluate(
      SparkSession spark, BackboneModel backbone, int factor, String out) {
    return new EvaluateDataset(spark)
        .data(data(factor).toString())
        .backbone(backbone)
        .out(work.resolve(out).toString())
        .execute()
        .report()
        .categories()
        .get(0);
  }

  private static void linkEvery(int step, Path from, Path to) throws IOException {
    for (String split : List.of("train", "test")) {
      try (Stream<Path> folders = Files.list(from.resolve(split))) {
        for (Path folder : folders.sorted().toList()) {
          List<Path> images;
          try (Stream<Path> files = Files.list(folder)) {
            images = files.sorted().toList();
          }
          for (int i = 0; i < images.size(); i += step) {
            link(images.get(i), to.resolve(from.relativize(images.get(i)).toString()));
          }
        }
      }
    }
    link(from.resolve("ground_truth"), to.resolve("ground_truth"));
  }

  private static void link(Path target, Path link) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
  }
}
