package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.testing.Drawn;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A stored bank takes the place of the normal images, and changes no figure. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildBanksTest {
  private SparkSession spark;
  private Path work;
  private Path data;
  private Path banks;
  private BuildBanks.Result built;
  private TinyEvaluation withBanks;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    banks = directory.resolve("banks");
    built = builder(data, banks).execute();
    withBanks =
        TinyEvaluation.run(
            spark, stored(testOnly()).bank(banks.toString()), work.resolve("with-banks"));
  }

  /** The data set without its normal images. */
  private Path testOnly() throws IOException {
    Path testOnly = TinyDataset.generate(work.resolve("test-only"));
    for (String category : TinyDataset.CATEGORIES) {
      delete(testOnly.resolve(category).resolve("train"));
    }
    return testOnly;
  }

  private BuildBanks builder(Path images, Path folder) {
    return new BuildBanks(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .banks(folder.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT);
  }

  private EvaluateDataset evaluation(Path images) {
    return new EvaluateDataset(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .options(TinyEvaluation.options().build());
  }

  /** For an evaluation with stored banks. */
  private EvaluateDataset stored(Path images) {
    return evaluation(images).options(TinyEvaluation.storedOptions().build());
  }

  @Test
  void evaluatingWithTheBanksGivesTheFiguresOfOnePass() throws IOException {
    TinyEvaluation onePass = TinyEvaluation.run(spark, evaluation(data), work.resolve("one-pass"));

    assertThat(withBanks).isEqualTo(onePass);
    assertThat(Files.readString(work.resolve("with-banks/run.json")))
        .contains("\"banks\" : ", "\"manifest_sha256\" : ", banks.resolve("carpet").toString())
        .doesNotContain("train_patches");
  }

  @Test
  void theResultSaysWhatWasBuilt() {
    assertThat(built.complete()).isTrue();
    assertThat(built.built())
        .extracting(bank -> bank.manifest().category())
        .containsExactly("bottle", "carpet");
    BankManifest manifest = built.built().get(0).manifest();
    assertThat(manifest.images()).hasSize(9);
    assertThat(manifest.rows()).isEqualTo(9 * 64);
    assertThat(manifest.files()).as("chunks of 2 images").hasSize(5);
    assertThat(manifest.pca().explainedVariance()).isBetween(0.95, 1.0);
    assertThat(manifest.version()).isEqualTo(1);
  }

  /** Masks under names that say nothing, as BMP and PNG. */
  @Test
  void masksAmongTheNormalImagesAreNotLearnt() throws IOException {
    Path mixed = Files.createDirectories(work.resolve("mixed"));
    for (String name : List.of("000.png", "001.png", "002.png")) {
      Files.copy(data.resolve("bottle/train/good").resolve(name), mixed.resolve(name));
    }
    Drawn.black(mixed, "annotated-1.bmp");
    Drawn.marked(mixed, "annotated-2.png");

    BuiltBank bank =
        builder(mixed, work.resolve("of-mixed"))
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.5))
            .execute()
            .built()
            .get(0);

    assertThat(bank.manifest().images())
        .extracting(BankManifest.Image::path)
        .containsExactly("000.png", "001.png", "002.png");
    assertThat(bank.quarantined())
        .extracting(file -> file.path())
        .containsExactly("annotated-1.bmp", "annotated-2.png");
    assertThat(bank.manifest().inputs().orElseThrow().quarantined()).isEqualTo(2);
  }

  /** Of which a bank may be meant. */
  @Test
  void imagesOfTwoTonesAloneAreLearntWithANote() throws IOException {
    Path scans = Files.createDirectories(work.resolve("scans"));
    Drawn.marked(scans, "0.png", "1.png");
    Drawn.mark(scans, "2.png", 1, 1, 255);

    BuiltBank bank = builder(scans, work.resolve("of-scans")).execute().built().get(0);

    assertThat(bank.manifest().images()).hasSize(3);
    assertThat(bank.manifest().note()).startsWith("All 3 normal images of scans have at most 16");
  }

  @Test
  void theRowsAreAnOrdinaryParquetTable() {
    List<Row> rows =
        spark
            .read()
            .parquet(banks.resolve("bottle/rows").toString())
            .where("image_id = 'train/good/003.png'")
            .orderBy("row")
            .collectAsList();

    StoredBank bank = open(banks.resolve("bottle"));
    float[] stored = bank.memoryBank().blocks().get(3);
    assertThat(rows).hasSize(64);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.get(row).<Integer>getAs("row")).isEqualTo(row);
      List<Float> vector = rows.get(row).getList(2);
      assertThat(vector).hasSize(bank.manifest().dimension());
      assertThat(vector.get(0)).isEqualTo(stored[row * bank.manifest().dimension()]);
    }
  }

  @Test
  void aStoredBankAboveTheLimitIsSearchedInShardsWithTheSameFigures() throws IOException {
    TinyEvaluation sharded =
        TinyEvaluation.run(
            spark,
            stored(data)
                .bank(banks.toString())
                .options(TinyEvaluation.storedOptions().broadcastLimit(2000).build()),
            work.resolve("sharded-bank"));

    assertThat(sharded).isEqualTo(withBanks);
    assertThat(Files.readString(work.resolve("sharded-bank/run.json")))
        .contains("\"placement\" : \"sharded\"", "\"manifest_sha256\" : ");
  }

  @Test
  void aCoresetIsThatOfOnePass() throws IOException {
    EvaluationOptions options =
        TinyEvaluation.options().coreset(new CoresetOptions(0.2, CoresetMethod.GREEDY, 3)).build();
    TinyEvaluation onePass =
        TinyEvaluation.run(
            spark,
            evaluation(data).options(options).categories(List.of("bottle")),
            work.resolve("coreset"));
    Path folder = work.resolve("coreset-banks");
    List<BuiltBank> thinned =
        builder(data, folder)
            .categories(List.of("bottle"))
            .options(options.bank())
            .execute()
            .built();

    TinyEvaluation withCoreset =
        TinyEvaluation.run(
            spark,
            stored(data).bank(folder.toString()).categories(List.of("bottle")),
            work.resolve("with-coreset"));

    assertThat(withCoreset).isEqualTo(onePass);
    BankManifest manifest = thinned.get(0).manifest();
    assertThat(manifest.rows()).isEqualTo(Math.round(0.2 * 9 * 64));
    assertThat(manifest.coreset()).contains(new BankManifest.Coreset(0.2, 3, "greedy"));
    assertThat(manifest.images()).hasSize(9);
  }

  @Test
  void anotherVersionIsMadeOnlyWhenAskedFor() throws IOException {
    Path folder = work.resolve("versions");
    FileUtils.copyDirectory(banks.resolve("bottle").toFile(), folder.resolve("bottle").toFile());

    assertThatThrownBy(() -> builder(data, folder).categories(List.of("bottle")).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("already, version 1; add --overwrite");
    builder(data, folder).categories(List.of("bottle")).overwrite(true).execute();

    StoredBank second = open(folder.resolve("bottle"));
    StoredBank first =
        StoredBank.open(BankLocation.parse(folder.resolve("bottle") + "@1"), new Configuration());
    assertThat(second.manifest().version()).isEqualTo(2);
    assertThat(second.manifest().parent()).isEqualTo(OptionalInt.of(1));
    assertThat(second.memoryBank().blocks()).containsExactly(blocks(first));
  }

  @Test
  void aFolderAndAManifestGiveTheBankOfTheCategory() throws IOException {
    Path good = data.resolve("bottle/train/good");
    Path manifest = work.resolve("images.csv");
    try (Stream<Path> images = Files.list(good)) {
      Files.writeString(
          manifest,
          "path,remark\n"
              + String.join(
                  "", images.map(image -> Text.format("\"%s\",\"a, b\"\n", image)).toList()));
    }

    builder(good, work.resolve("plain")).categories(List.of("bottle")).execute();
    builder(manifest, work.resolve("listed")).execute();

    float[][] expected = blocks(open(banks.resolve("bottle")));
    assertThat(open(work.resolve("plain/bottle")).memoryBank().blocks()).containsExactly(expected);
    assertThat(open(work.resolve("listed/images")).memoryBank().blocks()).containsExactly(expected);
  }

  @Test
  void aDamagedImageIsLeftOut() throws IOException {
    Path images = TinyDataset.generate(work.resolve("damaged"));
    Files.write(images.resolve("bottle/train/good/004.png"), new byte[0]);

    BuiltBank bank =
        builder(images, work.resolve("damaged-banks"))
            .categories(List.of("bottle"))
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.2))
            .execute()
            .built()
            .get(0);

    assertThat(bank.quarantined()).hasSize(1);
    assertThat(bank.manifest().images())
        .extracting(BankManifest.Image::path)
        .hasSize(8)
        .doesNotContain("train/good/004.png");
  }

  @Test
  void aCategoryThatFailsLeavesNoBank() throws IOException {
    Path images = TinyDataset.generate(work.resolve("broken"));
    Files.write(images.resolve("bottle/train/good/004.png"), new byte[0]);
    Path folder = work.resolve("broken-banks");

    BuildBanks.Result result = builder(images, folder).execute();

    assertThat(result.built()).hasSize(1);
    assertThat(result.failed()).hasSize(1);
    assertThat(folder.resolve("carpet/bank.json")).exists();
    assertThat(folder.resolve("bottle/bank.json")).doesNotExist();
  }

  @Test
  void aBankOfAnotherNetworkIsRefusedBeforeAnyWork() {
    BackboneModel other =
        BackboneModel.build(
            new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8),
            SeededWeights.of(Architecture.RESNET18, 12));
    Path out = work.resolve("never");

    assertThatThrownBy(
            () -> stored(data).bank(banks.toString()).backbone(other).out(out.toString()).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the bank has layers [1, 2, 3], this run [1, 2]")
        .hasMessageContaining("the bank has weights");
    assertThat(out).doesNotExist();
  }

  @Test
  void aCategoryWithoutABankIsRefused() {
    assertThatThrownBy(
            () -> stored(data).bank(work.resolve("none").toString()).out("unused").execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no bank in " + work.resolve("none/bottle"));
  }

  private static StoredBank open(Path bank) {
    return StoredBank.open(BankLocation.current(bank.toString()), new Configuration());
  }

  private static float[][] blocks(StoredBank bank) {
    return bank.memoryBank().blocks().toArray(float[][]::new);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
