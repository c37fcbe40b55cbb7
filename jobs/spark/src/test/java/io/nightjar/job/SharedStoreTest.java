package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.json.JsonDocument;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations, builds of banks and scorings share one store, which changes no bit of any. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedStoreTest {
  private static final String CATEGORY = "bottle";

  private SparkSession spark;
  private Path work;
  private Path data;
  private Path store;
  private BuiltBank built;

  @BeforeAll
  void evaluateAndBuild(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(work.resolve("data"));
    store = work.resolve("store");
    evaluate("evaluated", TinyEvaluation.options());
    built = builder("banks").execute().built().get(0);
  }

  @Test
  void aBankThatAnEvaluationBuiltIsCopied() {
    BuiltBank copied = builder("copied").reuse(store.toString()).execute().built().get(0);

    assertThat(copied.reused()).isEqualTo("taken from the store");
    assertThat(stored(copied).contents()).isEqualTo(stored(built).contents());
    assertThat(rows(copied.manifest())).isEqualTo(rows(built.manifest()));
    assertThat(copied.manifest().images())
        .extracting(BankManifest.Image::path, BankManifest.Image::sha256)
        .isEqualTo(
            built.manifest().images().stream()
                .map(image -> tuple(image.path(), image.sha256()))
                .toList());
    assertThat(copied.manifest().inputs()).isEqualTo(built.manifest().inputs());
    // Every file is verified, and holds the images that the manifest says.
    assertThat(stored(copied).memoryBank().rows()).isEqualTo((int) built.manifest().rows());
  }

  @Test
  void otherOptionsBuildAnotherBank() {
    BuiltBank other =
        builder("other")
            .options(BankOptions.DEFAULT.withVariance(0.5))
            .reuse(store.toString())
            .execute()
            .built()
            .get(0);

    assertThat(other.reused()).isEmpty();
    assertThat(other.manifest().dimension()).isLessThan(built.manifest().dimension());
  }

  @Test
  void aKeptBankThatIsDamagedIsNamedAndBuilt() throws IOException {
    Path own = work.resolve("damaged-store");
    evaluation(TinyEvaluation.options())
        .reuse(own.toString())
        .out(work.resolve("damaged").toString())
        .execute();
    try (Stream<Path> files = Files.walk(own.resolve(ArtifactStore.FOLDER).resolve("banks"))) {
      Path rows = files.filter(file -> file.toString().endsWith(".parquet")).toList().get(0);
      byte[] bytes = Files.readAllBytes(rows);
      bytes[bytes.length / 2] ^= 1;
      Files.write(rows, bytes);
    }

    BuiltBank again = builder("again").reuse(own.toString()).execute().built().get(0);

    assertThat(again.reused()).contains("The stored banks/", "cannot be used", "was changed");
    assertThat(stored(again).contents()).isEqualTo(stored(built).contents());
  }

  @Test
  void imagesThatAnEvaluationComparedAreScoredWithoutTheBank() throws IOException {
    score("plain", false);

    // The rows of the bank are those that the evaluation compared the images with.
    score("shared", true);

    assertThat(reuse("shared"))
        .containsEntry("images_computed", 0)
        .containsEntry("images_taken", testImages());
    assertThat(stages("shared")).containsOnlyKeys("hash", "inspect", "reuse", "score");
    assertThat(tables("shared")).isEqualTo(tables("plain"));
  }

  @Test
  void ofOtherImagesTheScoresAreKeptForTheNextRun() throws IOException {
    Path images = work.resolve("new-images");
    Files.createDirectories(images);
    Path normal = data.resolve("bottle/train/good");
    Files.copy(list(normal).get(0), images.resolve("a.png"));
    Files.copy(list(data.resolve("bottle/test/good")).get(0), images.resolve("b.png"));

    scoring("some", images, true).execute();
    scoring("some-again", images, true).execute();
    scoring("some-plain", images, false).execute();

    assertThat(reuse("some")).containsEntry("images_computed", 1).containsEntry("images_taken", 1);
    assertThat(reuse("some-again")).containsEntry("images_computed", 0);
    assertThat(tables("some")).isEqualTo(tables("some-plain"));
    assertThat(tables("some-again")).isEqualTo(tables("some-plain"));
  }

  @Test
  void embeddingsThatABuildKeptAreTakenByAnEvaluation() throws IOException {
    Path own = work.resolve("embedded-store");
    builder("embedded").reuse(own.toString()).keepEmbeddings(true).execute();

    evaluation(TinyEvaluation.options())
        .reuse(own.toString())
        .keepEmbeddings(true)
        .out(work.resolve("from-embedded").toString())
        .execute();

    int normal = list(data.resolve("bottle/train/good")).size();
    assertThat(reuse("from-embedded"))
        .containsEntry("embeddings_taken", normal)
        .containsEntry("covariances_taken", (normal + 1) / 2)
        .containsEntry("faults", List.of());
    assertThat(Files.readString(work.resolve("from-embedded/curves/bottle.json")))
        .isEqualTo(Files.readString(work.resolve("evaluated/curves/bottle.json")));
  }

  @Test
  void whatAStoreCannotDoIsRefused() {
    assertThatThrownBy(() -> builder("none").keepEmbeddings(true).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one with --reuse");
    assertThatThrownBy(
            () ->
                builder("unified")
                    .options(BankOptions.DEFAULT.withScope(BankScope.UNIFIED))
                    .reuse(store.toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--scope unified");
    assertThatThrownBy(() -> scoring("none", data, false).keepEmbeddings(true).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one with --reuse");
  }

  private void evaluate(String name, EvaluationOptions.Builder options) {
    evaluation(options).reuse(store.toString()).out(work.resolve(name).toString()).execute();
  }

  private EvaluateDataset evaluation(EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .options(options.build())
        .categories(List.of(CATEGORY));
  }

  private BuildBanks builder(String name) {
    return new BuildBanks(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .banks(work.resolve(name).toString())
        .categories(List.of(CATEGORY))
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT);
  }

  private void score(String name, boolean shares) {
    scoring(name, data, shares).categories(List.of(CATEGORY)).execute();
  }

  private ScoreImages scoring(String name, Path images, boolean shares) {
    ScoreImages scoring =
        new ScoreImages(spark)
            .bank(work.resolve("banks/bottle").toString())
            .data(images.toString())
            .backbone(TinyDataset.backbone())
            .options(TinyEvaluation.EMBED)
            .out(work.resolve(name).toString());
    return shares ? scoring.reuse(store.toString()) : scoring;
  }

  private static StoredBank stored(BuiltBank bank) {
    return StoredBank.open(
        new BankLocation(bank.location().uri(), bank.manifest().version()), new Configuration());
  }

  private static List<String> rows(BankManifest manifest) {
    return manifest.files().stream().map(BankManifest.RowFile::sha256).toList();
  }

  /** The scores and the maps, in order. */
  private List<String> tables(String name) throws IOException {
    List<String> maps =
        spark
            .read()
            .parquet(work.resolve(name) + "/maps")
            .orderBy("category", "path")
            .toJSON()
            .collectAsList();
    return Stream.concat(
            Files.readAllLines(work.resolve(name).resolve("scores.csv")).stream(), maps.stream())
        .toList();
  }

  private int testImages() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("bottle/test"))) {
      return (int) files.filter(Files::isRegularFile).count();
    }
  }

  private Map<String, Object> reuse(String name) throws IOException {
    return document(name).child("reuse").child("by_category").child(CATEGORY).values();
  }

  private Map<String, Object> stages(String name) throws IOException {
    return document(name).child("seconds_by_stage").child(CATEGORY).values();
  }

  private JsonDocument document(String name) throws IOException {
    return JsonDocument.parse(Files.readString(work.resolve(name).resolve("run.json")));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
