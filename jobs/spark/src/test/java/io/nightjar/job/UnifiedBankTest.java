package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One bank of all categories' normal images. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnifiedBankTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SparkSession spark;
  private Path work;
  private Path data;
  private TinyEvaluation unified;

  @BeforeAll
  void evaluate(@TempDir Path directory) {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    spark = Sparks.local(2);
    unified = TinyEvaluation.run(spark, data, work.resolve("unified"), options().build());
  }

  private static EvaluationOptions.Builder options() {
    return TinyEvaluation.options().scope(BankScope.UNIFIED);
  }

  private EvaluateDataset evaluation(Path images, EvaluationOptions options) {
    return new EvaluateDataset(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .options(options);
  }

  private EvaluationReport report(Path images, String out, EvaluationOptions.Builder options) {
    return evaluation(images, options.build()).out(work.resolve(out).toString()).execute().report();
  }

  /** Every category learns from the images of all, which lie in its own folder. */
  @Test
  void isTheBankOfAllNormalImagesInOneFolder() throws IOException {
    Path merged = merged(work.resolve("merged"));

    assertThat(
            TinyEvaluation.run(
                spark, merged, work.resolve("in-one"), TinyEvaluation.options().build()))
        .isEqualTo(unified);
    CoresetOptions fifth = new CoresetOptions(0.2, CoresetMethod.GREEDY, 3);
    assertThat(
            TinyEvaluation.run(spark, data, work.resolve("thin"), options().coreset(fifth).build()))
        .isEqualTo(
            TinyEvaluation.run(
                spark,
                merged,
                work.resolve("thin-in-one"),
                TinyEvaluation.options().coreset(fifth).build()));
    assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
        .isEmpty();
  }

  @Test
  void aTestPatchFindsItsRowInTheOtherCategory() throws IOException {
    Path foreign = TinyDataset.generate(work.resolve("foreign"));
    Files.copy(
        foreign.resolve("carpet/train/good/003.png"), foreign.resolve("bottle/test/good/zzz.png"));

    double own = scoreOf("zzz.png", foreign, "own", TinyEvaluation.options());
    double shared = scoreOf("zzz.png", foreign, "shared", options());

    assertThat(own).isGreaterThan(1);
    assertThat(shared).isLessThan(own / 1000);
  }

  @Test
  void ofOneCategoryItIsTheCategorysOwn() {
    TinyEvaluation own = oneCategory("one-own", TinyEvaluation.options());

    assertThat(oneCategory("one-unified", options())).isEqualTo(own);
  }

  @Test
  void executorsShardsAndPartitionsChangeNothing() throws IOException {
    try (SparkSession cluster = LocalCluster.start(2, 1, Map.of())) {
      assertThat(
              TinyEvaluation.run(
                  cluster,
                  data,
                  work.resolve("cluster"),
                  options().partitions(3).broadcastLimit(16 * 1792).build()))
          .isEqualTo(unified);
    } finally {
      spark = Sparks.local(2);
    }
    JsonNode bank = run("cluster").get("banks").get("unified");
    assertThat(bank.get("placement").asText()).isEqualTo("sharded");
  }

  @Test
  void theRunTellsOfTheBankOnce() throws IOException {
    JsonNode run = run("unified");

    assertThat(run.get("options").get("scope").asText()).isEqualTo("unified");
    assertThat(run.get("banks").fieldNames()).toIterable().containsExactly("unified");
    JsonNode bank = run.get("banks").get("unified");
    assertThat(bank.get("rows").asLong()).isEqualTo(2 * 9 * 64);
    assertThat(bank.get("images").asInt()).isEqualTo(2 * 9);
    assertThat(bank.get("categories").asInt()).isEqualTo(2);
    assertThat(bank.get("seconds").asDouble()).isPositive();
    assertThat(bank.get("seconds_by_stage").fieldNames())
        .toIterable()
        .containsExactly("inspect", "fit", "bank");
    assertThat(run.get("seconds_by_stage").get("bottle").fieldNames())
        .toIterable()
        .containsExactly("inspect", "score", "measure");
    assertThat(run.get("notes").get("carpet").toString())
        .contains("one bank of 2 categories: 1152 rows from 18 normal images");
    assertThat(run.get("train_patches").get("by_category").fieldNames())
        .toIterable()
        .containsExactly("unified");
  }

  @Test
  void theResultTellsOfHowManyCategoriesTheBankIs() throws IOException {
    JsonNode categories =
        JSON.readTree(work.resolve("unified/metrics.json").toFile()).get("categories");

    assertThat(categories).hasSize(2);
    for (JsonNode category : categories) {
      assertThat(category.get("bank_categories").asInt()).isEqualTo(2);
      assertThat(category.get("bank_rows").asLong()).isEqualTo(2 * 9 * 64);
      assertThat(category.get("train_images").asInt()).isEqualTo(2 * 9);
    }
    assertThat(Files.readString(work.resolve("unified/report.html"))).contains("of 2 categories");
  }

  @Test
  void anApproximateSearchIsIndexedOnceAndCheckedByCategory() throws IOException {
    // All lists are looked through: nothing is missed.
    EvaluationReport report = report(data, "ivf", options().search(new IvfMethod(6, 6, 1)));

    assertThat(report.categories())
        .extracting(CategoryResult::metrics)
        .isEqualTo(unified.metrics().stream().map(category -> category.get(6)).toList());
    assertThat(report.categories()).allSatisfy(c -> assertThat(c.search()).isPresent());
    assertThat(run("ivf").get("banks").get("unified").get("seconds_by_stage").has("index"))
        .isTrue();
  }

  /** The hashes of all files read, those of the normal images too. */
  @Test
  void theDataHaveTheFingerprintOfOwnBanks() throws IOException {
    TinyEvaluation.run(spark, data, work.resolve("own-banks"), TinyEvaluation.options().build());

    assertThat(run("unified").get("data")).isEqualTo(run("own-banks").get("data"));
  }

  @Test
  void aStoredBankGivesTheFiguresOfOnePass() throws IOException {
    Path banks = work.resolve("banks");
    BankManifest manifest = build(data, banks, options()).built().get(0).manifest();
    Path testOnly = TinyDataset.generate(work.resolve("test-only"));
    for (String category : TinyDataset.CATEGORIES) {
      delete(testOnly.resolve(category).resolve("train"));
    }

    assertThat(manifest.category()).isEqualTo("unified");
    assertThat(manifest.images()).hasSize(18);
    assertThat(manifest.images().get(17).path()).isEqualTo("carpet/train/good/008.png");
    assertThat(manifest.sources()).containsExactly(data + "/bottle", data + "/carpet");
    for (String place : List.of("banks", "banks/unified@1")) {
      EvaluateDataset evaluation = evaluation(testOnly, TinyEvaluation.options().build());
      Path out = work.resolve("stored").resolve(place);
      assertThat(TinyEvaluation.run(spark, evaluation.bank(work.resolve(place).toString()), out))
          .isEqualTo(unified);
      JsonNode run = JSON.readTree(out.resolve("run.json").toFile());
      assertThat(run.get("options").get("scope").asText()).isEqualTo("unified");
      assertThat(run.get("banks").get("unified").get("version").asInt()).isEqualTo(1);
      assertThat(run.get("banks").get("unified").get("categories").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aBankWithoutImagesOfACategoryIsRefused() throws IOException {
    Path one = TinyDataset.generate(work.resolve("one"));
    delete(one.resolve("carpet"));
    Path banks = work.resolve("bank-of-one");
    build(one, banks, options());

    assertThatThrownBy(
            () ->
                evaluation(data, options().build())
                    .bank(banks.toString())
                    .out(work.resolve("refused").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("made of categories bottle, and has no image of carpet");
  }

  /** An empty file is found by its header, a cut one when it is embedded. */
  @Test
  void aCategoryTooDamagedFailsAloneAndLeavesNoRow() throws IOException {
    TinyEvaluation alone = oneCategory("alone", TinyEvaluation.options());
    for (String damage : List.of("empty", "cut")) {
      Path damaged = TinyDataset.generate(work.resolve(damage));
      Path image = damaged.resolve("carpet/train/good/004.png");
      byte[] bytes = Files.readAllBytes(image);
      Files.write(image, Arrays.copyOf(bytes, damage.equals("cut") ? bytes.length / 2 : 0));

      EvaluationReport report = report(damaged, damage + "-out", options());

      assertThat(report.failed())
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.category()).isEqualTo("carpet");
                assertThat(failed.reason())
                    .contains("1 of the", "images of category carpet are defective", "004.png");
                assertThat(failed.quarantined())
                    .singleElement()
                    .satisfies(file -> assertThat(file.path()).isEqualTo("train/good/004.png"));
              });
      CategoryResult bottle = report.categories().get(0);
      assertThat(bottle.bankRows()).isEqualTo(9 * 64);
      assertThat(bottle.metrics()).isEqualTo(alone.metrics().get(0).get(6));

      BuildBanks.Result built = build(damaged, work.resolve(damage + "-banks"), options());
      assertThat(built.failed()).hasSize(1);
      assertThat(built.built().get(0).manifest().rows()).isEqualTo(9 * 64);
    }
  }

  @Test
  void aDamagedImageCostsItsRowsAlone() throws IOException {
    Path damaged = TinyDataset.generate(work.resolve("one-image"));
    Files.write(damaged.resolve("carpet/train/good/004.png"), new byte[0]);
    Files.write(damaged.resolve("bottle/test/good/000.png"), new byte[0]);

    EvaluationReport report = report(damaged, "one-image-out", options().maxQuarantined(0.08));

    List<CategoryResult> results = report.categories();
    assertThat(results).extracting(CategoryResult::bankRows).contains(17L * 64);
    assertThat(results)
        .filteredOn(result -> result.category().equals("carpet"))
        .singleElement()
        .satisfies(
            carpet ->
                assertThat(carpet.quarantined())
                    .extracting(file -> file.path())
                    .containsExactly("train/good/004.png"));
  }

  @Test
  void whereNoBankCanBeMadeEveryCategoryFails() {
    EvaluationReport report =
        report(
            data,
            "too-small",
            options()
                .coreset(new CoresetOptions(0.9, CoresetMethod.RANDOM, 0))
                .broadcastLimit(1792));

    assertThat(report.categories()).isEmpty();
    assertThat(report.failed())
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.reason())
                    .contains("The bank of all categories was not made", "--broadcast-limit"));
  }

  @Test
  void aCategoryOfTheBanksNameIsRefused() throws IOException {
    Path named = TinyDataset.generate(work.resolve("named"));
    Files.move(named.resolve("carpet"), named.resolve("unified"));

    assertThatThrownBy(() -> report(named, "never", options()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("A category is called unified");
    assertThat(work.resolve("never")).doesNotExist();
  }

  private BuildBanks.Result build(Path images, Path banks, EvaluationOptions.Builder options) {
    return new BuildBanks(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .banks(banks.toString())
        .options(options.build())
        .execute();
  }

  private TinyEvaluation oneCategory(String out, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(
        spark, evaluation(data, options.build()).categories(List.of("bottle")), work.resolve(out));
  }

  private double scoreOf(String image, Path images, String out, EvaluationOptions.Builder options) {
    report(images, out, options);
    return spark
        .read()
        .parquet(work.resolve(out).resolve("maps").toString())
        .where("category = 'bottle' and path like '%" + image + "'")
        .selectExpr("cast(image_score as double)")
        .first()
        .getDouble(0);
  }

  private JsonNode run(String out) throws IOException {
    return JSON.readTree(work.resolve(out).resolve("run.json").toFile());
  }

  /** The tiny data set with every category's normal images in both categories' folders. */
  private static Path merged(Path folder) throws IOException {
    TinyDataset.generate(folder);
    Path all = Files.createDirectories(folder.resolveSibling("all-normal"));
    for (String category : TinyDataset.CATEGORIES) {
      for (Path image : files(folder.resolve(category).resolve("train/good"))) {
        Files.move(image, all.resolve(category + "_" + image.getFileName()));
      }
    }
    for (String category : TinyDataset.CATEGORIES) {
      for (Path image : files(all)) {
        Files.copy(
            image, folder.resolve(category).resolve("train/good").resolve(image.getFileName()));
      }
    }
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.toList());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
