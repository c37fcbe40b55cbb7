package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.options.Refit;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.report.ScoredFile;
import io.nightjar.table.BankScorer;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Several image sizes and the position in one search, wherever a bank is built or used. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizesAndPositionTest {
  private static final double POSITION = 0.25;
  private static final Weights WEIGHTS = TinyDataset.weights();

  /** At 256 pixels, stages 1 and 2 are 8 and 4 times as fine as the grid. */
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8)
          .withImageSizes(List.of(64, 256));

  private SparkSession spark;
  private Path work;
  private Path data;
  private BackboneModel network;
  private TinyEvaluation expected;

  @BeforeAll
  void evaluate(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    network = BackboneModel.build(SPEC, WEIGHTS);
    expected = run("expected", options());
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(work.resolve("banks").toString())
        .options(TinyEvaluation.FIT)
        .options(TinyEvaluation.EMBED)
        .options(BankOptions.DEFAULT.withPosition(POSITION))
        .execute();
  }

  private static EvaluationOptions.Builder options() {
    return TinyEvaluation.options().position(POSITION);
  }

  private EvaluateDataset evaluation(EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .options(options.build());
  }

  private TinyEvaluation run(String out, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(spark, evaluation(options), work.resolve(out));
  }

  @Test
  void distancesAreThoseOfAPlainTwinInFloat64() throws IOException, OrtException {
    try (RecipeTwin twin =
        new RecipeTwin(
            SPEC,
            List.of(WEIGHTS),
            BankOptions.DEFAULT.withPosition(POSITION),
            BottleImages.normal(data))) {
      BottleImages.assertDistances(maps("expected"), twin, data);

      BankManifest manifest = bank().manifest();
      assertThat(manifest.dimension()).isEqualTo(twin.dimension());
      assertThat(manifest.position().orElseThrow().step())
          .isCloseTo(twin.step(), within(1e-5 * twin.step()));
    }
  }

  private Map<String, float[]> maps(String out) {
    return BottleImages.maps(spark, work.resolve(out));
  }

  @Test
  void noPartitioningAndNoPlaceOfTheBankChangesABit() {
    assertThat(run("one", options().partitions(1))).isEqualTo(expected);
    assertThat(run("three", options().partitions(3).trainPatches(TrainPatches.RECOMPUTE)))
        .isEqualTo(expected);
    assertThat(run("shards", options().broadcastLimit(4L * (SPEC.channels() + 2))))
        .isEqualTo(expected);
  }

  @Test
  void aCoresetIsChosenAmongRowsWithTheirPlaces() throws IOException {
    CoresetOptions fifth = new CoresetOptions(0.2, CoresetMethod.GREEDY, 3);

    TinyEvaluation two = run("coreset", options().coreset(fifth));

    assertThat(run("coreset-one", options().coreset(fifth).partitions(1))).isEqualTo(two);
    JsonNode fresh = new ObjectMapper().readTree(work.resolve("coreset/run.json").toFile());
    assertThat(fresh.get("notes").get("bottle").toString())
        .contains("115 of 576 rows", "one cell of the grid aside counts");
    JsonNode whole = new ObjectMapper().readTree(work.resolve("expected/run.json").toFile());
    assertThat(positionNote(fresh)).isEqualTo(positionNote(whole));
  }

  /** The distances are those of all patches, whatever is kept of them. */
  private static String positionNote(JsonNode run) {
    for (JsonNode note : run.get("notes").get("bottle")) {
      if (note.asText().contains("one cell of the grid aside")) {
        return note.asText();
      }
    }
    throw new AssertionError("no note in " + run.get("notes"));
  }

  @Test
  void everyPartOfTheRecipeCounts() {
    BackboneModel small = BackboneModel.build(SPEC.withImageSizes(List.of(64)), WEIGHTS);

    List<String> without = run("without", TinyEvaluation.options()).maps();
    List<String> single =
        TinyEvaluation.run(spark, evaluation(options()).backbone(small), work.resolve("single"))
            .maps();
    List<String> plain =
        TinyEvaluation.run(
                spark, evaluation(TinyEvaluation.options()).backbone(small), work.resolve("plain"))
            .maps();

    assertThat(Stream.of(expected.maps(), without, single, plain).distinct()).hasSize(4);
  }

  @Test
  void mllibFindsTheSameComponents() {
    TinyEvaluation mllib = run("mllib", options().pcaSolver(PcaSolver.MLLIB));

    assertThat(mllib.components()).isEqualTo(expected.components());
    assertThat(mllib.pixelAuroc()).isCloseTo(expected.pixelAuroc(), within(1e-3));
  }

  @Test
  void aStoreGivesNothingThatAnotherRecipeMade() {
    Path store = work.resolve("store");
    for (int time = 0; time < 2; time++) {
      assertThat(kept("kept-" + time, store, options())).isEqualTo(expected);
    }
    TinyEvaluation otherStep = run("fresh", TinyEvaluation.options().position(1));
    assertThat(kept("kept-3", store, TinyEvaluation.options().position(1))).isEqualTo(otherStep);
    BackboneModel other = BackboneModel.build(SPEC.withImageSizes(List.of(64, 128)), WEIGHTS);
    assertThat(
            TinyEvaluation.run(
                spark,
                evaluation(options()).backbone(other).reuse(store.toString()).keepEmbeddings(true),
                work.resolve("kept-4")))
        .isEqualTo(
            TinyEvaluation.run(
                spark, evaluation(options()).backbone(other), work.resolve("fresh-4")));
  }

  private TinyEvaluation kept(String out, Path store, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(
        spark, evaluation(options).reuse(store.toString()).keepEmbeddings(true), work.resolve(out));
  }

  private StoredBank bank() {
    return StoredBank.open(
        BankLocation.parse(work.resolve("banks/bottle").toString()), new Configuration());
  }

  @Test
  void aStoredBankKeepsTheRecipe() throws IOException {
    BankManifest manifest = bank().manifest();
    assertThat(manifest.formatVersion()).isEqualTo(2);
    assertThat(manifest.backbone().imageSizes()).containsExactly(Size.square(64), Size.square(256));
    assertThat(manifest.backbone().averaged()).isTrue();
    assertThat(manifest.position().orElseThrow().factor()).isEqualTo(POSITION);

    TinyEvaluation stored =
        TinyEvaluation.run(
            spark,
            evaluation(TinyEvaluation.storedOptions()).bank(work.resolve("banks").toString()),
            work.resolve("stored"));

    assertThat(stored).isEqualTo(expected);
    JsonNode run = new ObjectMapper().readTree(work.resolve("stored/run.json").toFile());
    assertThat(run.get("backbone").get("image_sizes").toString()).isEqualTo("[64,256]");
    assertThat(run.get("backbone").get("finer_stages").asText()).isEqualTo("mean");
    JsonNode position = run.get("banks").get("bottle").get("position");
    assertThat(position.get("factor").asDouble()).isEqualTo(POSITION);
    assertThat(position.get("step").asDouble()).isEqualTo(manifest.position().orElseThrow().step());
    JsonNode fresh = new ObjectMapper().readTree(work.resolve("expected/run.json").toFile());
    assertThat(fresh.get("options").get("position").asDouble()).isEqualTo(POSITION);
    assertThat(fresh.get("notes").get("bottle").toString()).contains("one cell of the grid aside");
    assertThat(run.get("notes")).isEqualTo(fresh.get("notes"));
  }

  @Test
  void aBankOfOtherSizesIsRefused() {
    EvaluateDataset other =
        evaluation(TinyEvaluation.storedOptions())
            .backbone(TinyDataset.backbone())
            .bank(work.resolve("banks").toString())
            .out(work.resolve("refused").toString());

    assertThatThrownBy(other::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the bank has image size 64,256, this run 64")
        .hasMessageContaining("Run with the bank's values");
  }

  @Test
  void scoringTakesTheRecipeFromTheBank() throws IOException {
    Map<String, ScoredFile> scored = new HashMap<>();
    new ScoreImages(spark)
        .bank(work.resolve("banks/bottle").toString())
        .data(data.resolve("bottle/test").toString())
        .backbone(network)
        .out(work.resolve("scored").toString())
        .execute()
        .report()
        .categories()
        .get(0)
        .images()
        .forEach(file -> scored.put("bottle/test/" + file.path(), file));

    Map<String, float[]> maps = maps("expected");
    assertThat(scored).containsOnlyKeys(maps.keySet());
    maps.forEach(
        (path, map) -> {
          float largest = 0;
          for (float value : map) {
            largest = Math.max(largest, value);
          }
          assertThat(scored.get(path).mapMax()).as(path).isEqualTo(largest);
        });
  }

  @Test
  void functionsOverTablesTakeTheRecipeFromTheBank() throws IOException {
    BankScorer scorer =
        BankScorer.open(spark, work.resolve("banks/bottle").toString(), "random:11").withMaps(true);
    var images =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .option("pathGlobFilter", "*.png")
            .load(data.resolve("bottle/test").toString());

    Map<String, float[]> maps = maps("expected");

    List<Row> scored = scorer.score(images).select("path", "map_max").collectAsList();
    List<Row> stepwise =
        scorer
            .compare(scorer.reduce(scorer.embed(images)))
            .select("path", "distances")
            .collectAsList();
    assertThat(scored).hasSameSizeAs(maps.keySet());
    for (Row row : scored) {
      float largest = 0;
      for (float value : maps.get(relative(row))) {
        largest = Math.max(largest, value);
      }
      assertThat(row.getFloat(1)).isEqualTo(largest);
    }
    for (Row row : stepwise) {
      float[] map = maps.get(relative(row));
      List<Float> distances = row.getList(1);
      assertThat(distances).hasSize(map.length);
      for (int i = 0; i < map.length; i++) {
        assertThat(distances.get(i)).isCloseTo(map[i], within(1e-4f * map[i]));
      }
    }
  }

  private String relative(Row row) {
    String path = row.getAs("path");
    return path.substring(path.indexOf("/bottle/test/") + 1);
  }

  @Test
  void anUpdateKeepsTheRecipe() throws IOException {
    Path banks = work.resolve("updated");
    Path first = Files.createDirectories(work.resolve("first/bottle"));
    Path more = Files.createDirectories(work.resolve("more"));
    try (Stream<Path> files = Files.list(data.resolve("bottle/train/good"))) {
      for (Path file : files.sorted().toList()) {
        boolean isLast = file.endsWith("008.png");
        Files.copy(file, (isLast ? more : first).resolve(file.getFileName().toString()));
      }
    }
    new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(banks.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .options(BankOptions.DEFAULT.withPosition(POSITION))
        .execute();

    UpdatedBank kept = update(banks, more, Refit.NEVER);
    UpdatedBank again = update(banks, null, Refit.ALWAYS);

    assertThat(kept.after().pca()).isEqualTo(kept.before().pca());
    assertThat(kept.after().position()).isEqualTo(kept.before().position());
    assertThat(kept.explainedVariance().getAsDouble()).isBetween(0.5, 1.0);
    assertThat(again.refitted()).isTrue();
    assertThat(again.after().position().orElseThrow().factor()).isEqualTo(POSITION);
    assertThat(again.after().position().orElseThrow().step())
        .isEqualTo(bank().manifest().position().orElseThrow().step());
    assertThat(again.after().backbone()).isEqualTo(bank().manifest().backbone());
  }

  private UpdatedBank update(Path banks, Path images, Refit refit) {
    UpdateBanks update =
        new UpdateBanks(spark)
            .banks(banks.resolve("bottle").toString())
            .backbone(network)
            .options(TinyEvaluation.EMBED)
            .options(TinyEvaluation.FIT)
            .guard(images == null ? OptionalDouble.empty() : OptionalDouble.of(100))
            .refit(refit);
    if (images != null) {
      update.data(images.toString());
    }
    return update.execute().updated().get(0);
  }

  @Test
  void oneBankOfAllCategoriesHasThePositionToo() throws IOException {
    evaluation(options().scope(BankScope.UNIFIED))
        .categories(List.of())
        .out(work.resolve("unified").toString())
        .execute();

    JsonNode run = new ObjectMapper().readTree(work.resolve("unified/run.json").toFile());
    assertThat(run.get("notes").toString()).contains("one cell of the grid aside");
  }

  @Test
  void aSingleNormalImageHasNoDistanceFromOthers() throws IOException {
    Path single = work.resolve("single-image");
    TinyDataset.generate(single);
    try (Stream<Path> files = Files.list(single.resolve("bottle/train/good"))) {
      for (Path file : files.sorted().skip(1).toList()) {
        Files.delete(file);
      }
    }

    RunResult result =
        evaluation(options())
            .data(single.toString())
            .out(work.resolve("of-one").toString())
            .execute();

    assertThat(result.report().failed().get(0).reason())
        .contains("--position needs the distance between normal images");
  }
}
