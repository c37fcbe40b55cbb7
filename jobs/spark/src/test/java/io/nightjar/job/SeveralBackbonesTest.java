package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EvaluationOptions;
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

/**
 * Two networks at two sizes in one search, with limited components of balanced stages and the
 * position.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralBackbonesTest {
  private static final List<Weights> WEIGHTS =
      List.of(TinyDataset.weights(), SeededWeights.of(Architecture.RESNET50_V1, 12L));
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1), 64, 8)
          .withArchitectures(List.of(Architecture.RESNET18, Architecture.RESNET50_V1))
          .withImageSizes(List.of(64, 96));
  private static final BankOptions BANK =
      BankOptions.DEFAULT
          .withPosition(0.25)
          .withMaxComponents(OptionalInt.of(9))
          .withStageWeights(StageWeights.BALANCED);

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
    expected = run("expected", TinyEvaluation.options().bank(BANK));
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(work.resolve("banks").toString())
        .options(TinyEvaluation.FIT)
        .options(TinyEvaluation.EMBED)
        .options(BANK)
        .execute();
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

  private String bank() {
    return work.resolve("banks/bottle").toString();
  }

  @Test
  void distancesAreThoseOfAPlainTwinInFloat64() throws IOException, OrtException {
    JsonNode metrics = new ObjectMapper().readTree(work.resolve("expected/metrics.json").toFile());
    try (RecipeTwin twin = new RecipeTwin(SPEC, WEIGHTS, BANK, BottleImages.normal(data))) {
      BottleImages.assertDistances(BottleImages.maps(spark, work.resolve("expected")), twin, data);

      assertThat(metrics.get("categories").get(0).get("components").asInt())
          .isEqualTo(twin.dimension())
          .isLessThanOrEqualTo(4 * 9 + 2);
    }
    JsonNode run = new ObjectMapper().readTree(work.resolve("expected/run.json").toFile());
    assertThat(run.get("backbone").get("architecture").asText()).isEqualTo("resnet18,resnet50_v1");
    assertThat(run.get("backbone").get("weights_sha256").asText())
        .isEqualTo(WEIGHTS.get(0).sha256() + "," + WEIGHTS.get(1).sha256());
    assertThat(run.get("backbone").get("channels").asInt()).isEqualTo(2 * (64 + 256));
    assertThat(run.get("options").get("max_components").asInt()).isEqualTo(9);
  }

  @Test
  void aStoredBankKeepsTheRecipe() throws IOException {
    StoredBank stored = StoredBank.open(BankLocation.parse(bank()), new Configuration());
    assertThat(stored.manifest().backbone().spec()).isEqualTo(SPEC);
    assertThat(stored.manifest().formatVersion()).isEqualTo(2);
    assertThat(stored.manifest().pca().rule()).isEqualTo(BANK.rule());
    assertThat(stored.reduction().branches()).hasSize(4);
    assertThat(stored.reduction().isWeighted()).isTrue();

    assertThat(
            TinyEvaluation.run(
                spark,
                evaluation(TinyEvaluation.storedOptions()).bank(work.resolve("banks").toString()),
                work.resolve("stored")))
        .isEqualTo(expected);
    JsonNode run = new ObjectMapper().readTree(work.resolve("stored/run.json").toFile());
    assertThat(run.get("banks").get("bottle").get("max_components").asInt()).isEqualTo(9);
    assertThat(run.get("banks").get("bottle").get("stage_weights").asText()).isEqualTo("balanced");

    UpdatedBank again =
        new UpdateBanks(spark)
            .banks(bank())
            .backbone(network)
            .options(TinyEvaluation.EMBED)
            .options(TinyEvaluation.FIT)
            .guard(OptionalDouble.empty())
            .refit(Refit.ALWAYS)
            .execute()
            .updated()
            .get(0);
    assertThat(again.after().pca().sha256()).isEqualTo(stored.manifest().pca().sha256());
    assertThat(again.after().pca().rule()).isEqualTo(BANK.rule());
    assertThat(again.after().backbone()).isEqualTo(stored.manifest().backbone());
  }

  @Test
  void functionsOverTablesTakeTheNetworksFromTheBank() {
    Map<String, float[]> maps = BottleImages.maps(spark, work.resolve("expected"));

    List<Row> scored =
        BankScorer.open(spark, bank(), "random:11,random:12")
            .score(
                spark
                    .read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .option("pathGlobFilter", "*.png")
                    .load(data.resolve("bottle/test").toString()))
            .select("path", "map_max")
            .collectAsList();

    assertThat(scored).hasSameSizeAs(maps.keySet());
    for (Row row : scored) {
      String path = row.getString(0);
      float largest = 0;
      for (float value : maps.get(path.substring(path.indexOf("/bottle/test/") + 1))) {
        largest = Math.max(largest, value);
      }
      assertThat(row.getFloat(1)).isEqualTo(largest);
    }
  }

  @Test
  void aBankOfOtherNetworksIsRefused() {
    EvaluateDataset one =
        evaluation(TinyEvaluation.storedOptions())
            .backbone(
                BackboneModel.build(
                    SPEC.withArchitectures(List.of(Architecture.RESNET18)), WEIGHTS.get(0)))
            .bank(work.resolve("banks").toString())
            .out(work.resolve("refused").toString());

    assertThatThrownBy(one::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has architecture resnet18,resnet50_v1, this run resnet18");
  }

  @Test
  void theSameNetworkTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                BackboneModel.build(
                    SPEC.withArchitectures(List.of(Architecture.RESNET18, Architecture.RESNET18)),
                    List.of(WEIGHTS.get(0), WEIGHTS.get(0))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The network resnet18 with the weights")
        .hasMessageContaining("is named twice");
  }
}
