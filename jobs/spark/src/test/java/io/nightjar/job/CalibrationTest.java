package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.decision.DecisionQuality;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.metric.decision.PixelQuality;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Banks know how their own images score, and decisions on new images are made by that. */
@Tag("slow")
class CalibrationTest extends UpdateFixture {
  private static final double RATE = 0.25;
  private static final CoresetOptions HALF = new CoresetOptions(0.5, CoresetMethod.GREEDY, 1);

  private ReferenceScores own(int version) {
    return ReferenceScores.find(new BankLocation(bank().location().uri(), version), CONFIGURATION)
        .orElseThrow();
  }

  @Test
  void aBankThatIsBuiltHasTheScoresOfItsImagesWithoutTheirOwnRows() {
    ReferenceScores scores = own(1);

    Map<String, ImageRows> rows = rows(bank());
    assertThat(scores.images())
        .extracting(ReferenceScores.Image::path)
        .containsExactlyInAnyOrderElementsOf(rows.keySet());
    List<float[]> all = new ArrayList<>();
    for (ReferenceScores.Image image : scores.images()) {
      float[] distances = BankGuardTest.leaveOneOut(rows, image.path(), bank());
      all.add(distances.clone());
      Arrays.sort(distances);
      int n = distances.length;
      double sum = 0;
      for (float distance : distances) {
        sum += distance;
      }
      assertThat(image.score()).isEqualTo(distances[n - 1]);
      assertThat(image.novelty()).as("one of 64 patches").isEqualTo(distances[n - 1]);
      assertThat(image.top3())
          .isEqualTo(
              (float) (((double) distances[n - 3] + distances[n - 2] + distances[n - 1]) / 3));
      assertThat(image.mean()).isCloseTo(sum / n, within(1e-9));
    }
    assertThat(scores.patches()).hasValue(PatchDistances.of(all));
  }

  @Test
  void anUpdateKeepsTheScoresOfTheNextVersion() throws IOException {
    only(
        update()
            .data(copy(all, "more", IntStream.range(FIRST, ALL)).toString())
            .guard(OptionalDouble.empty()));

    assertThat(own(2).images()).hasSize(ALL);
    assertThat(own(2).patches().orElseThrow().patches()).isEqualTo(64 * ALL);
    assertThat(own(1).images()).hasSize(FIRST);
    only(update().remove(List.of("003.png")));
    assertThat(own(3).images()).hasSize(ALL - 1);
  }

  /** A bank of all rows has the same components, so its rows are the patches of the images. */
  @Test
  void aCoresetHasTheScoresOfAllPatchesOfItsImages() throws IOException {
    BuiltBank built = coreset("coreset");

    assertThat(built.uncalibrated()).isEmpty();
    StoredBank coreset = StoredBank.open(built.location(), CONFIGURATION);
    ReferenceScores scores = ReferenceScores.find(coreset.location(), CONFIGURATION).orElseThrow();
    Map<String, ImageRows> patches = rows(bank());
    Map<String, ImageRows> kept = rows(coreset);
    assertThat(scores.images()).hasSize(FIRST);
    List<float[]> all = new ArrayList<>();
    for (ReferenceScores.Image image : scores.images()) {
      float[] distances =
          BankGuardTest.leaveOneOut(
              patches.get(image.path()), kept, coreset.manifest().dimension());
      all.add(distances.clone());
      Arrays.sort(distances);
      assertThat(image.score()).isEqualTo(distances[distances.length - 1]);
    }
    assertThat(scores.patches()).hasValue(PatchDistances.of(all));
    CategoryDecision decision =
        score(work.resolve("coreset/bottle"), "of-coreset", ImageScoreKind.MAX)
            .decision()
            .orElseThrow();
    assertThat(decision.calibrationImages()).isEqualTo(FIRST);
    assertThat(
            new InspectBanks(spark)
                .banks(work.resolve("coreset/bottle").toString())
                .contamination(4)
                .execute()
                .inspected()
                .get(0)
                .contamination()
                .orElseThrow()
                .scores())
        .isEqualTo(scores);
  }

  @Test
  void aCoresetOfAnEarlierProgramHasNoneAndSaysWhatToDo() throws IOException {
    BuiltBank built = coreset("earlier");
    Path bank = work.resolve("earlier/bottle");
    Files.delete(bank.resolve("reference-scores/1.json"));

    assertThatThrownBy(() -> score(bank, "of-earlier", ImageScoreKind.MAX))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(built.location().toString())
        .hasMessageContaining("keeps a coreset")
        .hasMessageContaining("build-bank --overwrite");
    assertThat(
            new InspectBanks(spark)
                .banks(bank.toString())
                .contamination(4)
                .execute()
                .failed()
                .get(0)
                .reason())
        .contains(built.location().toString(), "keeps a coreset", "build-bank --overwrite");
  }

  private BuiltBank coreset(String name) {
    return new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(work.resolve(name).toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .options(BankOptions.DEFAULT.withCoreset(HALF))
        .execute()
        .built()
        .get(0);
  }

  @Test
  void theFileOfAnEarlierProgramIsReadRefusedForDecisionsAndCompleted() throws IOException {
    ReferenceScores complete = own(1);
    Path file = banks.resolve("bottle/reference-scores/1.json");
    new ReferenceScores(
            complete.category(),
            complete.version(),
            complete.imagesOfVersion(),
            complete.images().stream()
                .map(
                    image ->
                        new ReferenceScores.Image(image.path(), image.score(), image.novelty()))
                .toList())
        .store(bank().location().uri(), CONFIGURATION);
    assertThat(Files.readString(file)).doesNotContain("top3", "mean", "patch_distances");
    assertThat(own(1).hasCalibration()).isFalse();

    assertThatThrownBy(() -> score(banks.resolve("bottle"), "of-old", ImageScoreKind.MAX))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The bank "
                + bank().location()
                + " has no calibration, the scores of its own images; add it with nightjar"
                + " inspect-bank --contamination --bank "
                + bank().location()
                + ".");
    new InspectBanks(spark).banks(banks.resolve("bottle").toString()).contamination(4).execute();

    assertThat(own(1)).isEqualTo(complete);
    Files.delete(file);
    assertThatThrownBy(() -> score(banks.resolve("bottle"), "of-none", ImageScoreKind.MAX))
        .hasMessageContaining("has no calibration");
  }

  private ScoreImages scoring(Path bank, String out) {
    return new ScoreImages(spark)
        .bank(bank.toString())
        .data(all.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED);
  }

  private CategoryScores score(Path bank, String out, ImageScoreKind kind) {
    return scoring(bank, out)
        .options(MapOptions.DEFAULT.withImageScore(kind))
        .options(
            new DecisionRates(
                OptionalDouble.of(RATE), OptionalDouble.of(0.5), OptionalDouble.of(0.2)))
        .execute()
        .report()
        .categories()
        .get(0);
  }

  /** 5 of the 16 images are new; images of the bank itself lie nearer than any without its rows. */
  @Test
  void imagesAreDecidedOnByTheKindOfScoreThatIsChosen() {
    for (ImageScoreKind kind : ImageScoreKind.values()) {
      assertDecided(kind);
    }
  }

  private void assertDecided(ImageScoreKind kind) {
    CategoryScores scores = score(built.resolve("bottle"), "decided-" + kind, kind);

    List<ReferenceScores.Image> own =
        ReferenceScores.find(BankLocation.parse(built.resolve("bottle") + "@1"), CONFIGURATION)
            .orElseThrow()
            .images();
    ToDoubleFunction<ReferenceScores.Image> ofBank =
        switch (kind) {
          case MAX -> ReferenceScores.Image::score;
          case TOP3 -> ReferenceScores.Image::top3;
          case TOP1_PERCENT -> ReferenceScores.Image::novelty;
        };
    ToDoubleFunction<ScoredFile> ofImage =
        switch (kind) {
          case MAX -> ScoredFile::mapMax;
          case TOP3 -> file -> file.imageScores().top3();
          case TOP1_PERCENT -> file -> file.imageScores().top1Percent();
        };
    CategoryDecision decision = scores.decision().orElseThrow();
    assertThat(decision.kind()).isEqualTo(kind);
    assertThat(decision.calibrationImages()).isEqualTo(FIRST);
    for (int i = 0; i < scores.images().size(); i++) {
      double score = ofImage.applyAsDouble(scores.images().get(i));
      long atOrAbove =
          own.stream().filter(image -> (float) ofBank.applyAsDouble(image) >= score).count();
      ImageDecision decided = decision.images().get(i);
      assertThat(decided.pValue()).isEqualTo((1.0 + atOrAbove) / (FIRST + 1.0));
      assertThat(decided.anomalous())
          .isEqualTo(atOrAbove <= 2)
          .isEqualTo((float) score > decision.limit());
    }
    assertThat(decision.images().subList(0, FIRST))
        .allSatisfy(image -> assertThat(image.pValue()).isEqualTo(1));
    assertThat(decision.selected()).isPresent();
    assertThat(decision.pixelThreshold().getAsDouble()).isPositive();
  }

  @Test
  void decisionsAreInTheTablesAndTheSummary() throws IOException {
    CategoryScores scores = score(built.resolve("bottle"), "tables", ImageScoreKind.TOP3);
    List<ImageDecision> decided = scores.decision().orElseThrow().images();

    List<Row> rows =
        spark
            .read()
            .parquet(work.resolve("tables/scores").toString())
            .orderBy("path")
            .collectAsList();
    List<String> csv = Files.readAllLines(work.resolve("tables/scores.csv"));
    assertThat(csv.get(0)).endsWith(",image_score_top1pct,p_value,verdict,selected");
    for (int i = 0; i < decided.size(); i++) {
      ImageDecision image = decided.get(i);
      assertThat(rows.get(i).<Double>getAs("p_value")).isEqualTo(image.pValue());
      assertThat(rows.get(i).<String>getAs("verdict"))
          .isEqualTo(image.anomalous() ? "anomalous" : "normal");
      assertThat(rows.get(i).<Boolean>getAs("selected")).isEqualTo(image.selected().orElseThrow());
      assertThat(csv.get(i + 1))
          .endsWith(
              "," + image.pValue() + "," + image.verdict() + "," + image.selected().orElseThrow());
    }
    assertThat(Files.readString(work.resolve("tables/score.json")))
        .contains(
            "\"image_score\" : \"top3\"",
            "\"calibration_images\" : " + FIRST,
            "\"smallest_rate\" : " + 1.0 / (FIRST + 1.0),
            "\"anomalous\" : " + scores.decision().orElseThrow().anomalous(),
            "\"pixel_threshold\" : ");
    assertThat(Files.readString(work.resolve("tables/run.json")))
        .contains("\"false_alarm_rate\" : 0.25", "\"image_score\" : \"top3\"");
  }

  @Test
  void whatTheBankCannotPromiseIsRefusedBeforeAnyWork() {
    ScoreImages rare =
        scoring(built.resolve("bottle"), "rare")
            .options(
                new DecisionRates(
                    OptionalDouble.of(0.08), OptionalDouble.empty(), OptionalDouble.empty()));
    assertThatThrownBy(rare::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("can promise no rate below 1 in 12; give at least 0.083334");
    ScoreImages neighbours =
        scoring(built.resolve("bottle"), "neighbours")
            .options(SearchOptions.DEFAULT.withNeighbours(3))
            .options(
                new DecisionRates(
                    OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.empty()));
    assertThatThrownBy(neighbours::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--neighbours is 3");
    assertThat(work.resolve("rare")).doesNotExist();
    assertThat(work.resolve("neighbours")).doesNotExist();
  }

  @Test
  void anEvaluationComparesTheDecisionsWithTheLabels() throws IOException {
    DecisionRates rates =
        new DecisionRates(OptionalDouble.of(RATE), OptionalDouble.of(0.5), OptionalDouble.of(0.2));
    Path data = work.resolve("data");
    CategoryResult result =
        new EvaluateDataset(spark)
            .data(data.toString())
            .categories(List.of("bottle"))
            .bank(built.toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("evaluated").toString())
            .options(TinyEvaluation.storedOptions().build())
            .options(rates)
            .execute()
            .report()
            .categories()
            .get(0);
    CategoryScores scores =
        scoring(built, "unlabelled")
            .data(data.toString())
            .categories(List.of("bottle"))
            .options(rates)
            .execute()
            .report()
            .categories()
            .get(0);

    DecisionQuality quality = result.decision().orElseThrow();
    CategoryDecision decision = scores.decision().orElseThrow();
    int[] images = new int[2];
    int[] anomalous = new int[2];
    int[] selected = new int[2];
    for (int i = 0; i < scores.images().size(); i++) {
      int label = scores.images().get(i).path().contains("good/") ? 0 : 1;
      images[label]++;
      anomalous[label] += decision.images().get(i).anomalous() ? 1 : 0;
      selected[label] += decision.images().get(i).selected().orElseThrow() ? 1 : 0;
    }
    assertThat(images[0] + images[1]).isEqualTo(result.testImages());
    assertThat(quality.good()).isEqualTo(images[0]).isPositive();
    assertThat(quality.defective()).isEqualTo(images[1]).isPositive();
    assertThat(quality.falseAlarms()).isEqualTo(anomalous[0]);
    assertThat(quality.detected()).isEqualTo(anomalous[1]);
    assertThat(quality.limit()).isEqualTo(decision.limit());
    assertThat(quality.selection())
        .hasValue(
            new DecisionQuality.SelectionQuality(0.5, selected[0] + selected[1], selected[0]));
    PixelQuality pixels = quality.pixels().orElseThrow();
    assertThat(pixels.threshold()).isEqualTo(decision.pixelThreshold().getAsDouble());
    assertThat(pixels.recall().isPresent()).isTrue();
    assertThat(result.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("At a false alarm rate of 0.25, by the scores of 11 images"));
    assertThat(Files.readString(work.resolve("evaluated/metrics.json")))
        .contains("\"false_alarms\" : " + quality.falseAlarms(), "\"region_recall\" : ");
  }

  @Test
  void anEvaluationThatBuildsItsBanksDecidesNothing() {
    EvaluateDataset evaluation =
        new EvaluateDataset(spark)
            .data(work.resolve("data").toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("without-bank").toString())
            .options(
                new DecisionRates(
                    OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.empty()));

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one with --bank");
  }

  @Test
  void driftNeedsNoOtherReferenceThanAFreshBank() {
    scoring(built.resolve("bottle"), "drift/today").execute();

    DriftReport report =
        new DetectDrift(CONFIGURATION)
            .bank(built.toString())
            .runs(List.of(work.resolve("drift").toString()))
            .execute();

    assertThat(report.categories().get(0).referenceSource()).isEqualTo("the bank's own images");
    assertThat(report.categories().get(0).reference().get(DriftScore.LARGEST).images())
        .isEqualTo(FIRST);
  }
}
