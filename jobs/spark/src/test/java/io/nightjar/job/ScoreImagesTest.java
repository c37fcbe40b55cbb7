package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.RunOptions;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Unlabelled images score as they do in an evaluation with the same bank. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreImagesTest {
  private SparkSession spark;
  private Path work;
  private Path data;
  private Path banks;

  @BeforeAll
  void build(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    banks = directory.resolve("banks");
    TinyBanks.of(spark, data, banks).execute();
  }

  private ScoreImages scoring(Path images, String out) {
    return new ScoreImages(spark)
        .bank(banks.toString())
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED);
  }

  @Test
  void mapsAndScoresAreThoseOfTheEvaluation() throws IOException {
    Path evaluated = work.resolve("evaluated");
    new EvaluateDataset(spark)
        .data(data.toString())
        .bank(banks.toString())
        .backbone(TinyDataset.backbone())
        .out(evaluated.toString())
        .options(TinyEvaluation.storedOptions().build())
        .execute();
    Path out = work.resolve("scored");

    ScoreImages.Result result = scoring(data, "scored").visualizations(1).execute();

    assertThat(result.complete()).isTrue();
    assertThat(maps(out)).isEqualTo(maps(evaluated)).isNotEmpty();
    List<Row> scores =
        spark.read().parquet(out + "/scores").orderBy("category", "path").collectAsList();
    assertThat(scores).hasSameSizeAs(maps(out));
    Row first = scores.get(0);
    CategoryScores bottle = result.report().categories().get(0);
    assertThat(first.<String>getAs("category")).isEqualTo("bottle");
    assertThat(first.<Integer>getAs("width")).isEqualTo(64);
    assertThat(first.<String>getAs("sha256")).hasSize(64);
    assertThat(first.<Float>getAs("map_max"))
        .isGreaterThanOrEqualTo(first.<Float>getAs("image_score"));
    assertThat(first.<Double>getAs("map_mean"))
        .isPositive()
        .isLessThan(first.<Float>getAs("map_max"));
    assertThat(Files.readAllLines(out.resolve("scores.csv"))).hasSize(scores.size() + 1);
    assertThat(out.resolve("score.json")).isNotEmptyFile();
    assertThat(out.resolve("distributions/carpet.json")).isNotEmptyFile();
    assertThat(out.resolve("pictures/bottle")).isNotEmptyDirectory();
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("weights_sha256", "\"manifest_sha256\" : ", "\"neighbours\" : 1", "devices")
        .doesNotContain("chunk_images", "exact_metrics");
    assertThat(bottle.basis().version()).isEqualTo(1);
  }

  private List<String> maps(Path run) {
    return spark
        .read()
        .parquet(run + "/maps")
        .select("category", "path", "image_score", "height", "width", "map")
        .orderBy("category", "path")
        .toJSON()
        .collectAsList();
  }

  @Test
  void oneBankSaysWhatTheImagesOfAFolderAre() {
    ScoreImages.Result result =
        scoring(data.resolve("bottle/test/good"), "folder")
            .bank(banks.resolve("bottle") + "@1")
            .execute();

    assertThat(result.report().categories())
        .extracting(CategoryScores::category)
        .containsExactly("bottle");
    assertThat(result.report().categories().get(0).images()).hasSize(2);
  }

  @Test
  void aDamagedImageIsLeftOutAndReported() throws IOException {
    Path images = TinyDataset.generate(work.resolve("damaged"));
    Files.write(images.resolve("bottle/train/good/004.png"), new byte[] {1, 2, 3});

    CategoryScores bottle =
        scoring(images.resolve("bottle/train/good"), "damaged-out")
            .categories(List.of("bottle"))
            .options(RunOptions.DEFAULT.withMaxQuarantined(0.2))
            .execute()
            .report()
            .categories()
            .get(0);

    assertThat(bottle.images()).hasSize(8);
    assertThat(bottle.quarantined()).extracting(QuarantinedFile::path).containsExactly("004.png");
    // ONNX Runtime reduces patches within its graph, where sums are rounded in another order.
    double rounding =
        Embedders.reducesMaps(TinyDataset.backbone().spec(), DeviceRequest.CPU) ? 0 : 1e-4;
    assertThat(bottle.imageScores().quantile(1))
        .as("images of the bank")
        .isCloseTo(0, within(rounding));
  }

  @Test
  void aCategoryWithoutAnyReadableImageFails() throws IOException {
    Path folder = Files.createDirectories(work.resolve("unusable/bottle"));
    Files.write(folder.resolve("a.png"), new byte[0]);

    ScoreImages.Result result =
        scoring(work.resolve("unusable"), "unusable-out")
            .options(RunOptions.DEFAULT.withMaxQuarantined(1))
            .execute();

    assertThat(result.complete()).isFalse();
    assertThat(result.report().failed())
        .extracting(FailedCategory::reason)
        .containsExactly(
            "The only new image of category bottle cannot be used, so there is nothing to score."
                + " a.png: The file is empty (0 bytes). Mend it, or leave the category out.");
    assertThat(work.resolve("unusable-out/score.json")).isNotEmptyFile();
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnyWork() throws IOException {
    Path foreign = Files.createDirectories(work.resolve("foreign/screw"));
    Files.write(foreign.resolve("a.png"), new byte[0]);
    BackboneModel other =
        BackboneModel.build(
            new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8),
            SeededWeights.of(Architecture.RESNET18, 12));

    assertRefused(scoring(data, "never").bank(work.resolve("no-banks").toString()), "no bank in");
    assertRefused(scoring(foreign.getParent(), "never"), "no bank in", "screw");
    assertRefused(
        scoring(foreign, "never")
            .bank(banks.resolve("carpet").toString())
            .categories(List.of("screw")),
        "is a bank of category carpet, but the images are of category screw");
    String weights = TinyDataset.writeWeights(work.resolve("resnet18.safetensors")).toString();
    assertRefused(
        scoring(data, "never")
            .backbone(
                new BackboneSource(
                    EmbeddingSpec.of(Architecture.RESNET50), weights, Optional.empty())),
        "was built with --backbone resnet18, and --backbone is resnet50;");
    assertRefused(scoring(data, "never").backbone(other), "does not fit this run", "layers");
    assertRefused(
        scoring(Files.createDirectories(work.resolve("nothing")), "never"), "There is no image");
    assertThat(work.resolve("never")).doesNotExist();
  }

  private static void assertRefused(ScoreImages scoring, String... words) {
    assertThatThrownBy(scoring::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }
}
