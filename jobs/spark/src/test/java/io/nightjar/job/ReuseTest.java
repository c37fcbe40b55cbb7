package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.json.JsonDocument;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a run takes from a store is what it would have computed, to the bit. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReuseTest {
  private static final String CATEGORY = "bottle";

  private SparkSession spark;
  private Path work;
  private Path first;
  private TinyEvaluation expected;
  private Path data;
  private Path store;
  private int runs;
  private String lastFresh;

  @BeforeAll
  void keepAll(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(work.resolve("data-0"));
    first = work.resolve("first");
    TinyEvaluation.run(
        spark,
        evaluation(TinyEvaluation.options()).categories(List.of()).reuse(first.toString()),
        first);
    expected = fresh(TinyEvaluation.options());
  }

  /** Each test has a data set and a store of its own, as the first run left them. */
  @BeforeEach
  void copy() throws IOException {
    runs++;
    data = TinyDataset.generate(work.resolve("data-" + runs));
    store = work.resolve("store-" + runs);
    copy(first.resolve(ArtifactStore.FOLDER), store.resolve(ArtifactStore.FOLDER));
  }

  @Test
  void whereNothingChangedAllFiguresAreTaken() throws IOException {
    assertThat(run("same", TinyEvaluation.options())).isEqualTo(expected);

    assertThat(reuse("same")).containsEntry("figures", true);
    assertThat(stages("same")).containsOnlyKeys("hash", "reuse");
    assertThat(work.resolve("same/curves/bottle.json"))
        .hasSameBinaryContentAs(first.resolve("curves/bottle.json"));
  }

  @Test
  void howTheWorkIsSpreadIsNoReasonToComputeAgain() throws IOException {
    run("spread", TinyEvaluation.options().partitions(3).concurrentCategories(1));

    assertThat(reuse("spread")).containsEntry("figures", true);
  }

  @Test
  void ofOneNewTestImageOneIsComputed() throws IOException {
    Path test = data.resolve("bottle/test/good");
    Files.copy(image(data.resolve("bottle/train/good"), 0), test.resolve("new.png"));

    TinyEvaluation grown = run("grown", TinyEvaluation.options());

    assertThat(reuse("grown"))
        .containsEntry("figures", false)
        .containsEntry("bank", true)
        .containsEntry("images_computed", 1)
        .containsEntry("changed_options", List.of());
    assertThat(reuse("grown").get("images_counted")).isEqualTo(reuse("grown").get("images_taken"));
    // The bank is neither built nor gathered.
    assertThat(stages("grown")).containsOnlyKeys("hash", "reuse", "inspect", "score", "measure");
    assertThat(grown).isEqualTo(fresh(TinyEvaluation.options()));
    assertThat(grown).isNotEqualTo(expected);
    assertThat(work.resolve("grown/curves/bottle.json"))
        .hasSameBinaryContentAs(work.resolve(lastFresh + "/curves/bottle.json"));
  }

  @Test
  void aMaskThatChangedIsCountedAgainAndNoImageIsSearched() throws IOException {
    try (Stream<Path> masks = Files.walk(data.resolve("bottle/ground_truth"))) {
      List<Path> all = masks.filter(Files::isRegularFile).sorted().toList();
      Files.copy(all.get(0), all.get(all.size() - 1), StandardCopyOption.REPLACE_EXISTING);
    }

    TinyEvaluation masked = run("masked", TinyEvaluation.options());

    assertThat(reuse("masked"))
        .containsEntry("bank", true)
        .containsEntry("figures", false)
        .containsEntry("images_computed", 0);
    assertThat(stages("masked")).doesNotContainKeys("fit", "bank");
    assertThat(masked).isEqualTo(fresh(TinyEvaluation.options()));
  }

  @Test
  void aDamagedBankIsNamedAndBuiltAgainWhereOneImageIsSearched() throws IOException {
    Path test = data.resolve("bottle/test/good");
    Files.copy(image(data.resolve("bottle/train/good"), 0), test.resolve("new.png"));
    try (Stream<Path> files = Files.walk(store.resolve(ArtifactStore.FOLDER).resolve("banks"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }

    TinyEvaluation grown = run("rebuilt", TinyEvaluation.options());

    assertThat(reuse("rebuilt")).containsEntry("bank", false);
    assertThat(reuse("rebuilt").get("faults").toString()).contains("The stored banks/");
    assertThat(grown).isEqualTo(fresh(TinyEvaluation.options()));
  }

  @Test
  void anImageThatIsGoneLeavesTheCountsOfOthersAsTheyAre() throws IOException {
    Path test = data.resolve("bottle/test/good");
    Files.delete(image(test, 0));

    TinyEvaluation smaller = run("smaller", TinyEvaluation.options());

    assertThat(reuse("smaller")).containsEntry("images_computed", 0).containsEntry("bank", true);
    assertThat(smaller).isEqualTo(fresh(TinyEvaluation.options()));
  }

  @Test
  void otherMetricsTakeTheDistances() throws IOException {
    EvaluationOptions.Builder options = TinyEvaluation.options().resolution(32).exactMetrics(true);

    TinyEvaluation measured = run("measured", options);

    assertThat(reuse("measured")).containsEntry("images_computed", 0).containsEntry("bank", true);
    assertThat(measured).isEqualTo(fresh(options));
  }

  @Test
  void anotherImageScoreTakesTheCountsAndNoFigureOfTheFirst() throws IOException {
    EvaluationOptions.Builder options = TinyEvaluation.options().imageScore(ImageScoreKind.TOP3);

    TinyEvaluation ranked = run("ranked", options);

    assertThat(reuse("ranked"))
        .containsEntry("figures", false)
        .containsEntry("images_computed", 0)
        .containsEntry("changed_options", List.of("--image-score from max to top3"));
    assertThat(reuse("ranked").get("images_counted"))
        .isEqualTo(reuse("ranked").get("images_taken"));
    assertThat(ranked).isEqualTo(fresh(options)).isNotEqualTo(expected);
    Dataset<Row> maps = spark.read().parquet(work.resolve("ranked/maps").toString());
    assertThat(maps.filter("image_score = image_score_top3").count()).isEqualTo(maps.count());
    assertThat(maps.filter("image_score = image_score_max").count()).isLessThan(maps.count());
  }

  @Test
  void moreNeighboursTakeTheBank() throws IOException {
    EvaluationOptions.Builder options = TinyEvaluation.options().neighbours(3);

    TinyEvaluation searched = run("searched", options);

    assertThat(reuse("searched"))
        .containsEntry("images_taken", 0)
        .containsEntry("bank", true)
        .containsEntry("changed_options", List.of("--neighbours from 1 to 3"));
    assertThat(searched).isEqualTo(fresh(options));
  }

  @Test
  void withoutCountsImagesAreCountedAgainAndNotSearched() throws IOException {
    Path empty = work.resolve("uncounted-store");
    EvaluationOptions.Builder options = TinyEvaluation.options();
    TinyEvaluation.run(
        spark,
        evaluation(options).keepCounts(false).reuse(empty.toString()),
        work.resolve("uncounted"));
    assertThat(empty.resolve(ArtifactStore.FOLDER)).isDirectoryNotContaining("glob:**/count*");
    EvaluationOptions.Builder smooth = TinyEvaluation.options().smoothing(3);

    TinyEvaluation counted =
        TinyEvaluation.run(
            spark,
            evaluation(smooth).keepCounts(false).reuse(empty.toString()),
            work.resolve("uncounted-smooth"));

    assertThat(reuse("uncounted-smooth"))
        .containsEntry("images_taken", testImages())
        .containsEntry("images_counted", 0)
        .containsEntry("images_computed", 0);
    assertThat(counted).isEqualTo(fresh(smooth));
  }

  @Test
  void oneSearchKeepsTheDistancesOfOtherNumbersOfNeighbours() throws IOException {
    Path empty = work.resolve("neighbours-store");
    TinyEvaluation.run(
        spark,
        evaluation(TinyEvaluation.options())
            // More than the bank has rows are left out.
            .alsoKeepNeighbours(List.of(1, 3, 100_000))
            .reuse(empty.toString()),
        work.resolve("one"));

    TinyEvaluation three = run("three", empty, TinyEvaluation.options().neighbours(3));

    assertThat(reuse("three"))
        .containsEntry("images_taken", testImages())
        .containsEntry("images_computed", 0);
    assertThat(three).isEqualTo(fresh(TinyEvaluation.options().neighbours(3)));
    assertThat(run("one-again", empty, TinyEvaluation.options())).isEqualTo(expected);
  }

  @Test
  void aCoresetIsKeptAndTakenWithItsNote() throws IOException {
    EvaluationOptions.Builder options =
        TinyEvaluation.options().coreset(new CoresetOptions(0.5, CoresetMethod.GREEDY, 1));
    TinyEvaluation built = run("coreset", options);
    assertThat(reuse("coreset")).containsEntry("bank", false);
    assertThat(built).isEqualTo(fresh(options));

    TinyEvaluation taken = run("coreset-3", options.neighbours(3));

    assertThat(reuse("coreset-3")).containsEntry("bank", true);
    assertThat(notes("coreset-3")).isEqualTo(notes("coreset"));
    assertThat(taken).isEqualTo(fresh(options));
  }

  @Test
  void aChangedTrainingImageChangesTheBank() throws IOException {
    Path train = data.resolve("bottle/train/good");
    Files.copy(image(train, 0), image(train, 1), StandardCopyOption.REPLACE_EXISTING);

    TinyEvaluation trained = run("trained", TinyEvaluation.options());

    assertThat(reuse("trained")).containsEntry("bank", false).containsEntry("images_taken", 0);
    assertThat(trained).isEqualTo(fresh(TinyEvaluation.options()));
  }

  @Test
  void ofAChangedTrainingImageTheEmbeddingsOfTheOthersAreTaken() throws IOException {
    Path folder = work.resolve("embedded-store");
    embedded(folder, "embedded");
    Path embeddings = folder.resolve(ArtifactStore.FOLDER).resolve("embeddings");
    Path train = data.resolve("bottle/train/good");
    List<Path> images = list(train);
    int test = testImages();
    // Those of test images are kept where taking them gives the same bits as computing them.
    boolean ofTest = Embedders.reducesMaps(TinyDataset.backbone().spec(), DeviceRequest.CPU);
    assertThat(list(embeddings)).hasSize(images.size() + (ofTest ? test : 0));
    assertThat(reuse(work.resolve("embedded"), CATEGORY)).containsEntry("embeddings_taken", 0);
    // The one embedding that is not taken, one that is damaged, and one that is gone.
    Files.copy(image(data.resolve("bottle/test/good"), 0), train.resolve("0new.png"));
    damage(list(embeddings).get(0));
    Files.delete(list(embeddings).get(1));

    TinyEvaluation trained = embedded(folder, "retrained");

    assertThat(reuse(work.resolve("retrained"), CATEGORY).get("faults").toString())
        .contains("The stored embeddings/", "was altered or cut short");
    assertThat(trained).isEqualTo(fresh(TinyEvaluation.options()));
    // The new image has the contents of a test image, whose embeddings may have been there.
    assertThat(list(embeddings)).hasSize(images.size() + (ofTest ? test : 1));
    assertThat(reuse(work.resolve("retrained"), CATEGORY))
        .containsEntry("images_computed", test)
        .containsEntry("embeddings_taken", images.size() - 2 + (ofTest ? test + 1 : 0));
  }

  @Test
  void ofChunksThatDidNotChangeTheCovariancesAreTaken() throws IOException {
    Path folder = work.resolve("summed-store");
    EvaluationOptions.Builder options = TinyEvaluation.options().chunkImages(4).batchImages(2);
    embedded(folder, "summed", options);
    Path covariances = folder.resolve(ArtifactStore.FOLDER).resolve("covariances");
    Path train = data.resolve("bottle/train/good");
    int chunks = (list(train).size() + 3) / 4;
    assertThat(list(covariances)).hasSize(chunks);
    // An image behind the others changes the last chunk alone, or begins one.
    int whole = list(train).size() / 4;
    Files.copy(image(data.resolve("bottle/test/good"), 0), train.resolve("zz.png"));

    TinyEvaluation appended = embedded(folder, "appended", options);

    assertThat(appended).isEqualTo(fresh(options));
    assertThat(reuse(work.resolve("appended"), CATEGORY))
        .containsEntry("bank", false)
        .containsEntry("covariances_taken", whole)
        .containsEntry("faults", List.of());

    // One that is damaged is named, and computed again.
    list(covariances).forEach(ReuseTest::damage);
    Files.copy(image(data.resolve("bottle/test/good"), 1), train.resolve("zzz.png"));

    TinyEvaluation mended = embedded(folder, "mended-sums", options);

    assertThat(mended).isEqualTo(fresh(options));
    assertThat(reuse(work.resolve("mended-sums"), CATEGORY)).containsEntry("covariances_taken", 0);
    assertThat(reuse(work.resolve("mended-sums"), CATEGORY).get("faults").toString())
        .contains("The stored covariances/", "was altered or cut short");
  }

  @Test
  void anImageInFrontOfTheOthersChangesTheChunksNearItAlone() throws IOException {
    Path folder = work.resolve("fronted-store");
    EvaluationOptions.Builder options = TinyEvaluation.options().chunkImages(2).batchImages(2);
    embedded(folder, "unfronted", options);
    Path covariances = folder.resolve(ArtifactStore.FOLDER).resolve("covariances");
    Path train = data.resolve("bottle/train/good");
    int chunks = list(covariances).size();
    Files.copy(image(data.resolve("bottle/test/good"), 0), train.resolve("0front.png"));

    TinyEvaluation fronted = embedded(folder, "fronted", options);

    assertThat(fronted).isEqualTo(fresh(options));
    int more = list(covariances).size() - chunks;
    assertThat(more).isPositive().isLessThan(chunks);
    Object taken = reuse(work.resolve("fronted"), CATEGORY).get("covariances_taken");
    assertThat((Integer) taken).isPositive();
  }

  private TinyEvaluation embedded(Path folder, String out) {
    return embedded(folder, out, TinyEvaluation.options());
  }

  private TinyEvaluation embedded(Path folder, String out, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(
        spark,
        evaluation(options).reuse(folder.toString()).keepEmbeddings(true),
        work.resolve(out));
  }

  private int testImages() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("bottle/test"))) {
      return (int) files.filter(Files::isRegularFile).count();
    }
  }

  private static void damage(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keptEmbeddingsNeedAStore() {
    EvaluateDataset evaluation =
        evaluation(TinyEvaluation.options())
            .out(work.resolve("nowhere").toString())
            .keepEmbeddings(true);

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--reuse none");
  }

  @Test
  void damagedArtefactsAreNamedAndComputedAgain() throws IOException {
    List<Path> damaged = new ArrayList<>();
    for (String kind :
        List.of("figures", "distances", "counted", "counts", "inspections", "banks")) {
      try (Stream<Path> files = Files.walk(store.resolve(ArtifactStore.FOLDER).resolve(kind))) {
        for (Path file :
            files
                .filter(path -> path.toString().matches(".*(\\.bin|\\.parquet)"))
                .filter(path -> !path.toString().contains("/pca/"))
                .toList()) {
          damage(file);
          damaged.add(file);
        }
      }
    }
    assertThat(damaged).hasSizeGreaterThanOrEqualTo(6);

    assertThat(run("damaged", TinyEvaluation.options())).isEqualTo(expected);

    assertThat(reuse("damaged"))
        .containsEntry("figures", false)
        .containsEntry("images_taken", 0)
        .containsEntry("bank", false);
    assertThat(reuse("damaged").get("faults").toString())
        .contains(
            "The stored figures/",
            "The stored distances/",
            "The stored counted/",
            "The stored inspections/",
            "The stored banks/");
    assertThat(run("mended", TinyEvaluation.options())).isEqualTo(expected);
    assertThat(reuse("mended")).containsEntry("figures", true).containsEntry("faults", List.of());
  }

  @Test
  void foreignArtefactsAreNamedAndComputedAgain() throws IOException {
    List<Path> figures;
    try (Stream<Path> files = Files.list(store.resolve(ArtifactStore.FOLDER).resolve("figures"))) {
      figures = files.sorted().toList();
    }
    assertThat(figures).hasSize(2);
    byte[] one = Files.readAllBytes(figures.get(0));
    Files.write(figures.get(0), Files.readAllBytes(figures.get(1)));
    Files.write(figures.get(1), one);

    assertThat(run("foreign", TinyEvaluation.options())).isEqualTo(expected);

    assertThat(reuse("foreign").get("faults").toString()).contains("belongs to other inputs");
    assertThat(reuse("foreign")).containsEntry("images_computed", 0);
  }

  @Test
  void aBankWhoseFileIsGoneIsBuiltAgain() throws IOException {
    try (Stream<Path> files = Files.walk(store.resolve(ArtifactStore.FOLDER).resolve("banks"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
    EvaluationOptions.Builder options = TinyEvaluation.options().neighbours(2);

    assertThat(run("gone", options)).isEqualTo(fresh(options));

    assertThat(reuse("gone")).containsEntry("bank", false);
    assertThat(reuse("gone").get("faults").toString()).contains("is missing");
  }

  @Test
  void theStoreWithinTheFolderOfTheResultsSurvivesTheNextRun() throws IOException {
    Path out = work.resolve("nightly");
    run("nightly", out, TinyEvaluation.options());

    TinyEvaluation again =
        TinyEvaluation.run(
            spark, evaluation(TinyEvaluation.options()).reuse(out.toString()).overwrite(true), out);

    assertThat(again).isEqualTo(expected);
    assertThat(reuse("nightly")).containsEntry("figures", true);
    assertThat(Files.readString(out.resolve("run.json"))).doesNotContain("store.json");
  }

  private TinyEvaluation run(String name, EvaluationOptions.Builder options) {
    return run(name, store, options);
  }

  private TinyEvaluation run(String name, Path folder, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(
        spark, evaluation(options).reuse(folder.toString()), work.resolve(name));
  }

  private TinyEvaluation fresh(EvaluationOptions.Builder options) {
    lastFresh = "fresh-" + runs + "-" + System.nanoTime();
    return TinyEvaluation.run(spark, evaluation(options), work.resolve(lastFresh));
  }

  private EvaluateDataset evaluation(EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .options(options.build())
        .categories(List.of(CATEGORY));
  }

  private Map<String, Object> reuse(String name) throws IOException {
    return reuse(work.resolve(name), CATEGORY);
  }

  private static Map<String, Object> reuse(Path out, String category) throws IOException {
    return document(out).child("reuse").child("by_category").child(category).values();
  }

  private Map<String, Object> stages(String name) throws IOException {
    return document(work.resolve(name)).child("seconds_by_stage").child(CATEGORY).values();
  }

  private Object notes(String name) throws IOException {
    return document(work.resolve(name)).child("notes").values().get(CATEGORY);
  }

  private static JsonDocument document(Path out) throws IOException {
    return JsonDocument.parse(Files.readString(out.resolve("run.json")));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Path image(Path folder, int index) throws IOException {
    return list(folder).get(index);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
