package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.store.AdditionTimes;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.update.BankRevision;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.score.NoveltyScore;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images come to a bank and leave it, and all that concerns the others stays bit for bit. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpdateBanksTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final int FIRST = 11;
  private static final int ALL = 16;

  private SparkSession spark;
  private Path work;
  private Path all;
  private Path first;
  private Path built;
  private Path banks;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    Path data = directory.resolve("data");
    DemoDataset.generate(
        data, new DemoDataset.Options(64, ALL, 1, 1, 7L), List.of("bottle", "carpet"));
    all = data.resolve("bottle/train/good");
    first = copy(all, "first", IntStream.range(0, FIRST));
    built = directory.resolve("built");
    new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(built.toString())
        .options(TinyEvaluation.options().build())
        .execute();
  }

  /** Each test has the bank of the first images for itself. */
  @BeforeEach
  void copyTheBank(TestInfo test) throws IOException {
    banks = work.resolve("banks-" + test.getTestMethod().orElseThrow().getName());
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.toList()) {
        Files.copy(file, banks.resolve(built.relativize(file).toString()));
      }
    }
  }

  private UpdateBanks update() {
    return new UpdateBanks(spark)
        .banks(banks.resolve("bottle").toString())
        .backbone(TinyDataset.backbone())
        .refit(Refit.NEVER)
        .options(TinyEvaluation.options().build());
  }

  private UpdatedBank only(UpdateBanks update) {
    UpdateBanks.Result result = update.execute();
    assertThat(result.failed()).isEmpty();
    return result.updated().get(0);
  }

  @Test
  void twoStepsGiveTheRowsOfOne() {
    BankManifest before = bank().manifest();

    UpdatedBank updated = only(update().data(all.toString()).guard(OptionalDouble.empty()));

    assertThat(updated.added()).hasSize(ALL - FIRST);
    assertThat(updated.known()).hasSize(FIRST);
    BankManifest after = bank().manifest();
    assertThat(after.version()).isEqualTo(2);
    assertThat(after.parent()).hasValue(1);
    assertThat(after.pca()).isEqualTo(before.pca());
    assertThat(after.files().subList(0, before.files().size())).isEqualTo(before.files());
    assertThat(after.sources()).containsExactly(first.toString(), all.toString());
    Map<String, float[]> inOne = inOne(bank().components());
    Map<String, ImageRows> inTwo = rows(bank());
    assertThat(inTwo).hasSize(ALL).containsOnlyKeys(inOne.keySet());
    inOne.forEach((path, values) -> assertThat(inTwo.get(path).values()).isEqualTo(values));
  }

  /** All images in one pass, in chunks and batches that lie otherwise. */
  private Map<String, float[]> inOne(PrincipalComponents components) {
    Path whole = work.resolve("in-one-" + banks.getFileName());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(CONFIGURATION));
    CategoryPasses passes =
        new CategoryPasses(
            context,
            context.broadcast(TinyDataset.backbone()),
            configuration,
            EvaluationOptions.builder().batchImages(3).chunkImages(5).build(),
            new StageReport(context, "bottle", Progress.SILENT),
            new Quarantine("bottle", ALL, 0.01));
    Map<String, float[]> rows = new HashMap<>();
    try (FitPasses over =
            passes.fitPasses(
                NormalImages.list(all.toString(), List.of("bottle"), CONFIGURATION).get(0).train(),
                passes.embedding(),
                false);
        ReducedRows reduced = over.reduced(components)) {
      for (WrittenRows file :
          reduced.write(Optional.empty(), whole.toString(), configuration, RowFilter.ALL)) {
        for (ImageRows image :
            RowFiles.read(
                whole.toString(), file.file(), file.images(), components.count(), CONFIGURATION)) {
          rows.put(image.path(), image.values());
        }
      }
    }
    return rows;
  }

  @Test
  void imagesThatAreThereAlreadyAreToldAndChangeNothing() throws IOException {
    Path again = work.resolve("again");
    Files.createDirectories(again);
    Files.copy(first.resolve("003.png"), again.resolve("another-name.png"));

    UpdatedBank updated = only(update().data(again.toString()));

    assertThat(updated.known()).containsExactly("another-name.png");
    assertThat(updated.changed()).isFalse();
    assertThat(bank().manifest().version()).isEqualTo(1);
  }

  @Test
  void aPathThatIsTakenIsMarked() throws IOException {
    Path tomorrow = work.resolve("tomorrow");
    Files.createDirectories(tomorrow);
    Files.copy(all.resolve("012.png"), tomorrow.resolve("000.png"));

    UpdatedBank updated = only(update().data(tomorrow.toString()).guard(OptionalDouble.empty()));

    assertThat(updated.added()).hasSize(1);
    assertThat(updated.added().get(0)).matches("000\\.png#[0-9a-f]{12}");
    assertThat(bank().manifest().images()).hasSize(FIRST + 1);
  }

  @Test
  void anImageLeavesWithItsRowsAlone() {
    Map<String, ImageRows> before = rows(bank());
    List<BankManifest.RowFile> files = bank().manifest().files();

    UpdatedBank updated = only(update().remove(List.of("004.png")));

    assertThat(updated.left()).containsExactly("004.png");
    Map<String, ImageRows> after = rows(bank());
    assertThat(after).hasSize(FIRST - 1).doesNotContainKey("004.png");
    after.forEach((path, rows) -> assertThat(rows.values()).isEqualTo(before.get(path).values()));
    List<BankManifest.RowFile> rewritten = new ArrayList<>(bank().manifest().files());
    assertThat(rewritten).hasSameSizeAs(files);
    rewritten.removeAll(files);
    assertThat(rewritten).as("files of two images each").hasSize(1);
  }

  @Test
  void theWindowKeepsTheImagesAddedLast() {
    UpdatedBank updated =
        only(update().data(all.toString()).guard(OptionalDouble.empty()).keepLast(6));

    assertThat(updated.left()).hasSize(FIRST - 1);
    assertThat(bank().manifest().images())
        .extracting(BankManifest.Image::path)
        .containsExactly("010.png", "011.png", "012.png", "013.png", "014.png", "015.png");
  }

  @Test
  void theWindowKeepsTheImagesAddedSince() {
    Instant begun = Instant.parse(bank().manifest().created()).plusSeconds(1);
    only(update().data(all.toString()).guard(OptionalDouble.empty()));
    Map<String, Instant> added = AdditionTimes.of(bank(), CONFIGURATION);
    assertThat(added).hasSize(ALL);
    assertThat(added.get("010.png")).isBefore(begun);
    assertThat(added.get("011.png")).isAfterOrEqualTo(begun);

    UpdatedBank updated = only(update().newerThan(begun));

    assertThat(updated.left()).hasSize(FIRST);
    assertThat(bank().manifest().version()).isEqualTo(3);
    assertThat(bank().manifest().images())
        .extracting(BankManifest.Image::path)
        .containsExactly("011.png", "012.png", "013.png", "014.png", "015.png");
  }

  @Test
  void imagesOfAnotherCategoryAreHeldBackUntilTheyAreAccepted() throws IOException {
    Path mixed = copy(all, "mixed", IntStream.of(13));
    Path carpet = work.resolve("data/carpet/train/good/002.png");
    Files.copy(carpet, mixed.resolve("foreign.png"));

    UpdatedBank updated = only(update().data(mixed.toString()).guard(OptionalDouble.of(8)));

    assertThat(updated.added()).containsExactly("013.png");
    assertThat(updated.held()).extracting(HeldBack::path).containsExactly("foreign.png");
    assertThat(updated.held().get(0).novelty()).isGreaterThan(updated.limit().getAsDouble());
    Path review = Path.of(java.net.URI.create(updated.review().orElseThrow()));
    assertThat(review).startsWith(banks.resolve("bottle/review"));
    assertThat(Files.readAllLines(review.resolve("review.csv")))
        .hasSize(2)
        .first()
        .isEqualTo("path,category,score,limit,picture");
    assertThat(Files.readString(review.resolve("review.json"))).contains(NoveltyScore.DEFINITION);
    assertThat(review.resolve(updated.held().get(0).picture())).isNotEmptyFile();

    UpdatedBank accepted =
        only(
            update()
                .data(mixed.toString())
                .guard(OptionalDouble.of(8))
                .accept(
                    NormalImages.paths(
                        new org.apache.hadoop.fs.Path(review.resolve("review.csv").toString()),
                        CONFIGURATION)));
    assertThat(accepted.added()).containsExactly("foreign.png");
    assertThat(accepted.held()).isEmpty();
  }

  @Test
  void leaveOneOutScoresEqualBruteForceAndAreKept() {
    InspectedBank inspected =
        new InspectBanks(spark)
            .banks(banks.toString())
            .verify(true)
            .contamination(4)
            .execute()
            .inspected()
            .get(0);

    ReferenceScores scores = inspected.contamination().orElseThrow().scores();
    assertThat(scores.imagesOfVersion()).isEqualTo(FIRST);
    Map<String, ImageRows> rows = rows(bank());
    for (ReferenceScores.Image image : scores.images()) {
      float[] distances = leaveOneOut(rows, image.path());
      Arrays.sort(distances);
      assertThat(image.score()).isEqualTo(distances[distances.length - 1]);
      assertThat(image.novelty()).as("one of 64 patches").isEqualTo(image.score());
    }
    assertThat(ReferenceScores.find(bank().location(), CONFIGURATION)).hasValue(scores);
    assertThat(banks.resolve("bottle/reference-scores/1.json")).isNotEmptyFile();
  }

  private float[] leaveOneOut(Map<String, ImageRows> rows, String path) {
    int dimension = bank().manifest().dimension();
    float[] own = rows.get(path).values();
    float[] distances = new float[own.length / dimension];
    for (int row = 0; row < distances.length; row++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (ImageRows other : rows.values()) {
        for (int at = 0;
            at < other.values().length && !other.path().equals(path);
            at += dimension) {
          double squared = 0;
          for (int i = 0; i < dimension; i++) {
            double difference = (double) own[row * dimension + i] - other.values()[at + i];
            squared += difference * difference;
          }
          smallest = Math.min(smallest, squared);
        }
      }
      distances[row] = (float) Math.sqrt(smallest);
    }
    return distances;
  }

  @Test
  void componentsAreFittedAnewOnAllImages() throws IOException {
    UpdatedBank updated =
        only(update().data(all.toString()).guard(OptionalDouble.empty()).refit(Refit.ALWAYS));

    assertThat(updated.refitted()).isTrue();
    Path whole = work.resolve("whole");
    new BuildBanks(spark)
        .data(all.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(whole.toString())
        .options(TinyEvaluation.options().build())
        .execute();
    StoredBank inOne = open(whole.resolve("bottle"));
    assertThat(bank().manifest().version()).isEqualTo(2);
    assertThat(bank().manifest().pca().sha256()).isEqualTo(inOne.manifest().pca().sha256());
    assertThat(bank().memoryBank().blocks())
        .containsExactly(inOne.memoryBank().blocks().toArray(float[][]::new));
  }

  @Test
  void theSamePicturesInOtherFilesHaveTheVarianceOfTheBank() throws IOException {
    Path others = work.resolve("others");
    Files.createDirectories(others);
    for (BankManifest.Image image : bank().manifest().images()) {
      byte[] png = Files.readAllBytes(first.resolve(image.path()));
      // What follows the end of a PNG file is no part of the picture.
      Files.write(others.resolve("other-" + image.path()), Arrays.copyOf(png, png.length + 1));
    }

    UpdatedBank updated = only(update().data(others.toString()).refit(Refit.AUTO));

    assertThat(updated.held()).isEmpty();
    assertThat(updated.captured().getAsDouble())
        .isCloseTo(bank().manifest().pca().captured(), within(1e-5));
    assertThat(updated.refitted()).isFalse();
    assertThat(bank().manifest().images()).hasSize(2 * FIRST);
  }

  @Test
  void componentsThatMissTheNewImagesAreFittedAnew() throws IOException {
    Path carpets = Files.createDirectories(work.resolve("carpets"));
    for (int i = 0; i < 4; i++) {
      Files.copy(
          work.resolve(Text.format("data/carpet/train/good/00%d.png", i)),
          carpets.resolve(Text.format("carpet-%d.png", i)));
    }

    UpdatedBank updated =
        only(update().data(carpets.toString()).guard(OptionalDouble.empty()).refit(Refit.AUTO));

    assertThat(updated.captured().getAsDouble())
        .isLessThan(0.9 * updated.before().pca().captured());
    assertThat(updated.refitted()).isTrue();
    assertThat(bank().manifest().pca().fittedOnImages()).isEqualTo(FIRST + 4);
    assertThat(bank().manifest().pca().variance()).isEqualTo(0.95);
  }

  @Test
  void ofTwoWritersTheSecondIsRefused() {
    StoredBank old = bank();
    only(update().keepLast(FIRST - 1));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    BankRevision second =
        new BankRevision(
            context, old, context.broadcast(new SerializableConfiguration(CONFIGURATION)));

    assertThatThrownBy(() -> second.publish(Set.of("003.png"), List.of(), List.of(), ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was changed meanwhile");
    assertThat(bank().manifest().images())
        .hasSize(FIRST - 1)
        .extracting(BankManifest.Image::path)
        .contains("003.png");
  }

  @Test
  void fittingAnewNeedsTheOldImages() throws IOException {
    Path moved = copy(all, "moved", IntStream.range(0, FIRST));
    Path folder = work.resolve("of-moved");
    new BuildBanks(spark)
        .data(moved.toString())
        .backbone(TinyDataset.backbone())
        .banks(folder.toString())
        .options(TinyEvaluation.options().build())
        .execute();
    Files.delete(moved.resolve("005.png"));

    UpdateBanks.Result result =
        update().banks(folder.resolve("moved").toString()).refit(Refit.ALWAYS).execute();

    assertThat(result.failed()).hasSize(1);
    assertThat(result.failed().get(0).reason())
        .contains("1 of 11 are no longer in", "the first is 005.png", "--refit never");
    assertThat(open(folder.resolve("moved")).manifest().version()).isEqualTo(1);
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnyWork() throws IOException {
    assertRefused(update(), "nothing to do");
    assertRefused(update().banks(work.resolve("none").toString()).keepLast(3), "There is no bank");
    assertRefused(update().keepLast(0), "--keep-last is 0");
    assertRefused(update().remove(List.of("nobody.png")), "--remove names nobody.png");
    assertRefused(update().banks(banks + "/bottle@1").keepLast(3), "names a version");
    assertRefused(
        update().data(Files.createDirectories(work.resolve("empty")).toString()), "empty");
    only(update().keepLast(4));
    assertRefused(update().data(all.toString()), "has 4 images, but the guard needs 8");
    assertThat(bank().manifest().version()).isEqualTo(2);
  }

  @Test
  void anUpdateWithoutAUsableImageLeavesTheBankAsItWas() throws IOException {
    Path broken = Files.createDirectories(work.resolve("broken"));
    Files.writeString(broken.resolve("000.png"), "no picture");

    UpdateBanks.Result result =
        update()
            .data(broken.toString())
            .options(TinyEvaluation.options().maxQuarantined(1).build())
            .execute();

    assertThat(result.failed().get(0).reason()).contains("None of the 1 new images");
    assertThat(bank().manifest().version()).isEqualTo(1);
  }

  @Test
  void anUpdateThatLeavesNoImageIsRefused() {
    UpdateBanks.Result result = update().newerThan(Instant.now().plusSeconds(3600)).execute();

    assertThat(result.failed().get(0).reason()).contains("would leave no image");
    assertThat(bank().manifest().version()).isEqualTo(1);
  }

  private static void assertRefused(UpdateBanks update, String words) {
    assertThatThrownBy(update::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }

  private StoredBank bank() {
    return open(banks.resolve("bottle"));
  }

  private static StoredBank open(Path folder) {
    return StoredBank.open(BankLocation.current(folder.toString()), CONFIGURATION);
  }

  private static Map<String, ImageRows> rows(StoredBank bank) {
    Map<String, ImageRows> rows = new HashMap<>();
    for (WrittenRows file : bank.rowFiles()) {
      RowFiles.read(
              bank.location().uri(),
              file.file(),
              file.images(),
              bank.manifest().dimension(),
              CONFIGURATION)
          .forEach(image -> rows.put(image.path(), image));
    }
    return rows;
  }

  private Path copy(Path from, String name, IntStream numbers) throws IOException {
    Path folder = Files.createDirectories(work.resolve(name));
    for (int number : numbers.toArray()) {
      String file = Text.format("%03d.png", number);
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    return folder;
  }
}
