package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.KolmogorovSmirnov;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.RunInfo;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.drift.RunDrift;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.ImageScores;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of drawn scores against a real bank. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectDriftTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T06:00:00Z");
  private static final int DAY = 86_400;

  private Path banks;
  private StoredBank bank;
  private Path runs;

  @BeforeAll
  void build(@TempDir Path directory) {
    banks = directory.resolve("banks");
    SparkSession spark = Sparks.local(2);
    new BuildBanks(spark)
        .data(TinyDataset.generate(directory.resolve("data")).toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(banks.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
    bank =
        StoredBank.open(
            BankLocation.current(banks.resolve("bottle").toString()), new Configuration());
  }

  @BeforeEach
  void newRuns(@TempDir Path directory) throws IOException {
    runs = directory.resolve("runs");
    Files.deleteIfExists(banks.resolve("bottle/reference-scores/1.json"));
  }

  @Test
  void theNewestRunIsTestedAndTheOthersAreReported() throws IOException {
    write("baseline", 0, 100, 1, 0);
    write("tuesday", 1, 60, 2, 0);
    write("thursday", 3, 60, 3, 2);
    write("wednesday", 2, 60, 4, 0.1);

    DriftReport report = drift().baseline(List.of(runs + "/baseline")).execute();

    CategoryDrift bottle = report.categories().get(0);
    assertThat(bottle.category()).isEqualTo("bottle");
    assertThat(bottle.reference()).containsOnlyKeys(DriftScore.LARGEST, DriftScore.MEAN);
    assertThat(bottle.reference().get(DriftScore.MEAN).images()).isEqualTo(100);
    assertThat(bottle.runs())
        .extracting(run -> run.run().substring(run.run().lastIndexOf('/') + 1))
        .containsExactly("tuesday", "wednesday", "thursday");
    assertThat(bottle.runs()).extracting(RunDrift::drifted).containsExactly(false, false, true);
    assertThat(report.drifted()).isTrue();
    assertThat(bottle.newest().drifts().get(DriftScore.LARGEST).psi().value()).isGreaterThan(1);
  }

  @Test
  void whatChangesEverywhereMovesTheMeanDistance() throws IOException {
    write("baseline", 0, 100, 1, 0);
    write("tuesday", 1, drawn(60, 2, 0), 2, basis());

    RunDrift newest =
        drift().baseline(List.of(runs + "/baseline")).execute().categories().get(0).newest();

    assertThat(newest.drifts().get(DriftScore.LARGEST).drifted()).isFalse();
    assertThat(newest.drifts().get(DriftScore.MEAN).drifted()).isTrue();
    assertThat(newest.drifted()).isTrue();
  }

  @Test
  void anOlderDriftIsNoPresentOne() throws IOException {
    write("baseline", 0, 100, 1, 0);
    write("tuesday", 1, 60, 2, 3);
    write("wednesday", 2, 60, 3, 0);

    assertThat(drift().baseline(List.of(runs + "/baseline")).execute().drifted()).isFalse();
  }

  @Test
  void theBanksOwnScoresAreTheReference() throws IOException {
    write("tuesday", 1, 60, 2, 0);
    List<ReferenceScores.Image> own = new ArrayList<>();
    for (float score : drawn(100, 7, 0)) {
      own.add(new ReferenceScores.Image("image " + own.size(), score, 0));
    }
    new ReferenceScores("bottle", 1, 100, own).store(bank.location().uri(), new Configuration());

    DriftReport report = drift().out(runs.resolveSibling("report").toString()).execute();

    assertThat(report.categories().get(0).referenceSource()).isEqualTo("the bank's own images");
    assertThat(report.categories().get(0).reference()).containsOnlyKeys(DriftScore.LARGEST);
    assertThat(report.drifted()).isFalse();
    assertThat(Files.readString(runs.resolveSibling("report/drift.json")))
        .contains("\"drifted\" : false", "\"psi_limit\" : 0.2", "tuesday", "\"ks_p_value\" : ");
  }

  @ParameterizedTest
  @CsvSource({"4, 0.4", "6, 0.2857142857142857", "16, 0.11764705882352941"})
  void aRunOfOneImageIsTestedExactlyAndCostsNoOtherRun(int images, double probability)
      throws IOException {
    write("baseline", 0, images, 1, 0);
    write("tuesday", 1, new float[] {25}, 0, basis());
    write("wednesday", 2, 60, 3, 0);

    List<RunDrift> found =
        drift().baseline(List.of(runs + "/baseline")).execute().categories().get(0).runs();

    assertThat(found).hasSize(2);
    KolmogorovSmirnov test = found.get(0).drifts().get(DriftScore.LARGEST).ks();
    assertThat(test.statistic()).isEqualTo(1);
    assertThat(test.pValue()).isCloseTo(probability, within(1e-15));
  }

  @Test
  void aBaselineOfOneImageIsCompared() throws IOException {
    write("baseline", 0, new float[] {10}, 0, basis());
    write("tuesday", 1, new float[] {11, 12, 13}, 0, basis());

    RunDrift newest =
        drift().baseline(List.of(runs + "/baseline")).execute().categories().get(0).newest();

    assertThat(newest.drifts().get(DriftScore.LARGEST).ks().pValue()).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void scoresOfAnotherBasisAreNotCompared() throws IOException {
    write("baseline", 0, 100, 1, 0);
    write("tuesday", 1, 60, 2, 0);
    write("wednesday", 2, 60, 3, 0, new ScoreBasis("elsewhere", 2, "other", 5));

    CategoryDrift bottle =
        drift().baseline(List.of(runs + "/baseline")).execute().categories().get(0);

    assertThat(bottle.runs()).hasSize(1);
    assertThat(bottle.notes()).hasSize(1);
    assertThat(bottle.notes().get(0))
        .contains("wednesday was passed over", "elsewhere@2", "--neighbours is 1 and 5");
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    write("tuesday", 1, 60, 2, 0);
    write("foreign", 0, 60, 3, 0, new ScoreBasis("elsewhere", 2, "other", 1));
    String tuesday = runs + "/tuesday";

    assertRefused(drift(), "has no reference scores of its own images", "--baseline");
    assertRefused(drift().runs(List.of(tuesday)).baseline(List.of(tuesday)), "are the baseline");
    assertRefused(drift().baseline(List.of(runs + "/foreign")), "elsewhere@2", "bottle@1");
    assertRefused(
        drift().runs(List.of(runs + "/foreign")).baseline(List.of(tuesday)),
        "No run of category bottle can be compared");
    assertRefused(drift().categories(List.of("screw")), "category screw", "bottle");
    assertRefused(drift().runs(List.of(runs + "/none")), "There is no folder");
    assertRefused(drift().runs(List.of(banks.toString())), "no finished run", "score.json");
    assertRefused(
        drift().bank(banks + "/none").baseline(List.of(runs + "/foreign")), "There is no bank in");
    Files.writeString(runs.resolve("tuesday/distributions/bottle.json"), "{\"format_version\": 9}");
    assertRefused(drift(), "bottle.json", "format_version is 9");
  }

  private static void assertRefused(DetectDrift drift, String... words) {
    assertThatThrownBy(drift::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }

  private DetectDrift drift() {
    return new DetectDrift(new Configuration())
        .bank(banks.toString())
        .runs(List.of(runs.toString()))
        .limits(DriftLimits.DEFAULT);
  }

  private void write(String run, int day, int images, long seed, double shift) throws IOException {
    write(run, day, images, seed, shift, basis());
  }

  private ScoreBasis basis() {
    return new ScoreBasis(bank.location().uri(), 1, bank.sha256(), 1);
  }

  private void write(String run, int day, int images, long seed, double shift, ScoreBasis basis)
      throws IOException {
    write(run, day, drawn(images, seed, shift), 0, basis);
  }

  private void write(String run, int day, float[] scores, double meanShift, ScoreBasis basis)
      throws IOException {
    List<ScoredFile> files = new ArrayList<>();
    for (float score : scores) {
      files.add(
          new ScoredFile(
              Text.format("%03d.png", files.size()),
              score,
              score,
              score + meanShift,
              1,
              1,
              "",
              1,
              1,
              new float[] {score},
              new ImageScores(score, score, score)));
    }
    CategoryScores bottle = new CategoryScores("bottle", files, List.of(), basis, 1, Map.of());
    ScoringReport report =
        new ScoringReport(
            MONDAY.plusSeconds((long) day * DAY),
            new RunInfo("drawn", List.of(), Map.of()),
            List.of(bottle),
            List.of());
    new ReportFiles(runs + "/" + run, new Configuration()).write(report);
  }

  /** Normally distributed around 10 + shift. */
  private static float[] drawn(int count, long seed, double shift) {
    Random random = new Random(seed);
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = (float) (10 + shift + random.nextGaussian());
    }
    return scores;
  }
}
