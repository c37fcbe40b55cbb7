package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One bank of all categories' normal images. */
@Tag("slow")
class UnifiedBankTest extends UnifiedBankFixture {
  private TinyEvaluation unified;

  @BeforeAll
  void evaluate() {
    unified = TinyEvaluation.run(spark, data, work.resolve("unified"), options().build());
  }

  /** Every category learns from the images of all, which lie in its own folder. */
  @Test
  void isTheBankOfAllNormalImagesInOneFolder() throws IOException {
    Path merged = merged(work.resolve("merged"));
    CoresetOptions fifth = new CoresetOptions(0.2, CoresetMethod.GREEDY, 3);

    for (CoresetOptions coreset : List.of(CoresetOptions.FULL, fifth)) {
      EvaluationOptions.Builder own = TinyEvaluation.options();
      assertThat(inOneChunk("shared-" + coreset.ratio(), data, options().coreset(coreset)))
          .isEqualTo(inOneChunk("in-one-" + coreset.ratio(), merged, own.coreset(coreset)));
    }
    assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
        .isEmpty();
  }

  /** Chunks are cut by the names of files, and the sums over others differ in the last bits. */
  private TinyEvaluation inOneChunk(String name, Path folder, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(spark, folder, work.resolve(name), options.chunkImages(18).build());
  }

  @Test
  void aTestPatchFindsItsRowInTheOtherCategory() throws IOException {
    Path foreign = TinyDataset.generate(work.resolve("foreign"));
    Files.copy(
        foreign.resolve("carpet/train/good/003.png"), foreign.resolve("bottle/test/good/zzz.png"));

    double own =
        scoreOf(
            "zzz.png",
            "own",
            evaluation(foreign, TinyEvaluation.options().build()).categories(List.of("bottle")));
    double shared = scoreOf("zzz.png", "shared", evaluation(foreign, options().build()));

    assertThat(own).isGreaterThan(1);
    assertThat(shared).isLessThan(own / 1000);
  }

  @Test
  void ofOneCategoryItIsTheCategorysOwn() {
    TinyEvaluation own = oneCategory("one-own", TinyEvaluation.options());

    assertThat(oneCategory("one-unified", options())).isEqualTo(own);
  }

  @Test
  void theRunReportsTheBankOnce() throws IOException {
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

  /** Nothing is kept of it, and all images are computed whether there is a store or not. */
  @Test
  void inAStoreAllImagesAreComputed() throws IOException {
    Path out = work.resolve("with-store");
    EvaluateDataset evaluation = evaluation(data, options().build());

    assertThat(TinyEvaluation.run(spark, evaluation.reuse(out.toString()), out)).isEqualTo(unified);

    JsonNode reuse = run("with-store").get("reuse").get("by_category");
    JsonNode metrics = JSON.readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.get("categories")).hasSize(2);
    for (JsonNode category : metrics.get("categories")) {
      JsonNode own = reuse.get(category.get("category").asText());
      assertThat(own.get("images_computed")).isEqualTo(category.get("test_images"));
      assertThat(own.get("images_taken").asInt()).isZero();
      assertThat(own.get("bank").asBoolean()).isFalse();
    }
  }

  @Test
  void theResultSaysOfHowManyCategoriesTheBankIs() throws IOException {
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
    assertThat(manifest.locations()).containsExactly(data + "/bottle", data + "/carpet");
    for (String place : List.of("banks", "banks/unified@1")) {
      EvaluateDataset evaluation = evaluation(testOnly, TinyEvaluation.storedOptions().build());
      Path out = work.resolve("stored").resolve(place);
      assertThat(TinyEvaluation.run(spark, evaluation.bank(work.resolve(place).toString()), out))
          .isEqualTo(unified);
      JsonNode run = JSON.readTree(out.resolve("run.json").toFile());
      assertThat(run.get("options").get("scope").asText()).isEqualTo("unified");
      assertThat(run.get("notes").get("bottle").toString()).contains("It was loaded once");
      assertThat(run.get("banks").get("unified").get("version").asInt()).isEqualTo(1);
      assertThat(run.get("banks").get("unified").get("categories").asInt()).isEqualTo(2);
    }
    ExportBank export =
        new ExportBank(new Configuration())
            .bank(banks.resolve("unified").toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("unified.onnx").toString());
    assertThat(export.execute().withoutPValue().orElseThrow())
        .contains("one of all categories", "build a bank of each category");
  }

  private double scoreOf(String image, String out, EvaluateDataset evaluation) {
    evaluation.out(work.resolve(out).toString()).execute();
    return spark
        .read()
        .parquet(work.resolve(out).resolve("maps").toString())
        .where("category = 'bottle' and path like '%" + image + "'")
        .selectExpr("cast(image_score as double)")
        .first()
        .getDouble(0);
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
}
