package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.console.ResultTable;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labels without masks: the carpet lacks one mask and the bottle all of them, the tile has all.
 * Scores need no mask, so that figures of images are those of the complete data set.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingMasksTest {
  private static final List<String> CATEGORIES = List.of("bottle", "carpet", "tile");

  private SparkSession spark;
  private Path work;
  private Path data;
  private String firstMask;
  private int carpetDefects;
  private List<CategoryResult> complete;
  private RunResult evaluated;
  private Path maps;

  @BeforeAll
  void evaluateOnce(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = directory.resolve("data");
    DemoDataset.generate(data, new DemoDataset.Options(64, 9, 2, 2, 7L), CATEGORIES);
    complete = evaluate("complete", data, EvaluationOptions.builder()).report().categories();
    List<Path> masks = files(data.resolve("carpet/ground_truth"));
    carpetDefects = masks.size();
    firstMask = data.resolve("carpet").relativize(masks.get(0)).toString();
    Files.delete(masks.get(0));
    for (Path mask : files(data.resolve("bottle/ground_truth"))) {
      Files.delete(mask);
    }
    evaluated = evaluate("evaluated", data, EvaluationOptions.builder().visualizations(1));
    maps =
        EvaluatedMaps.write(
            EvaluatedMaps.read(spark, work.resolve("complete")),
            work.resolve("npy"),
            ".npy",
            MapFiles::npy);
  }

  @Test
  void noImageIsLeftOut() {
    assertThat(evaluated.complete()).isTrue();
    assertThat(evaluated.report().quarantines()).isEmpty();
    assertThat(evaluated.report().categories())
        .extracting(CategoryResult::testImages)
        .isEqualTo(complete.stream().map(CategoryResult::testImages).toList());
  }

  @Test
  void imageFiguresAreThoseOfTheCompleteDataSet() {
    for (String category : CATEGORIES) {
      assertSameImageFigures(metrics(evaluated, category), metrics(complete, category));
      assertThat(metrics(evaluated, category).imageAuroc().getAsDouble())
          .isCloseTo(auroc(category), within(1e-12));
    }
  }

  @Test
  void pixelFiguresAreAbsentForTheTrueReason() {
    assertThat(metrics(evaluated, "tile")).isEqualTo(metrics(complete, "tile"));
    String carpet =
        "1 of the " + carpetDefects + " defective test images has no mask (" + firstMask;
    assertThat(reason(metrics(evaluated, "carpet"))).startsWith(carpet + " is absent)");
    assertThat(reason(metrics(evaluated, "bottle")))
        .startsWith("None of the ")
        .contains("defective test images has a mask (the first: ground_truth/");
    CategoryMetrics metrics = metrics(evaluated, "carpet");
    assertThat(
            List.of(
                metrics.pixel().auroc(),
                metrics.pixel().auprcTrapezoid(),
                metrics.aupro30(),
                metrics.aupro05(),
                metrics.aupimo(),
                metrics.pixelBestF1().f1(),
                metrics.fprAt95Tpr()))
        .containsOnly(metrics.pixel().auprc());
    assertThat(metrics.pixelAuprcCi95()).isEmpty();
    assertThat(metrics.curves().points()).isEmpty();
  }

  @Test
  void aKindOfDefectWithAllMasksKeepsItsFigures() {
    String incomplete = firstMask.split("/", -1)[1];
    metrics(complete, "carpet")
        .byDefect()
        .forEach(
            (kind, before) -> {
              var now = metrics(evaluated, "carpet").byDefect().get(kind);
              assertThat(now.imageAuroc()).isEqualTo(before.imageAuroc());
              if (kind.equals(incomplete)) {
                assertThat(now.pixelAuprc().isPresent()).isFalse();
              } else {
                assertThat(now).isEqualTo(before);
              }
            });
  }

  @Test
  void mapsInFilesGiveTheSame() {
    RunResult measured = measure("measured", data, EvaluationOptions.builder());

    assertThat(measured.complete()).isTrue();
    for (String category : CATEGORIES) {
      assertThat(metrics(measured, category)).isEqualTo(metrics(evaluated, category));
    }
  }

  @Test
  void exactModeMeasuresWhatThereIs() {
    RunResult exact =
        measure("exact", data, EvaluationOptions.builder().exactMetrics(true).resolution(32));

    assertThat(metrics(exact, "tile").exact()).isTrue();
    assertThat(metrics(exact, "carpet").exact()).isFalse();
    assertThat(reason(metrics(exact, "carpet"))).contains(firstMask);
    assertThat(metrics(exact, "carpet").imageAuroc().isPresent()).isTrue();
  }

  @Test
  void anApproximateSearchIsCheckedAllTheSame() {
    RunResult ivf =
        evaluate("ivf", data, EvaluationOptions.builder().search(new IvfMethod(4, 2, 1)));

    assertThat(ivf.report().categories())
        .allSatisfy(
            category ->
                assertThat(category.search().orElseThrow().recallAt1()).isBetween(0.5, 1.0));
    assertThat(result(ivf.report().categories(), "bottle").search().orElseThrow().change().reason())
        .contains("has a mask");
    assertThat(result(ivf.report().categories(), "tile").search().orElseThrow().change().value())
        .isPresent();
  }

  @Test
  void tablesHaveNoFigureAndTheReportsTheReason() throws IOException {
    Path out = work.resolve("evaluated");
    Row carpet =
        spark.read().parquet(out.resolve("metrics").toString()).collectAsList().stream()
            .filter(row -> row.getAs("category").equals("carpet"))
            .findFirst()
            .orElseThrow();
    assertThat(carpet.isNullAt(carpet.fieldIndex("pixel_auprc"))).isTrue();
    assertThat(carpet.isNullAt(carpet.fieldIndex("aupimo"))).isTrue();
    assertThat(carpet.<Double>getAs("image_auroc")).isBetween(0.0, 1.0);
    assertThat(Files.readString(out.resolve("metrics.json")))
        .contains("\"pixel_auprc_reason\" : \"1 of the ", "\"mean_without\"");
    assertThat(Files.readString(out.resolve("curves/carpet.json")))
        .contains("The image has no mask: " + firstMask);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("No pixel figure: 1 of the ", "without bottle, carpet");
    assertThat(ResultTable.render(evaluated.report(), evaluated.comparison(), false))
        .contains(
            "carpet has no pixel figure: 1 of the ",
            "The mean of any pixel figure is over 1 of 3 categories, without bottle, carpet, which"
                + " have none.");
  }

  @Test
  void meansArePixelFiguresOfTheCompleteCategoriesAndImageFiguresOfAll() {
    assertThat(evaluated.report().mean(CategoryResult::pixelAuprc).get())
        .isEqualTo(metrics(complete, "tile").pixel().auprc().getAsDouble());
    double sum = 0;
    for (CategoryResult category : complete) {
      sum += category.imageAuroc().get();
    }
    assertThat(evaluated.report().mean(CategoryResult::imageAuroc).get())
        .isCloseTo(sum / 3, within(1e-12));
  }

  @Test
  void defectsWithoutAMaskAreDrawnByTheirScore() throws IOException {
    try (Stream<Path> drawn = Files.list(work.resolve("evaluated/pictures/bottle"))) {
      assertThat(drawn.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("worst-1-"))
          .anyMatch(name -> name.startsWith("best-1-"))
          .anyMatch(name -> name.startsWith("normal-1-"));
    }
    assertThat(Files.readString(work.resolve("evaluated/report.html")))
        .contains("found worst by the score of the image, which has no mask");
  }

  @Test
  void aTestSetOfOneLabelHasNoRankFigures() throws IOException {
    Path onlyGood = copy("only-good");
    delete(onlyGood.resolve("tile/ground_truth"));
    for (Path kind : folders(onlyGood.resolve("tile/test"))) {
      if (!kind.endsWith("good")) {
        delete(kind);
      }
    }
    Path onlyDefective = copy("only-defective");
    delete(onlyDefective.resolve("tile/test/good"));

    CategoryMetrics good = metrics(measure("good", onlyGood, EvaluationOptions.builder()), "tile");
    CategoryMetrics defective =
        metrics(measure("defective", onlyDefective, EvaluationOptions.builder()), "tile");

    assertThat(good.imageAuroc()).isEqualTo(new Estimate.Undefined("No test image shows a defect"));
    assertThat(good.pixel().auprc().isPresent()).isFalse();
    assertThat(defective.imageAuroc())
        .isEqualTo(new Estimate.Undefined("Every test image shows a defect"));
    assertThat(defective.imageAveragePrecision().getAsDouble()).isEqualTo(1);
    assertThat(defective.pixel().auprc().isPresent()).isTrue();
  }

  @Test
  void aCategoryWithoutTestImagesIsRefusedByNameBeforeAnythingIsWritten() throws IOException {
    Path noTests = copy("no-tests");
    for (Path kind : folders(noTests.resolve("tile/test"))) {
      delete(kind);
    }

    assertThatThrownBy(() -> evaluate("no-tests-out", noTests, EvaluationOptions.builder()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Category 'tile' has no test images in " + noTests);
    delete(noTests.resolve("tile/ground_truth")); // masks alone would do for maps
    assertThatThrownBy(() -> measure("no-tests-out", noTests, EvaluationOptions.builder()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Category 'tile' has no test images");
    assertThat(work.resolve("no-tests-out")).doesNotExist();
  }

  @Test
  void aCategoryOfWhichNoTestImageCanBeReadFails() throws IOException {
    Path broken = copy("broken");
    for (Path kind : folders(broken.resolve("tile/test"))) {
      for (Path image : files(kind)) {
        Files.write(image, new byte[0]);
      }
    }

    RunResult result =
        evaluate("broken-out", broken, EvaluationOptions.builder().maxQuarantined(1));

    assertThat(result.report().failed())
        .extracting(FailedCategory::category)
        .containsExactly("tile");
    assertThat(result.report().failed().get(0).reason())
        .startsWith("No test image of category tile can be used; the first is test/")
        .contains("The file is empty");
  }

  private static void assertSameImageFigures(CategoryMetrics now, CategoryMetrics before) {
    assertThat(now.imageAuroc()).isEqualTo(before.imageAuroc());
    assertThat(now.imageAveragePrecision()).isEqualTo(before.imageAveragePrecision());
    assertThat(now.imageBestF1()).isEqualTo(before.imageBestF1());
    assertThat(now.imageAurocCi95()).isEqualTo(before.imageAurocCi95()).isPresent();
  }

  /** Over all pairs of a defective image and a good one in the table of maps. */
  private double auroc(String category) {
    List<Row> images =
        spark.read().parquet(work.resolve("evaluated/maps").toString()).collectAsList().stream()
            .filter(row -> row.getAs("category").equals(category))
            .toList();
    double found = 0;
    int pairs = 0;
    for (Row defective : images) {
      for (Row good : images) {
        if (defective.<Boolean>getAs("defective") && !good.<Boolean>getAs("defective")) {
          pairs++;
          float difference =
              defective.<Float>getAs("image_score") - good.<Float>getAs("image_score");
          found += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        }
      }
    }
    return found / pairs;
  }

  private static String reason(CategoryMetrics metrics) {
    return ((Estimate.Undefined) metrics.pixel().auprc()).reason();
  }

  private static CategoryMetrics metrics(RunResult result, String category) {
    return metrics(result.report().categories(), category);
  }

  private static CategoryMetrics metrics(List<CategoryResult> results, String category) {
    return result(results, category).metrics();
  }

  private static CategoryResult result(List<CategoryResult> results, String category) {
    return results.stream().filter(r -> r.category().equals(category)).findFirst().orElseThrow();
  }

  private RunResult evaluate(String name, Path from, EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(from.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(name).toString())
        .options(options.build())
        .execute();
  }

  private RunResult measure(String name, Path from, EvaluationOptions.Builder options) {
    return new MeasureMaps(spark)
        .maps(maps.toString())
        .data(from.toString())
        .out(work.resolve(name).toString())
        .options(options.build().measure())
        .options(options.build().run())
        .execute();
  }

  /** The tile alone, which has all of its masks. */
  private Path copy(String name) throws IOException {
    Path folder = work.resolve(name);
    for (Path file : files(data.resolve("tile"))) {
      Path to = folder.resolve(data.relativize(file));
      Files.createDirectories(to.getParent());
      Files.copy(file, to);
    }
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> content = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.sorted(Comparator.reverseOrder()).forEach(content::add);
    }
    for (Path path : content) {
      Files.delete(path);
    }
  }
}
