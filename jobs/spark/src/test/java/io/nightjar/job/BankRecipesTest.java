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
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Components that are limited, of stages that are weighted. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BankRecipesTest {
  private static final Weights WEIGHTS = TinyDataset.weights();
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8);
  private static final BankOptions BALANCED =
      BankOptions.DEFAULT.withStageWeights(StageWeights.BALANCED);

  private SparkSession spark;
  private Path work;
  private Path data;
  private BackboneModel network;
  private TinyEvaluation balanced;

  @BeforeAll
  void evaluate(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    network = BackboneModel.build(SPEC, WEIGHTS);
    balanced = evaluated(BALANCED, "balanced");
  }

  private EvaluateDataset evaluation(EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .options(options.build());
  }

  private TinyEvaluation evaluated(BankOptions bank, String out) {
    return TinyEvaluation.run(
        spark, evaluation(TinyEvaluation.options().bank(bank)), work.resolve(out));
  }

  @Test
  void balancedStagesHaveTheSamePartOfTheVariance() throws IOException, OrtException {
    assertDistances(BALANCED, "balanced");
    JsonNode run = new ObjectMapper().readTree(work.resolve("balanced/run.json").toFile());
    assertThat(run.get("options").get("stage_weights").asText()).isEqualTo("balanced");
  }

  @Test
  void stagesAreMultipliedByTheirWeights() throws IOException, OrtException {
    BankOptions weighted =
        BankOptions.DEFAULT
            .withMaxComponents(OptionalInt.of(20))
            .withStageWeights(StageWeights.parse("1, 0.25"));

    evaluated(weighted, "weighted");

    assertDistances(weighted, "weighted");
  }

  private void assertDistances(BankOptions bank, String out) throws IOException, OrtException {
    try (RecipeTwin twin =
        new RecipeTwin(SPEC, List.of(WEIGHTS), bank, BottleImages.normal(data))) {
      BottleImages.assertDistances(BottleImages.maps(spark, work.resolve(out)), twin, data);
    }
  }

  @Test
  void mllibFindsTheSameComponents() {
    TinyEvaluation.run(
        spark,
        evaluation(TinyEvaluation.options().bank(BALANCED).pcaSolver(PcaSolver.MLLIB)),
        work.resolve("mllib"));

    Map<String, float[]> blocked = BottleImages.maps(spark, work.resolve("balanced"));
    BottleImages.maps(spark, work.resolve("mllib"))
        .forEach((path, map) -> assertThat(map).containsExactly(blocked.get(path), within(1e-3f)));
  }

  /** Embeddings and covariances are shared between weights, banks are not. */
  @Test
  void aStoreGivesNothingThatAnotherRecipeMade() {
    TinyEvaluation plain = kept(BankOptions.DEFAULT, "store-1");

    TinyEvaluation kept = kept(BALANCED, "store-2");

    assertThat(kept).isEqualTo(balanced).isNotEqualTo(plain);
  }

  private TinyEvaluation kept(BankOptions bank, String out) {
    return TinyEvaluation.run(
        spark,
        evaluation(TinyEvaluation.options().bank(bank))
            .reuse(work.resolve("store").toString())
            .keepEmbeddings(true),
        work.resolve(out));
  }

  @Test
  void weightsOfAnotherNumberOfStagesAreRefused() {
    EvaluateDataset evaluation =
        evaluation(TinyEvaluation.options().stageWeights(StageWeights.parse("1,2,3")))
            .out(work.resolve("refused").toString());

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --stage-weights names 3 weights, 1.0,2.0,3.0, but --layers 1,2 has 2: name"
                + " one for each.");
  }
}
