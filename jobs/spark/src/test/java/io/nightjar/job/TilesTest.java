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
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.table.BankScorer;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.tile.TileRule;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images that are cut into tiles, wherever a bank is built or used. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TilesTest {
  private static final double POSITION = 0.25;
  private static final Weights WEIGHTS = TinyDataset.weights();
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2), 32, 4);

  /** Tiles of 48 pixels that overlap by 16. */
  private static final TileRule RULE = new TileRule(48, 48, 16);

  /** By hand, of bottles of 100 x 70 pixels; the last ones are shifted inwards. */
  private static final int[] TOPS = {0, 22};

  private static final int[] LEFTS = {0, 32, 52};

  private SparkSession spark;
  private Path work;
  private Path data;
  private BackboneModel network;
  private TinyEvaluation expected;
  private RecipeTwin twin;

  /** Bottles are larger than a tile, of several; carpets are smaller. */
  @BeforeAll
  void evaluate(@TempDir Path directory) throws IOException, OrtException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".png")).toList()) {
        if (file.toString().matches(".*/train/good/00[5-9].png")) {
          Files.delete(file);
        } else if (file.endsWith("bottle/train/good/003.png")) {
          resize(file, 50, 35);
        } else if (file.toString().contains("bottle")) {
          resize(file, 100, 70);
        } else {
          resize(file, 40, 40);
        }
      }
    }
    network = BackboneModel.build(SPEC, WEIGHTS);
    expected =
        TinyEvaluation.run(spark, evaluation(options()), work.resolve("expected")).only("bottle");
    build("banks", BankOptions.DEFAULT.withPosition(POSITION));
    twin =
        new RecipeTwin(
            SPEC,
            List.of(WEIGHTS),
            BankOptions.DEFAULT.withPosition(POSITION),
            BottleImages.normal(data),
            new BottleTiles());
  }

  @AfterAll
  void close() throws OrtException {
    if (twin != null) {
      twin.close();
    }
  }

  private static void resize(Path file, int width, int height) throws IOException {
    RgbImage resized = BilinearResize.resize(BottleImages.decoded(file), width, height);
    if (file.toString().contains("ground_truth")) {
      byte[] pixels = resized.pixels();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) ((pixels[i] & 0xff) > 127 ? 255 : 0);
      }
    }
    Files.write(file, TinyImages.png(resized));
  }

  private void build(String banks, BankOptions options) {
    BuildBanks.Result result =
        new BuildBanks(spark)
            .data(data.toString())
            .categories(List.of("bottle"))
            .backbone(network)
            .banks(work.resolve(banks).toString())
            .options(TinyEvaluation.FIT)
            .options(tiled())
            .options(options)
            .execute();
    assertThat(result.built().get(0).manifest().note()).contains("Images are cut into ");
  }

  private static EmbedOptions tiled() {
    return TinyEvaluation.EMBED.withTiles(RULE);
  }

  private static EvaluationOptions.Builder options() {
    return TinyEvaluation.options().embed(tiled()).position(POSITION);
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

  private StoredBank bank(String banks) {
    return StoredBank.open(
        BankLocation.parse(work.resolve(banks).resolve("bottle").toString()), new Configuration());
  }

  /** Of a bottle of any size: tiles are cut in proportion. */
  private static final class BottleTiles implements RecipeTwin.Tiles {
    @Override
    public List<RgbImage> of(RgbImage image) {
      List<RgbImage> tiles = new ArrayList<>();
      for (int top : TOPS) {
        for (int left : LEFTS) {
          tiles.add(
              cropped(
                  image,
                  Math.round(left * image.width() / 100f),
                  Math.round(top * image.height() / 70f),
                  Math.round((left + 48) * image.width() / 100f),
                  Math.round((top + 48) * image.height() / 70f)));
        }
      }
      return tiles;
    }

    private static RgbImage cropped(RgbImage image, int left, int top, int right, int bottom) {
      byte[] pixels = new byte[3 * (right - left) * (bottom - top)];
      int next = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          for (int channel = 0; channel < 3; channel++) {
            pixels[next++] = image.pixels()[3 * (y * image.width() + x) + channel];
          }
        }
      }
      return new RgbImage(right - left, bottom - top, pixels);
    }

    /** Twelve pixels make a cell. */
    @Override
    public double[] firstCell(int tile) {
      return new double[] {TOPS[tile / 3] / 12.0, LEFTS[tile % 3] / 12.0};
    }
  }

  /** A pixel of the blended map of a bottle, by its centre's place in pixels of 100 x 70. */
  private static double blended(double[] distances, double y, double x) {
    double sum = 0;
    double weights = 0;
    for (int tile = 0; tile < 6; tile++) {
      double top = TOPS[tile / 3];
      double left = LEFTS[tile % 3];
      if (y < top || y >= top + 48 || x < left || x >= left + 48) {
        continue;
      }
      double weight =
          ramp(top == 0 ? 16 : y - top)
              * ramp(top == 22 ? 16 : top + 48 - y)
              * ramp(left == 0 ? 16 : x - left)
              * ramp(left == 52 ? 16 : left + 48 - x);
      weights += weight;
      sum += weight * bilinear(distances, tile, (y - top) / 12 - 0.5, (x - left) / 12 - 0.5);
    }
    return sum / weights;
  }

  private static double ramp(double distance) {
    return Math.min(1, distance / 16);
  }

  private static double bilinear(double[] distances, int tile, double row, double column) {
    double v = Math.max(0, Math.min(3, row));
    double u = Math.max(0, Math.min(3, column));
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        sum +=
            Math.max(0, 1 - Math.abs(v - i))
                * Math.max(0, 1 - Math.abs(u - j))
                * distances[tile * 16 + i * 4 + j];
      }
    }
    return sum;
  }

  @Test
  void scoresAndMapsAreThoseOfAPlainTwinInFloat64() throws IOException, OrtException {

    Map<String, float[]> maps = BottleImages.maps(spark, work.resolve("expected"));
    Map<String, Float> scores = imageScores();

    assertThat(maps).hasSizeGreaterThan(2);
    for (Map.Entry<String, float[]> map : maps.entrySet()) {
      double[] distances = twin.distances(BottleImages.decoded(data.resolve(map.getKey())));
      assertThat(distances).hasSize(6 * 16);
      // 70 / 12 and 100 / 12 cells, rounded.
      assertThat(map.getValue()).hasSize(6 * 8);
      for (int i = 0; i < 48; i++) {
        int row = i / 8;
        int column = i % 8;
        double score = blended(distances, (row + 0.5) * 70 / 6, (column + 0.5) * 100 / 8);
        assertThat((double) map.getValue()[i])
            .as("%s, cell %d", map.getKey(), i)
            .isCloseTo(score, within(2e-4 * score));
      }
      double largest = 0;
      for (int y = 0; y < 70; y++) {
        for (int x = 0; x < 100; x++) {
          largest = Math.max(largest, blended(distances, y + 0.5, x + 0.5));
        }
      }
      assertThat((double) scores.get(map.getKey()))
          .as(map.getKey())
          .isCloseTo(largest, within(2e-4 * largest));
    }
    assertThat(bank("banks").manifest().dimension()).isEqualTo(twin.dimension());
    assertThat(bank("banks").manifest().position().orElseThrow().step())
        .isCloseTo(twin.step(), within(1e-5 * twin.step()));
  }

  private Map<String, Float> imageScores() {
    Map<String, Float> scores = new HashMap<>();
    for (Row row :
        spark
            .read()
            .parquet(work.resolve("expected") + "/maps")
            .filter("category = 'bottle'")
            .select("path", "image_score")
            .collectAsList()) {
      scores.put("bottle/" + row.getString(0), ((Number) row.get(1)).floatValue());
    }
    return scores;
  }

  @Test
  void theRunSaysHowImagesWereCut() throws IOException {
    JsonNode run = json("expected");

    assertThat(run.get("options").get("tiles").asText()).isEqualTo("48");
    assertThat(run.get("options").get("tile_overlap").asInt()).isEqualTo(16);
    assertThat(run.get("banks").get("bottle").get("tiles").toString())
        .isEqualTo(
            "{\"image_height\":70,\"image_width\":100,\"height\":48,\"width\":48,\"overlap\":16}");
    assertThat(run.get("notes").get("bottle").toString())
        .contains("2 x 3 tiles of 48 x 48 pixels that overlap by 16")
        .contains("1 of 10 images has another size than 70x100");
  }

  /** A batch ends within an image, a chunk does not. */
  @Test
  void noBatchNoPartitioningAndNoPlaceOfTheBankChangesABit() {
    EvaluationOptions.Builder other =
        options()
            .embed(tiled().withBatchImages(1))
            .partitions(3)
            .trainPatches(TrainPatches.KEEP)
            .broadcastLimit(4L * (SPEC.channels() + 2));

    assertThat(run("shards", evaluation(other))).isEqualTo(expected);
  }

  @Test
  void imagesNoLargerThanATileAreTakenAsWholes() {
    TinyEvaluation plain =
        TinyEvaluation.run(
            spark,
            evaluation(TinyEvaluation.options().position(POSITION)).categories(List.of("carpet")),
            work.resolve("plain"));

    assertThat(
            spark
                .read()
                .parquet(work.resolve("expected") + "/maps")
                .filter("category = 'carpet'")
                .select("path", "map")
                .toJSON()
                .collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            spark
                .read()
                .parquet(work.resolve("plain") + "/maps")
                .select("path", "map")
                .toJSON()
                .collectAsList());
    assertThat(plain.maps()).isNotEmpty();
  }

  @Test
  void aStoreGivesNothingThatOtherTilesMade() {
    Path store = work.resolve("store");
    EvaluationOptions.Builder whole = TinyEvaluation.options().position(POSITION);

    assertThat(kept("whole", store, whole)).isNotEqualTo(expected);
    assertThat(kept("kept", store, options())).isEqualTo(expected);
    assertThat(kept("again", store, options().partitions(3))).isEqualTo(expected);
  }

  private TinyEvaluation kept(String out, Path store, EvaluationOptions.Builder options) {
    return run(out, evaluation(options).reuse(store.toString()).keepEmbeddings(true));
  }

  @Test
  void aStoredBankKeepsItsTiles() throws IOException {
    BankManifest manifest = bank("banks").manifest();
    assertThat(manifest.formatVersion()).isEqualTo(2);
    assertThat(manifest.backbone().tiles()).isEqualTo(RULE.of(70, 100));
    assertThat(manifest.rows()).isEqualTo(5 * 6 * 16);
    assertThat(manifest.images()).allSatisfy(image -> assertThat(image.rows()).isEqualTo(96));

    TinyEvaluation stored =
        run(
            "stored",
            evaluation(TinyEvaluation.storedOptions()).bank(work.resolve("banks").toString()));

    assertThat(stored).isEqualTo(expected);
    assertThat(json("stored").get("banks").get("bottle").get("tiles").get("overlap").asInt())
        .isEqualTo(16);
    assertThatThrownBy(
            () ->
                evaluation(
                        TinyEvaluation.storedOptions()
                            .embed(TinyEvaluation.EMBED.withTiles(new TileRule(64, 64, 0))))
                    .bank(work.resolve("banks").toString())
                    .categories(List.of("bottle"))
                    .out(work.resolve("refused").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was built of 2 x 3 tiles of 48 x 48 pixels that overlap by 16")
        .hasMessageContaining("--tiles 64 --tile-overlap 0 is asked for");
  }

  /**
   * The calibration leaves out whole images: the distances of its patches are those of the twin.
   */
  @Test
  void comparisonsWithinABankLeaveOutWholeImages() {
    ReferenceScores own =
        ReferenceScores.find(bank("banks").location(), new Configuration()).orElseThrow();

    for (int image = 0; image < 5; image++) {
      double largest = 0;
      for (double distance : twin.distancesWithout(image)) {
        largest = Math.max(largest, distance);
      }
      assertThat(own.images().get(image).score()).isCloseTo(largest, within(2e-4 * largest));
    }
  }

  /** The bank of all rows has the same components: its rows are the patches of the images. */
  @Test
  void theImagesOfACoresetAreComparedAsWholes() {
    build(
        "coresets",
        BankOptions.DEFAULT
            .withPosition(POSITION)
            .withCoreset(new CoresetOptions(0.3, CoresetMethod.RANDOM, 2)));

    StoredBank coreset = bank("coresets");
    Map<String, ImageRows> patches = UpdateFixture.rows(bank("banks"));
    Map<String, ImageRows> kept = UpdateFixture.rows(coreset);
    List<ReferenceScores.Image> own =
        ReferenceScores.find(coreset.location(), new Configuration()).orElseThrow().images();
    assertThat(own).hasSameSizeAs(patches.keySet());
    for (ReferenceScores.Image image : own) {
      float[] distances =
          BankGuardTest.leaveOneOut(
              patches.get(image.path()), kept, coreset.manifest().dimension());
      assertThat(distances.length % 16).isZero();
      double sum = 0;
      float largest = 0;
      for (float distance : distances) {
        sum += distance;
        largest = Math.max(largest, distance);
      }
      assertThat(image.score()).isEqualTo(largest);
      assertThat(image.mean()).isCloseTo(sum / distances.length, within(1e-9));
    }
  }

  @Test
  void whatTakesWholeImagesRefusesTiles() {
    String bank = work.resolve("banks/bottle").toString();
    assertThatThrownBy(
            () ->
                new ScoreImages(spark)
                    .bank(bank)
                    .data(data.resolve("bottle/test").toString())
                    .backbone(network)
                    .options(new ReasonOptions(3))
                    .out(work.resolve("reasons").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--reasons takes an image as a whole");
    assertThatThrownBy(
            () ->
                new SuggestImages(spark)
                    .bank(bank)
                    .runs(List.of(work.resolve("runs").toString()))
                    .budget(1)
                    .out(work.resolve("suggested").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("suggest takes an image as a whole");
  }

  @Test
  void scoringAndFunctionsOverTablesTakeTheTilesFromTheBank() {
    Map<String, ScoredFile> scored = new HashMap<>();
    new ScoreImages(spark)
        .bank(work.resolve("banks/bottle").toString())
        .data(data.resolve("bottle/test").toString())
        .backbone(network)
        .options(TinyEvaluation.EMBED)
        .out(work.resolve("scored").toString())
        .execute()
        .report()
        .categories()
        .get(0)
        .images()
        .forEach(file -> scored.put("bottle/test/" + file.path(), file));
    Map<String, float[]> maps = BottleImages.maps(spark, work.resolve("expected"));

    assertThat(scored).containsOnlyKeys(maps.keySet());
    maps.forEach((path, map) -> assertThat(scored.get(path).map()).as(path).isEqualTo(map));

    BankScorer scorer =
        BankScorer.open(spark, work.resolve("banks/bottle").toString(), "random:11")
            .withBatchImages(4)
            .withMaps(true);
    List<Row> rows =
        scorer
            .score(
                spark
                    .read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .option("pathGlobFilter", "*.png")
                    .load(data.resolve("bottle/test").toString()))
            .select("path", "image_score", "map")
            .collectAsList();

    assertThat(rows).hasSameSizeAs(maps.keySet());
    for (Row row : rows) {
      String path = row.getString(0);
      ScoredFile file = scored.get(path.substring(path.indexOf("/bottle/test/") + 1));
      assertThat(row.getFloat(1)).isEqualTo(file.imageScore());
      assertThat(row.<Float>getList(2)).hasSize(48);
    }
  }

  @Test
  void anUpdateKeepsTheTiles() throws IOException {
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
            .options(TinyEvaluation.EMBED)
            .options(TinyEvaluation.FIT)
            .guard(OptionalDouble.empty())
            .refit(Refit.NEVER)
            .execute()
            .updated()
            .get(0);

    assertThat(updated.after().rows()).isEqualTo(6 * 6 * 16);
    assertThat(updated.after().backbone()).isEqualTo(bank("banks").manifest().backbone());
    assertThatThrownBy(
            () ->
                new ExportBank(new Configuration())
                    .bank(bank.toString())
                    .out(work.resolve("bank.onnx").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a file takes an image as a whole");
  }
}
