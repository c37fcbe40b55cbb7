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
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.table.BankScorer;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What limits and weighs the components of a bank, wherever it is built or used. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BankRecipesTest {
  private static final Weights WEIGHTS = SeededWeights.of(Architecture.RESNET18, 11L);
  private static final EmbeddingSpec ONE_SIZE =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8);
  private static final EmbeddingSpec TWO_SIZES = ONE_SIZE.withImageSizes(List.of(64, 96));

  private SparkSession spark;
  private Path work;
  private Path data;

  @BeforeAll
  void generate(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
  }

  private EvaluateDataset evaluation(EmbeddingSpec spec, EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(BackboneModel.build(spec, WEIGHTS))
        .options(options.build());
  }

  private TinyEvaluation evaluated(EmbeddingSpec spec, BankOptions bank, String out) {
    return TinyEvaluation.run(
        spark, evaluation(spec, TinyEvaluation.options().bank(bank)), work.resolve(out));
  }

  private void build(EmbeddingSpec spec, BankOptions bank, String banks) {
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(BackboneModel.build(spec, WEIGHTS))
        .banks(work.resolve(banks).toString())
        .options(TinyEvaluation.FIT)
        .options(TinyEvaluation.EMBED)
        .options(bank)
        .execute();
  }

  private StoredBank bank(String banks) {
    return StoredBank.open(
        BankLocation.parse(work.resolve(banks).resolve("bottle").toString()), new Configuration());
  }

  private void assertDistances(EmbeddingSpec spec, BankOptions bank, String out)
      throws IOException, OrtException {
    RecipeTwin twin = new RecipeTwin(spec, List.of(WEIGHTS), bank, BottleImages.normal(data));

    BottleImages.assertDistances(BottleImages.maps(spark, work.resolve(out)), twin, data);
  }

  @Test
  void everySizeHasAtMostSoManyComponents() throws IOException, OrtException {
    BankOptions limited =
        BankOptions.DEFAULT.withPosition(0.25).withMaxComponents(OptionalInt.of(6));

    evaluated(TWO_SIZES, limited, "limited");

    assertDistances(TWO_SIZES, limited, "limited");
    JsonNode run = new ObjectMapper().readTree(work.resolve("limited/run.json").toFile());
    assertThat(run.get("options").get("max_components").asInt()).isEqualTo(6);
    JsonNode metrics = new ObjectMapper().readTree(work.resolve("limited/metrics.json").toFile());
    assertThat(metrics.get("categories").get(0).get("components").asInt()).isEqualTo(6 + 6 + 2);
  }

  @Test
  void balancedStagesHaveTheSamePartOfTheVariance() throws IOException, OrtException {
    BankOptions balanced = BankOptions.DEFAULT.withStageWeights(StageWeights.BALANCED);

    evaluated(TWO_SIZES, balanced, "balanced");

    assertDistances(TWO_SIZES, balanced, "balanced");
    JsonNode run = new ObjectMapper().readTree(work.resolve("balanced/run.json").toFile());
    assertThat(run.get("options").get("stage_weights").asText()).isEqualTo("balanced");
  }

  @Test
  void stagesAreMultipliedByTheirWeights() throws IOException, OrtException {
    BankOptions weighted =
        BankOptions.DEFAULT
            .withMaxComponents(OptionalInt.of(20))
            .withStageWeights(StageWeights.parse("1, 0.25"));

    evaluated(ONE_SIZE, weighted, "weighted");

    assertDistances(ONE_SIZE, weighted, "weighted");
  }

  @Test
  void mllibFindsTheSameComponentsOfWeightedStages() {
    EvaluationOptions.Builder options =
        TinyEvaluation.options()
            .bank(
                BankOptions.DEFAULT
                    .withStageWeights(StageWeights.BALANCED)
                    .withMaxComponents(OptionalInt.of(8)));
    TinyEvaluation.run(spark, evaluation(ONE_SIZE, options), work.resolve("blocked"));

    TinyEvaluation.run(
        spark, evaluation(ONE_SIZE, options.pcaSolver(PcaSolver.MLLIB)), work.resolve("mllib"));

    Map<String, float[]> blocked = BottleImages.maps(spark, work.resolve("blocked"));
    BottleImages.maps(spark, work.resolve("mllib"))
        .forEach(
            (path, map) -> assertThat(map).containsExactly(blocked.get(path), within(1e-3f)));
  }

  @Test
  void weightsOfAnotherNumberOfStagesAreRefused() {
    EvaluateDataset evaluation =
        evaluation(ONE_SIZE, TinyEvaluation.options().stageWeights(StageWeights.parse("1,2,3")))
            .out(work.resolve("refused").toString());

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --stage-weights names 3 weights, 1.0,2.0,3.0, but --layers 1,2 has 2: name"
                + " one for each.");
  }

  @Test
  void aStoredBankKeepsItsWeights() throws IOException {
    BankOptions balanced =
        BankOptions.DEFAULT.withStageWeights(StageWeights.BALANCED).withPosition(0.25);

    assertStored(balanced, "weights");

    BankManifest manifest = bank("weights").manifest();
    assertThat(manifest.pca().explainedVariance()).isBetween(0.95, 1.0);
    assertThat(bank("weights").reduction().isWeighted()).isTrue();
    JsonNode run = new ObjectMapper().readTree(work.resolve("weights-stored/run.json").toFile());
    assertThat(run.get("banks").get("bottle").get("stage_weights").asText()).isEqualTo("balanced");
  }

  @Test
  void aStoredBankKeepsItsLimit() throws IOException {
    BankOptions limited = BankOptions.DEFAULT.withMaxComponents(OptionalInt.of(5));

    assertStored(limited, "limit");

    BankManifest manifest = bank("limit").manifest();
    assertThat(manifest.pca().rule()).isEqualTo(limited.rule());
    assertThat(manifest.dimension()).isEqualTo(5);
    assertThat(manifest.pca().explainedVariance()).isLessThan(0.95);
    JsonNode run = new ObjectMapper().readTree(work.resolve("limit-stored/run.json").toFile());
    assertThat(run.get("banks").get("bottle").get("max_components").asInt()).isEqualTo(5);
  }

  /** Evaluations, tables and updates go by what a bank was built with. */
  private void assertStored(BankOptions recipe, String name) {
    TinyEvaluation fresh = evaluated(ONE_SIZE, recipe, name + "-fresh");
    build(ONE_SIZE, recipe, name);
    String banks = work.resolve(name).toString();

    assertThat(
            TinyEvaluation.run(
                spark,
                evaluation(ONE_SIZE, TinyEvaluation.storedOptions()).bank(banks),
                work.resolve(name + "-stored")))
        .isEqualTo(fresh);
    Map<String, float[]> maps = BottleImages.maps(spark, work.resolve(name + "-fresh"));
    List<Row> scored = scored(banks + "/bottle");
    assertThat(scored).hasSameSizeAs(maps.keySet());
    for (Row row : scored) {
      String path = row.getString(0);
      float largest = 0;
      for (float value : maps.get(path.substring(path.indexOf("/bottle/test/") + 1))) {
        largest = Math.max(largest, value);
      }
      assertThat(row.getFloat(1)).isEqualTo(largest);
    }
    BankManifest before = bank(name).manifest();
    UpdatedBank again = refitted(banks + "/bottle");
    assertThat(again.refitted()).isTrue();
    assertThat(again.after().pca().rule()).isEqualTo(recipe.rule());
    assertThat(again.after().pca().sha256()).isEqualTo(before.pca().sha256());
  }

  private List<Row> scored(String bank) {
    return BankScorer.open(spark, bank, "random:11")
        .score(
            spark
                .read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.png")
                .load(data.resolve("bottle/test").toString()))
        .select("path", "map_max")
        .collectAsList();
  }

  private UpdatedBank refitted(String bank) {
    return new UpdateBanks(spark)
        .banks(bank)
        .backbone(BackboneModel.build(ONE_SIZE, WEIGHTS))
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .guard(OptionalDouble.empty())
        .refit(Refit.ALWAYS)
        .execute()
        .updated()
        .get(0);
  }

  @Test
  void aStoreGivesNothingThatAnotherRecipeMade() {
    BankOptions five = BankOptions.DEFAULT.withMaxComponents(OptionalInt.of(5));
    TinyEvaluation plain = evaluated(ONE_SIZE, BankOptions.DEFAULT, "plain");

    assertThat(kept(BankOptions.DEFAULT, "store-1")).isEqualTo(plain);
    assertThat(kept(five, "store-2")).isNotEqualTo(plain);
    BankOptions balanced = BankOptions.DEFAULT.withStageWeights(StageWeights.BALANCED);
    assertThat(kept(balanced, "store-3")).isEqualTo(evaluated(ONE_SIZE, balanced, "fresh-3"));
    assertThat(kept(BankOptions.DEFAULT, "store-4")).isEqualTo(plain);
  }

  private TinyEvaluation kept(BankOptions bank, String out) {
    return TinyEvaluation.run(
        spark,
        evaluation(ONE_SIZE, TinyEvaluation.options().bank(bank))
            .reuse(work.resolve("store").toString())
            .keepEmbeddings(true),
        work.resolve(out));
  }
}
