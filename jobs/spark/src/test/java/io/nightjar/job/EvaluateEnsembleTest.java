package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.GaussianSmoothing;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.Upsampling;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles are measured as the mean that is computed here of what their members leave. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateEnsembleTest {
  private static final int SIDE = 64;
  private static final String BOTTLE = "bottle";

  /** Of three members, with grids of 8 and 12 cells. */
  private static final EvaluationOptions PLAIN = TinyEvaluation.options().build();

  private static final EvaluationOptions FINE =
      TinyEvaluation.options()
          .search(SearchOptions.DEFAULT.withNeighbours(2))
          .map(new MapOptions(2))
          .build();

  private static final EvaluationOptions THIN =
      TinyEvaluation.options()
          .bank(BankOptions.DEFAULT.withCoreset(new CoresetOptions(0.5, CoresetMethod.RANDOM, 3)))
          .build();

  private SparkSession spark;
  private Path work;
  private Path data;
  private BackboneModel larger;
  private Path out;
  private RunResult first;

  @BeforeAll
  void evaluateOnce(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    larger =
        BackboneModel.build(
            new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 96, 12),
            TinyDataset.weights());
    out = directory.resolve("ensemble");
    first = ensemble(out).execute();
  }

  private EvaluateDataset evaluation(BackboneModel model, EvaluationOptions options) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(model)
        .options(options)
        .categories(List.of(BOTTLE));
  }

  private EvaluateEnsemble ensemble(Path folder) {
    return new EvaluateEnsemble(spark)
        .member("plain", evaluation(TinyDataset.backbone(), PLAIN))
        .member("fine", evaluation(larger, FINE))
        .member("thin", evaluation(TinyDataset.backbone(), THIN))
        .scaleQuantile(0.9)
        .out(folder.toString());
  }

  private static CategoryResult only(RunResult result) {
    assertThat(result.report().failed()).isEmpty();
    assertThat(result.report().categories()).hasSize(1);
    return result.report().categories().get(0);
  }

  private static JsonNode run(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("run.json").toFile());
  }

  /** The recorded scales by the names of the members. */
  private static Map<String, Double> scales(Path folder) throws IOException {
    Map<String, Double> scales = new LinkedHashMap<>();
    JsonNode recorded = run(folder).get("scales").get(BOTTLE);
    recorded
        .fieldNames()
        .forEachRemaining(name -> scales.put(name, recorded.get(name).get("scale").asDouble()));
    return scales;
  }

  private Map<String, ImageRows> rows(String name, BackboneModel model, EvaluationOptions options) {
    Path banks = work.resolve("banks-" + name);
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of(BOTTLE))
        .backbone(model)
        .banks(banks.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .options(options.bank())
        .execute();
    StoredBank bank = UpdateFixture.open(banks.resolve(BOTTLE));
    return UpdateFixture.rows(bank);
  }

  /** The 0.9-quantile of the mean distances of all queries to rows of other images. */
  private static double scale(Map<String, ImageRows> queries, Map<String, ImageRows> bank, int k) {
    List<Double> all = new ArrayList<>();
    for (ImageRows image : queries.values()) {
      int dimension = image.values().length / image.cells().length;
      for (int at = 0; at < image.values().length; at += dimension) {
        List<Double> distances = new ArrayList<>();
        for (ImageRows other : bank.values()) {
          for (int from = 0;
              from < other.values().length && !other.path().equals(image.path());
              from += dimension) {
            double squared = 0;
            for (int i = 0; i < dimension; i++) {
              double difference = (double) image.values()[at + i] - other.values()[from + i];
              squared += difference * difference;
            }
            distances.add(Math.sqrt(squared));
          }
        }
        distances.sort(null);
        all.add(distances.subList(0, k).stream().mapToDouble(d -> d).average().orElseThrow());
      }
    }
    all.sort(null);
    double at = 0.9 * (all.size() - 1);
    int below = (int) Math.floor(at);
    return all.get(below) + (at - below) * (all.get(below + 1) - all.get(below));
  }

  @Test
  void scalesAreThoseOfTheBanksOwnImagesWithoutTheirRows() throws IOException {
    Map<String, ImageRows> plain = rows("plain", TinyDataset.backbone(), PLAIN);
    Map<String, ImageRows> fine = rows("fine", larger, FINE);
    Map<String, ImageRows> thin = rows("thin", TinyDataset.backbone(), THIN);
    // The components are fitted before a coreset is chosen.
    assertThat(thin.values().stream().mapToInt(image -> image.cells().length).sum())
        .isEqualTo(plain.values().stream().mapToInt(image -> image.cells().length).sum() / 2);

    Map<String, Double> scales = scales(out);
    assertThat(scales.get("plain")).isCloseTo(scale(plain, plain, 1), within(1e-5));
    assertThat(scales.get("fine")).isCloseTo(scale(fine, fine, 2), within(1e-5));
    assertThat(scales.get("thin")).isCloseTo(scale(plain, thin, 1), within(1e-5));
    assertThat(run(out).get("ensemble").get("scale_quantile").asDouble()).isEqualTo(0.9);
  }

  /** The maps of the members, by the paths of their images. */
  private Map<String, EvaluatedMaps> maps(Path folder) {
    Map<String, EvaluatedMaps> maps = new HashMap<>();
    EvaluatedMaps.read(spark, folder).forEach(map -> maps.put(map.path(), map));
    return maps;
  }

  private static float[] full(EvaluatedMaps map, double sigma) {
    AnomalyMap upsampled =
        Upsampling.full(new AnomalyMap(map.values(), map.width(), map.height()), SIDE, SIDE);
    return (sigma == 0 ? upsampled : GaussianSmoothing.smooth(upsampled, sigma, sigma)).values();
  }

  @Test
  void figuresAreThoseOfTheMeanOfTheMembersMaps() throws IOException {
    Map<String, Double> scales = scales(out);
    Map<String, EvaluatedMaps> plain = maps(out.resolve("members/plain"));
    Map<String, EvaluatedMaps> fine = maps(out.resolve("members/fine"));
    Map<String, EvaluatedMaps> thin = maps(out.resolve("members/thin"));
    List<EvaluatedMaps> expected = new ArrayList<>();
    plain.forEach(
        (path, map) -> {
          float[] one = full(map, 0);
          // 2 pixels of an input of 96 pixels.
          float[] two = full(fine.get(path), 2 * 64 / 96.0);
          float[] three = full(thin.get(path), 0);
          float[] mean = new float[one.length];
          for (int i = 0; i < mean.length; i++) {
            double[] own = {
              one[i] / scales.get("plain"),
              two[i] / scales.get("fine"),
              three[i] / scales.get("thin")
            };
            Arrays.sort(own);
            mean[i] = (float) ((own[0] + own[1] + own[2]) / 3);
          }
          expected.add(new EvaluatedMaps(BOTTLE, path, mean, SIDE, SIDE));
        });
    Path files = work.resolve("mean");
    EvaluatedMaps.write(expected, files, ".npy", MapFiles::npy);
    CategoryMetrics measured =
        only(new MeasureMaps(spark)
                .maps(files.toString())
                .data(data.toString())
                .categories(List.of(BOTTLE))
                .out(work.resolve("measured").toString())
                .execute())
            .metrics();

    CategoryMetrics own = only(first).metrics();

    assertThat(own.pixel()).isEqualTo(measured.pixel());
    assertThat(own.aupro30()).isEqualTo(measured.aupro30());
    assertThat(own.aupimoByImage()).isEqualTo(measured.aupimoByImage());
    assertThat(own.byDefect()).isEqualTo(measured.byDefect());
    assertThat(own.byImageScore().get(ImageScoreKind.MAX))
        .isEqualTo(measured.byImageScore().get(ImageScoreKind.MAX));
  }

  /** The table has the mean on the finest grid, of which the other image scores are made. */
  @Test
  void theTableOfMapsHasTheMeanOnTheFinestGrid() throws IOException {
    Map<String, Double> scales = scales(out);
    Map<String, EvaluatedMaps> plain = maps(out.resolve("members/plain"));
    Map<String, EvaluatedMaps> fine = maps(out.resolve("members/fine"));
    Map<String, EvaluatedMaps> thin = maps(out.resolve("members/thin"));
    Map<String, EvaluatedMaps> mean = maps(out);

    assertThat(mean).hasSameSizeAs(plain);
    mean.forEach(
        (path, map) -> {
          assertThat(map.width()).isEqualTo(12);
          float[] one = onGrid(plain.get(path));
          float[] three = onGrid(thin.get(path));
          for (int i = 0; i < map.values().length; i++) {
            double expected =
                (one[i] / scales.get("plain")
                        + fine.get(path).values()[i] / scales.get("fine")
                        + three[i] / scales.get("thin"))
                    / 3;
            assertThat((double) map.values()[i]).isCloseTo(expected, within(1e-6));
          }
        });
  }

  private static float[] onGrid(EvaluatedMaps map) {
    return Upsampling.full(new AnomalyMap(map.values(), map.width(), map.height()), 12, 12)
        .values();
  }

  @Test
  void neitherOrderNorPartitionsNorTheStoreChangeAFigure() throws IOException {
    Path folder = work.resolve("otherwise");
    RunOptions partitions = RunOptions.DEFAULT.withPartitions(5);
    RunResult again =
        new EvaluateEnsemble(spark)
            .member("thin", evaluation(TinyDataset.backbone(), THIN).options(partitions))
            .member("plain", evaluation(TinyDataset.backbone(), PLAIN).options(partitions))
            .member("fine", evaluation(larger, FINE).options(partitions))
            .scaleQuantile(0.9)
            .reuse(folder.resolve("store").toString())
            .out(folder.resolve("out").toString())
            .execute();

    assertThat(only(again).metrics()).isEqualTo(only(first).metrics());
    // The store is new to each member: that others used it before is no change.
    for (String member : List.of("thin", "plain", "fine")) {
      JsonNode reuse = run(folder.resolve("out/members").resolve(member)).get("reuse");
      assertThat(reuse.get("by_category").get(BOTTLE).get("changed_options")).isEmpty();
    }
    // With what a run has left, as after one that was killed: the members' figures are taken.
    RunResult taken = ensemble(out).overwrite(true).execute();
    assertThat(only(taken).metrics()).isEqualTo(only(first).metrics());
    assertThat(out.resolve("members/fine/metrics.json")).isRegularFile();
  }

  @Test
  void theSameMemberTwiceIsTheMember() {
    Path folder = work.resolve("twice");
    RunResult twice =
        new EvaluateEnsemble(spark)
            .member("one", evaluation(TinyDataset.backbone(), PLAIN).keepEmbeddings(true))
            .member("two", evaluation(TinyDataset.backbone(), PLAIN))
            .reuse(out.toString())
            .out(folder.toString())
            .execute();
    RunResult alone =
        evaluation(TinyDataset.backbone(), PLAIN)
            .reuse(out.toString())
            .out(work.resolve("alone").toString())
            .execute();

    CategoryMetrics both = only(twice).metrics();
    CategoryMetrics one = only(alone).metrics();
    assertThat(only(twice).pixelAuprc().get())
        .isCloseTo(only(alone).pixelAuprc().get(), within(1e-5));
    assertThat(only(twice).pixelAuroc().get())
        .isCloseTo(only(alone).pixelAuroc().get(), within(1e-5));
    assertThat(both.imageAuroc()).isEqualTo(one.imageAuroc());
    assertThat(both.byImageScore()).isEqualTo(one.byImageScore());
    assertThat(only(twice).notes())
        .anyMatch(note -> note.startsWith("The maps of 2 configurations are averaged"));
  }

  @Test
  void aMemberThatHasNoScaleFailsTheCategoryOfTheEnsembleAlone() throws IOException {
    Path lonely = work.resolve("lonely");
    TinyDataset.generate(lonely);
    for (int i = 1; i < 9; i++) {
      Files.delete(lonely.resolve("bottle/train/good/00" + i + ".png"));
    }
    Path folder = work.resolve("lonely-out");
    RunResult result =
        new EvaluateEnsemble(spark)
            .member("one", evaluation(TinyDataset.backbone(), PLAIN).data(lonely.toString()))
            .member("two", evaluation(larger, FINE).data(lonely.toString()))
            .out(folder.toString())
            .execute();

    assertThat(result.report().failed().get(0).reason())
        .contains("The member one has nothing to average of it", "a single normal image");
    assertThat(folder.resolve("members/one/metrics.json")).isRegularFile();
  }

  private void assertRefused(EvaluateEnsemble ensemble, String... words) {
    assertThatThrownBy(ensemble.out(work.resolve("never").toString())::execute)
        .isInstanceOf(InvalidInputException.class)
        .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    assertThat(work.resolve("never")).doesNotExist();
  }

  @Test
  void whatCannotBeAveragedIsRefusedBeforeAnyWork() {
    EvaluateDataset plain = evaluation(TinyDataset.backbone(), PLAIN);
    assertRefused(new EvaluateEnsemble(spark), "needs two configurations or more", "is none");
    assertRefused(new EvaluateEnsemble(spark).member("one", plain), "there is one");
    assertRefused(
        new EvaluateEnsemble(spark)
            .member("one", plain)
            .member(
                "two",
                evaluation(
                    larger,
                    TinyEvaluation.options()
                        .measure(MeasureOptions.DEFAULT.withResolution(32))
                        .build())),
        "resolution is original of one and 32 of two");
    assertRefused(
        new EvaluateEnsemble(spark)
            .member("one", plain)
            .member(
                "two",
                evaluation(
                    larger,
                    TinyEvaluation.options()
                        .bank(BankOptions.DEFAULT.withScope(BankScope.UNIFIED))
                        .build())),
        "Member two",
        "leave --scope unified out");
    assertRefused(
        new EvaluateEnsemble(spark)
            .member("one", plain)
            .member("two", evaluation(larger, PLAIN).options(new ReasonOptions(1))),
        "Member two",
        "The option --reasons explains scores by one bank");
    assertRefused(
        new EvaluateEnsemble(spark)
            .member("one", plain)
            .member("two", evaluation(larger, PLAIN).bank("banks")),
        "Member two",
        "leave --bank out");
    assertThatThrownBy(() -> new EvaluateEnsemble(spark).scaleQuantile(1.5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--scale-quantile is 1.5");
    assertThatThrownBy(() -> new EvaluateEnsemble(spark).member("a", plain).member("a", plain))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("are called a");
  }
}
