package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.report.ScoredFile;
import io.nightjar.table.BankScorer;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Images that keep their shape, wherever a bank is built or used. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptShapesTest {
  private static final double POSITION = 0.25;
  private static final Weights WEIGHTS = TinyDataset.weights();
  private static final EmbeddingSpec SQUARE =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 64, 8);

  /** By hand, of 100 x 50 pixels: 64 sqrt(1 / 2) = 45.3, 64 sqrt(2) = 90.5. */
  private static final EmbeddingSpec WIDE = SQUARE.with(List.of(new Size(48, 96)), new Size(6, 12));

  private SparkSession spark;
  private Path work;
  private Path data;
  private BackboneModel network;
  private TinyEvaluation expected;

  /** Bottles are wide, but for one of them; carpets are high. */
  @BeforeAll
  void evaluate(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".png")).toList()) {
        if (file.toString().matches(".*/train/good/00[5-9].png")) {
          Files.delete(file);
          continue;
        }
        boolean isWide = file.toString().contains("bottle");
        boolean isOther = file.endsWith("bottle/train/good/003.png");
        resize(file, isOther ? 40 : isWide ? 100 : 50, isOther ? 80 : isWide ? 50 : 100);
      }
    }
    network = BackboneModel.build(SQUARE, WEIGHTS);
    expected =
        TinyEvaluation.run(spark, evaluation(options()), work.resolve("expected")).only("bottle");
    build("banks", data);
  }

  private static void resize(Path file, int width, int height) throws IOException {
    RgbImage resized = BilinearResize.resize(decoded(file), width, height);
    if (file.toString().contains("ground_truth")) {
      byte[] pixels = resized.pixels();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) ((pixels[i] & 0xff) > 127 ? 255 : 0);
      }
    }
    Files.write(file, TinyImages.png(resized));
  }

  private void build(String banks, Path images) {
    new BuildBanks(spark)
        .data(images.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(work.resolve(banks).toString())
        .options(TinyEvaluation.FIT)
        .options(kept())
        .options(BankOptions.DEFAULT.withPosition(POSITION))
        .execute();
  }

  private static EmbedOptions kept() {
    return TinyEvaluation.EMBED.withAspect(Aspect.KEEP);
  }

  private static EvaluationOptions.Builder options() {
    return TinyEvaluation.options().embed(kept()).position(POSITION);
  }

  private EvaluateDataset evaluation(EvaluationOptions.Builder options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(network)
        .options(options.build());
  }

  /** Of bottles alone. */
  private TinyEvaluation run(String out, EvaluateDataset evaluation) {
    return TinyEvaluation.run(spark, evaluation.categories(List.of("bottle")), work.resolve(out));
  }

  private JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(work.resolve(out).resolve("run.json").toFile());
  }

  @Test
  void distancesAreThoseOfAPlainTwinInFloat64() throws IOException, OrtException {
    List<RgbImage> normal = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("bottle/train/good"))) {
      for (Path file : files.sorted().toList()) {
        normal.add(decoded(file));
      }
    }
    Map<String, float[]> maps = maps("expected");

    assertThat(maps).hasSizeGreaterThan(2);
    try (RecipeTwin twin =
        new RecipeTwin(
            WIDE, List.of(WEIGHTS), BankOptions.DEFAULT.withPosition(POSITION), normal)) {
      for (Map.Entry<String, float[]> map : maps.entrySet()) {
        double[] distances = twin.distances(decoded(data.resolve(map.getKey())));
        assertThat(map.getValue()).hasSameSizeAs(distances).hasSize(6 * 12);
        for (int i = 0; i < distances.length; i++) {
          assertThat((double) map.getValue()[i])
              .as("%s, patch %d", map.getKey(), i)
              .isCloseTo(distances[i], within(2e-4 * distances[i]));
        }
      }
      assertThat(bank("banks").manifest().dimension()).isEqualTo(twin.dimension());
    }
  }

  private Map<String, float[]> maps(String out) {
    Map<String, float[]> maps = new HashMap<>();
    for (Row row :
        spark
            .read()
            .parquet(work.resolve(out) + "/maps")
            .filter("category = 'bottle'")
            .select("path", "map")
            .collectAsList()) {
      List<Float> values = row.getList(1);
      float[] map = new float[values.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = values.get(i);
      }
      maps.put("bottle/" + row.getString(0), map);
    }
    return maps;
  }

  private static RgbImage decoded(Path file) throws IOException {
    try {
      return ImageDecoder.decode(Files.readAllBytes(file), file.toString());
    } catch (UnreadableFileException e) {
      throw new IOException(e);
    }
  }

  @Test
  void everyCategoryHasTheShapeOfMostOfItsNormalImages() throws IOException {
    JsonNode run = json("expected");

    assertThat(run.get("options").get("aspect").asText()).isEqualTo("keep");
    assertThat(run.get("backbone").get("image_size").asInt()).isEqualTo(64);
    assertThat(run.get("banks").get("bottle").get("image_size").asText()).isEqualTo("48x96");
    assertThat(run.get("banks").get("bottle").get("grid").asText()).isEqualTo("6x12");
    assertThat(run.get("banks").get("carpet").get("image_size").asText()).isEqualTo("96x48");
    assertThat(run.get("notes").get("bottle").toString())
        .contains(
            "1 of 10 images is squeezed by more than 1.5 to the network's input of 48x96 pixels"
                + " (train/good/003.png of 80x40, height and width, by 4.0, is the first)")
        .contains("make images of another shape a category of their own");
    assertThat(run.get("notes").get("carpet").toString()).doesNotContain("squeezed");
  }

  /** And no partitioning, batch or place of the bank changes a bit. */
  @Test
  void anImageSizeOfThatHeightAndWidthGivesTheSame() {
    EvaluationOptions.Builder named =
        TinyEvaluation.options()
            .position(POSITION)
            .embed(TinyEvaluation.EMBED.withBatchImages(1))
            .partitions(3)
            .trainPatches(TrainPatches.RECOMPUTE)
            .broadcastLimit(4L * (SQUARE.channels() + 2));

    assertThat(run("named", evaluation(named).backbone(BackboneModel.build(WIDE, WEIGHTS))))
        .isEqualTo(expected);
  }

  @Test
  void aStoreGivesNothingThatAnotherShapeMade() throws IOException {
    Path store = work.resolve("store");
    EvaluationOptions.Builder squeezed = TinyEvaluation.options().position(POSITION);

    assertThat(kept("squeezed", store, squeezed)).isNotEqualTo(expected);
    assertThat(kept("kept", store, options())).isEqualTo(expected);
    JsonNode run = json("squeezed");
    assertThat(run.get("options").has("aspect")).isFalse();
    assertThat(run.get("notes").get("bottle").toString())
        .contains("10 of 10 images are squeezed by more than 1.5", "by 2.0, is the first")
        .contains("try --aspect keep");
  }

  private TinyEvaluation kept(String out, Path store, EvaluationOptions.Builder options) {
    return run(out, evaluation(options).reuse(store.toString()).keepEmbeddings(true));
  }

  private StoredBank bank(String banks) {
    return StoredBank.open(
        BankLocation.parse(work.resolve(banks).resolve("bottle").toString()), new Configuration());
  }

  @Test
  void aStoredBankKeepsItsShape() throws IOException {
    BankManifest manifest = bank("banks").manifest();
    assertThat(manifest.formatVersion()).isEqualTo(2);
    assertThat(manifest.backbone().imageSizes()).isEqualTo(WIDE.imageSizes());
    assertThat(manifest.backbone().grid()).isEqualTo(WIDE.grid());
    assertThat(manifest.rows()).isEqualTo(5 * 6 * 12);

    TinyEvaluation stored =
        run(
            "stored",
            evaluation(TinyEvaluation.storedOptions().embed(kept()))
                .bank(work.resolve("banks").toString()));

    assertThat(stored).isEqualTo(expected);
    assertThat(json("stored").get("banks").get("bottle").get("grid").asText()).isEqualTo("6x12");
    assertThatThrownBy(
            () ->
                evaluation(TinyEvaluation.storedOptions())
                    .bank(work.resolve("banks").toString())
                    .categories(List.of("bottle"))
                    .out(work.resolve("refused").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the bank has image size 48x96, this run 64")
        .hasMessageContaining("it takes --aspect keep");
  }

  @Test
  void scoringTakesTheShapeFromTheBank() {
    Map<String, ScoredFile> scored = new HashMap<>();
    new ScoreImages(spark)
        .bank(work.resolve("banks/bottle").toString())
        .data(data.resolve("bottle/test").toString())
        .backbone(network)
        .options(kept())
        .out(work.resolve("scored").toString())
        .execute()
        .report()
        .categories()
        .get(0)
        .images()
        .forEach(file -> scored.put("bottle/test/" + file.path(), file));

    Map<String, float[]> maps = maps("expected");
    assertThat(scored).containsOnlyKeys(maps.keySet());
    maps.forEach((path, map) -> assertThat(scored.get(path).map()).as(path).isEqualTo(map));
    assertThat(scored.values())
        .allSatisfy(
            file -> {
              assertThat(file.mapHeight()).isEqualTo(6);
              assertThat(file.mapWidth()).isEqualTo(12);
            });
  }

  /** High carpets are squeezed four times by the bank of wide bottles. */
  @Test
  void imagesThatTheBankSqueezesAreSaidToBe() throws IOException {
    List<String> notes =
        new ScoreImages(spark)
            .bank(work.resolve("banks/bottle").toString())
            .data(data.resolve("carpet/test/good").toString())
            .backbone(network)
            .options(kept())
            .visualizations(0)
            .out(work.resolve("scored-squeezed").toString())
            .execute()
            .report()
            .categories()
            .get(0)
            .notes();

    assertThat(notes).hasSize(1);
    assertThat(notes.get(0))
        .contains("2 of 2 images are squeezed by more than 1.5", "by 4.0, is the first")
        .contains("images of another shape need a bank of their own");
    assertThat(json("scored-squeezed").get("notes").get("bottle").get(0).asText())
        .isEqualTo(notes.get(0));
  }

  @Test
  void functionsOverTablesTakeTheShapeFromTheBank() {
    var images =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .option("pathGlobFilter", "*.png")
            .load(data.resolve("bottle/test").toString());

    List<Row> scored =
        BankScorer.open(spark, work.resolve("banks/bottle").toString(), "random:11")
            .score(images)
            .select("path", "map_max")
            .collectAsList();

    Map<String, float[]> maps = maps("expected");
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
  void anUpdateKeepsTheShape() throws IOException {
    Path more = Files.createDirectories(work.resolve("more"));
    Path bank = work.resolve("updated/bottle");
    try (Stream<Path> files = Files.walk(work.resolve("banks/bottle"))) {
      for (Path file : files.toList()) {
        Path copy = bank.resolve(work.resolve("banks/bottle").relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.copy(data.resolve("bottle/test/good/000.png"), more.resolve("new.png"));

    UpdatedBank updated =
        new UpdateBanks(spark)
            .banks(bank.toString())
            .data(more.toString())
            .backbone(network)
            .options(kept())
            .options(TinyEvaluation.FIT)
            .guard(OptionalDouble.empty())
            .refit(Refit.NEVER)
            .execute()
            .updated()
            .get(0);

    assertThat(updated.after().rows()).isEqualTo(6 * 6 * 12);
    assertThat(updated.after().backbone()).isEqualTo(bank("banks").manifest().backbone());
  }

  @Test
  void oneBankOfAllCategoriesHasTheMostCommonShapeOfAll() throws IOException {
    evaluation(options().scope(BankScope.UNIFIED))
        .out(work.resolve("unified").toString())
        .execute();

    JsonNode run = json("unified");
    assertThat(run.get("notes").get("carpet").toString())
        .doesNotContain("to the network's input of 48x96");
    assertThat(run.get("notes").get("bottle").toString())
        .contains("are squeezed by more than 1.5 to the network's input of 96x48 pixels");
  }
}
