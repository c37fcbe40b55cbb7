package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is compared with a stored coreset says so, and claims no coreset of its own. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredCoresetTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CoresetOptions FIFTH = new CoresetOptions(0.2, CoresetMethod.RANDOM, 3);

  /** A fifth of 9 images of 8 x 8 patches. */
  private static final int KEPT = 115;

  private SparkSession spark;
  private Path work;
  private Path data;

  @BeforeAll
  void build(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    for (CoresetMethod method : CoresetMethod.values()) {
      build(method).banks(banks(method).toString()).execute();
    }
  }

  private BuildBanks build(CoresetMethod method) {
    return new BuildBanks(spark)
        .options(TinyEvaluation.FIT)
        .options(BankOptions.DEFAULT.withCoreset(new CoresetOptions(0.2, method, 3)))
        .options(TinyEvaluation.EMBED)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone());
  }

  private Path banks(CoresetMethod method) {
    return work.resolve("banks-" + method.id());
  }

  private EvaluateDataset evaluation(String out) {
    return new EvaluateDataset(spark)
        .options(TinyEvaluation.storedOptions().build())
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString());
  }

  @Test
  void anEvaluationRecordsTheCoresetOfTheBank() throws IOException {
    evaluation("fresh").options(TinyEvaluation.options().coreset(FIFTH).build()).execute();
    evaluation("stored").bank(banks(CoresetMethod.RANDOM).toString()).execute();

    JsonNode fresh = run("fresh");
    JsonNode stored = run("stored");
    assertThat(fresh.get("options").get("coreset").asDouble()).isEqualTo(0.2);
    assertThat(stored.get("options").fieldNames())
        .toIterable()
        .contains("scope", "neighbours", "batch_images", "resolution", "pictures")
        .doesNotContain("coreset", "coreset_method", "coreset_seed", "variance", "chunk_images");
    assertCoreset(stored, "random");
    assertThat(fresh.get("notes").get("bottle").toString())
        .contains("The bank is a coreset of 115 of 576 rows, chosen at random.");
    assertThat(stored.get("notes").get("bottle")).isEqualTo(fresh.get("notes").get("bottle"));
  }

  @Test
  void aGreedyCoresetIsNotedWithoutTheDistanceThatIsNotStored() throws IOException {
    evaluation("greedy").bank(banks(CoresetMethod.GREEDY).toString()).execute();

    assertCoreset(run("greedy"), "greedy");
    assertThat(run("greedy").get("notes").get("bottle").toString())
        .contains("The bank is a coreset of 115 of 576 rows.");
  }

  @Test
  void scoringRecordsTheCoresetOfTheBank() throws IOException {
    new ScoreImages(spark)
        .bank(banks(CoresetMethod.GREEDY).toString())
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .out(work.resolve("scored").toString())
        .execute();

    assertCoreset(run("scored"), "greedy");
    assertThat(run("scored").get("options").has("coreset")).isFalse();
  }

  private static void assertCoreset(JsonNode run, String method) {
    JsonNode coreset = run.get("banks").get("bottle").get("coreset");
    assertThat(coreset.get("ratio").asDouble()).isEqualTo(0.2);
    assertThat(coreset.get("method").asText()).isEqualTo(method);
    assertThat(coreset.get("seed").asLong()).isEqualTo(3);
    assertThat(coreset.get("rows").asInt()).isEqualTo(KEPT);
    assertThat(run.get("banks").get("bottle").get("rows").asInt()).isEqualTo(KEPT);
  }

  @Test
  void optionsThatAStoredBankDecidesAreRefused() {
    EvaluateDataset evaluation =
        evaluation("refused")
            .options(TinyEvaluation.options().coreset(FIFTH).build())
            .bank(banks(CoresetMethod.RANDOM).toString());

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("coreset = 0.2, coreset_method = random, coreset_seed = 3")
        .hasMessageContaining("chunk_images = 2")
        .hasMessageContaining("say how a bank is built");
    assertThat(work.resolve("refused")).doesNotExist();
  }

  @Test
  void whatIsTakenFromAStoreHasTheScoresOfItsImages() {
    String store = work.resolve("store").toString();
    evaluation("kept")
        .options(TinyEvaluation.options().coreset(FIFTH).build())
        .reuse(store)
        .execute();

    BuiltBank taken =
        build(CoresetMethod.RANDOM)
            .banks(work.resolve("taken").toString())
            .reuse(store)
            .execute()
            .built()
            .get(0);

    assertThat(taken.summary()).contains("taken from the store");
    assertThat(own(taken.location())).isEqualTo(own(stored(CoresetMethod.RANDOM)));
  }

  private static ReferenceScores own(BankLocation bank) {
    return ReferenceScores.find(bank, CONFIGURATION).orElseThrow();
  }

  private BankLocation stored(CoresetMethod method) {
    return BankLocation.current(banks(method).resolve("bottle").toString()).at(1);
  }

  @Test
  void theBanksNetworkIsNamedBeforeWeightsOfAnotherAreRead() throws IOException {
    String weights = TinyDataset.writeWeights(work.resolve("w.safetensors")).toString();
    EvaluateDataset evaluation =
        evaluation("another")
            .bank(banks(CoresetMethod.RANDOM).toString())
            .backbone(
                new BackboneSource(
                    EmbeddingSpec.of(Architecture.RESNET50), weights, Optional.empty()));

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was built with --backbone resnet18, and --backbone is resnet50;");
  }

  private JsonNode run(String out) throws IOException {
    return JSON.readTree(work.resolve(out).resolve("run.json").toFile());
  }

  @Test
  void aFileHasTheCoresetAndPValues() throws IOException {
    ExportBank.Result exported =
        new ExportBank(CONFIGURATION)
            .bank(banks(CoresetMethod.RANDOM).resolve("bottle").toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("coreset.onnx").toString())
            .execute();

    assertThat(exported.withoutPValue()).isEmpty();
    assertThat(Files.readString(work.resolve("coreset.card.md")))
        .contains("| rows | 115 of", "| coreset | random, ratio 0.2 |");
  }
}
