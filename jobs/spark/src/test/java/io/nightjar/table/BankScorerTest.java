package io.nightjar.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.BuildBanks;
import io.nightjar.job.ScoreImages;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.report.ScoredFile;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tables of images score as {@link ScoreImages} scores their files. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BankScorerTest {
  private SparkSession spark;
  private Path work;
  private Path data;
  private Path weights;
  private Path bank;
  private BackboneModel network;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("weights.safetensors"));
    network =
        BackboneModel.load(
            TinyDataset.backbone().spec(),
            weights.toString(),
            Optional.empty(),
            new Configuration());
    new BuildBanks(spark)
        .data(data.toString())
        .backbone(network)
        .banks(directory.resolve("banks").toString())
        .execute();
    bank = directory.resolve("banks/bottle");
  }

  private BankScorer scorer() {
    return BankScorer.open(spark, bank.toString(), weights.toString());
  }

  private Dataset<Row> images() {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.png")
        .load(data.resolve("bottle/test").toString());
  }

  private Map<String, ScoredFile> ofTheAction(String out, SearchOptions search, MapOptions map) {
    Map<String, ScoredFile> files = new HashMap<>();
    new ScoreImages(spark)
        .bank(bank.toString())
        .data(data.resolve("bottle/test").toString())
        .backbone(network)
        .options(EmbedOptions.DEFAULT.withBatchImages(2))
        .options(search)
        .options(map)
        .out(work.resolve(out).toString())
        .execute()
        .report()
        .categories()
        .get(0)
        .images()
        .forEach(file -> files.put(file.path(), file));
    return files;
  }

  private String relative(Row row) {
    String path = row.getAs("path");
    return path.substring(path.indexOf("/bottle/test/") + "/bottle/test/".length());
  }

  private void assertEqual(List<Row> rows, Map<String, ScoredFile> expected) {
    assertThat(rows).hasSameSizeAs(expected.values()).hasSizeGreaterThan(2);
    for (Row row : rows) {
      ScoredFile file = expected.get(relative(row));
      assertThat(row.<Float>getAs("image_score")).isEqualTo(file.imageScore()).isPositive();
      assertThat(row.<Float>getAs("map_max")).isEqualTo(file.mapMax());
      assertThat(row.<Float>getAs("image_score_max")).isEqualTo(file.imageScores().max());
      assertThat(row.<Float>getAs("image_score_top3")).isEqualTo(file.imageScores().top3());
      assertThat(row.<Float>getAs("image_score_top1pct"))
          .isEqualTo(file.imageScores().top1Percent());
      assertThat(row.<Double>getAs("map_mean")).isEqualTo(file.mapMean());
      assertThat(row.<Integer>getAs("width")).isEqualTo(file.width());
      assertThat(row.<Integer>getAs("height")).isEqualTo(file.height());
      assertThat(row.<String>getAs("reason")).isNull();
      assertThat(floats(row, "map")).containsExactly(file.map());
    }
  }

  private static float[] floats(Row row, String column) {
    List<Float> values = row.getList(row.fieldIndex(column));
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  @Test
  void scoresAndMapsAreThoseOfTheActionBitForBit() {
    List<Row> rows = scorer().withMaps(true).score(images().repartition(3)).collectAsList();

    assertEqual(rows, ofTheAction("defaults", SearchOptions.DEFAULT, MapOptions.DEFAULT));
    assertThat(rows.get(0).schema().fieldNames())
        .startsWith("path", "modificationTime", "length", "image_score")
        .doesNotContain("content");
  }

  @Test
  void optionsAreThoseOfTheAction() {
    List<Row> rows =
        scorer()
            .withMaps(true)
            .withNeighbours(3)
            .withSmoothing(4)
            .withImageScore(ImageScoreKind.TOP3)
            .withBatchImages(3)
            .withDevice(DeviceRequest.CPU)
            .score(images())
            .collectAsList();

    assertEqual(
        rows,
        ofTheAction(
            "options",
            SearchOptions.DEFAULT.withNeighbours(3),
            new MapOptions(4, ImageScoreKind.TOP3)));
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.<Float>getAs("image_score"))
                    .isEqualTo(row.<Float>getAs("image_score_top3")));
  }

  @Test
  void anImageThatCannotBeReadIsARowWithItsReason() {
    Dataset<Row> damaged =
        images()
            .withColumn(
                "content",
                functions
                    .when(
                        functions.col("path").endsWith("good/000.png"),
                        functions.lit(new byte[] {1}))
                    .when(functions.col("path").endsWith("good/001.png"), functions.lit(null))
                    .otherwise(functions.col("content")));

    List<Row> rows = scorer().score(damaged).orderBy("path").collectAsList();

    List<Row> whole = scorer().score(images()).orderBy("path").collectAsList();
    assertThat(rows).hasSameSizeAs(whole);
    int unreadable = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (relative(row).startsWith("good/00")) {
        unreadable++;
        assertThat(row.<String>getAs("reason")).endsWith(".");
        assertThat(row.<Float>getAs("image_score")).isNull();
        assertThat(row.<Integer>getAs("width")).isNull();
      } else {
        assertThat(row).isEqualTo(whole.get(i));
      }
    }
    assertThat(unreadable).isEqualTo(2);
    List<Row> embedded = scorer().embed(damaged).collectAsList();
    assertThat(embedded).hasSameSizeAs(whole);
    assertThat(embedded).filteredOn(row -> row.getAs("reason") != null).hasSize(2);
    assertThat(
            scorer()
                .compare(scorer().reduce(scorer().embed(damaged)))
                .where("distances is null")
                .count())
        .isEqualTo(2);
  }

  @Test
  void stepsAreThoseOfTheCore() throws Exception {
    StoredBank stored = StoredBank.open(BankLocation.current(bank.toString()), new Configuration());
    PrincipalComponents components = stored.reduction().branches().get(0);
    Embedder embedder = Embedders.forTask(network, DeviceRequest.CPU, 1);
    Dataset<Row> embedded = scorer().embed(images());
    Dataset<Row> reduced = scorer().reduce(embedded);

    Map<String, float[]> reductions = new HashMap<>();
    reduced.collectAsList().forEach(row -> reductions.put(relative(row), floats(row, "reduced")));
    List<Row> compared = scorer().withNeighbours(2).compare(reduced).collectAsList();
    for (Row row : embedded.collectAsList()) {
      float[] expected = embedder.embed(List.of(decode(relative(row))));
      assertThat(floats(row, "patches")).containsExactly(expected);
      assertThat(reductions.get(relative(row))).containsExactly(components.project(expected, 64));
    }
    try (ExactSearch search = new ExactSearch(stored.memoryBank())) {
      for (Row row : compared) {
        assertThat(floats(row, "distances"))
            .containsExactly(search.meanDistances(reductions.get(relative(row)), 64, 2));
      }
    }
    assertThat(compared).hasSameSizeAs(reductions.keySet()).isNotEmpty();
  }

  private RgbImage decode(String path) throws Exception {
    byte[] encoded = Files.readAllBytes(data.resolve("bottle/test").resolve(path));
    return BilinearResize.resize(ImageDecoder.decode(encoded, path), 64, 64);
  }

  @Test
  void theScorerStaysWithItsVersion() throws IOException {
    BankScorer scorer = scorer();
    assertThat(scorer.version()).isEqualTo(1);
    assertThat(scorer.category()).isEqualTo("bottle");
    assertThat(BankScorer.open(spark, bank + "@1", weights.toString()).version()).isEqualTo(1);
    // A bank that is replaced as a whole begins with version 1 again.
    Path other = work.resolve("replaced");
    copy(bank, other);
    BankScorer opened = BankScorer.open(spark, other.toString(), weights.toString());
    Path manifest = other.resolve("bank.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("(\"note\" : \")", "$1another. "));

    List<Throwable> causes = causes(() -> opened.score(images()).collectAsList());

    assertThat(causes)
        .anySatisfy(
            cause ->
                assertThat(cause)
                    .hasMessageContainingAll(
                        "The bank "
                            + other
                            + "@1 was replaced by another one since it was opened"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static List<Throwable> causes(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    List<Throwable> causes = new ArrayList<>();
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  @Test
  void whatCannotBeUsedIsRefusedInASentence() {
    String file = weights.toString();
    assertRefused(
        () -> BankScorer.open(spark, work.resolve("none").toString(), file), "There is no bank in");
    assertRefused(
        () -> BankScorer.open(spark, bank.toString(), "random:12"),
        "does not fit this run",
        "weights");
    assertRefused(
        () -> BankScorer.open(spark, bank.toString(), work.resolve("none").toString()),
        work.resolve("none").toString());
    assertRefused(
        () -> BankScorer.open(spark, "abfss://banks@factory.example/bottle", file),
        "abfss://banks@factory.example/bottle cannot be used",
        "Put the file system's library on the class path");
    assertRefused(() -> BankScorer.open(spark, bank + "@7", file), "no version 7; the newest is 1");
    assertRefused(() -> BankScorer.open(spark, " ", file), "location of the bank is an empty");
    BankScorer scorer = scorer();
    assertRefused(() -> scorer.withNeighbours(1_000_000), "1000000 neighbours", "choose 1 to ");
    assertRefused(() -> scorer.withBatchImages(0), "A batch of 0 images");
    assertRefused(() -> scorer.withSmoothing(-1), "A smoothing of -1.0");
    assertRefused(() -> scorer.score(images().drop("content")), "no column 'content'", "path");
    assertRefused(
        () -> scorer.withContentColumn("path").score(images()), "'path' is of type string");
    assertRefused(() -> scorer.score(images().select("content")), "no column but 'content'");
    assertRefused(
        () -> scorer.score(images().withColumnRenamed("length", "Width")),
        "has a column 'Width' already");
    assertRefused(() -> scorer.reduce(images()), "no column 'patches'");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void settingsOfFileSystemsGoWithTheFunctions() {
    SparkSession own = spark.newSession();
    own.conf().set("spark.hadoop.fs.one.impl", "com.example.OneFileSystem");
    own.conf().set("fs.two.impl", "com.example.TwoFileSystem");

    assertRefused(
        () -> BankScorer.open(own, "one://host/bank", weights.toString()),
        "needs",
        "com.example.OneFileSystem",
        "not on the class path");
    assertRefused(
        () -> BankScorer.open(own, bank.toString(), "two://host/weights"),
        "needs",
        "com.example.TwoFileSystem",
        "not on the class path");
    assertThat(ScorerSettings.of("b", "w", HadoopSettings.of(own)))
        .satisfies(settings -> assertThat(settings.hadoop()).containsOnlyKeys("fs.two.impl"))
        .asString()
        .doesNotContain("TwoFileSystem");
  }
}
