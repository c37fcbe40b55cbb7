package io.nightjar.job.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions by scores that a bank has next to it. */
class CalibrationsTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final Category BOTTLE = new Category("bottle", List.of(), List.of());
  private static final DecisionRates RATES =
      new DecisionRates(OptionalDouble.of(0.2), OptionalDouble.of(0.5), OptionalDouble.empty());

  private StoredBank bank;

  @BeforeEach
  void copy(@TempDir Path directory) throws IOException {
    FileUtils.copyDirectory(
        Repository.file(
                "jobs/spark/src/test/resources/io/nightjar/job/golden-exchange/3.5/banks/bottle")
            .toFile(),
        directory.toFile());
    bank = StoredBank.open(BankLocation.parse(directory.toString()), CONFIGURATION);
  }

  private Optional<Calibrations> find(DecisionRates rates, SearchOptions search) {
    return Calibrations.find(
        CategoryBanks.of(bank, List.of(BOTTLE)),
        List.of(BOTTLE),
        rates,
        ImageScoreKind.MAX,
        search,
        CONFIGURATION);
  }

  /** Images whose largest distances are 1, 2, and so on. */
  private void calibrate(int images) {
    List<ReferenceScores.Image> scores = new ArrayList<>();
    for (int i = 1; i <= images; i++) {
      scores.add(new ReferenceScores.Image(i + ".png", i, 0.5, 0.5, 0.5));
    }
    new ReferenceScores(
            "bottle",
            bank.manifest().version(),
            images,
            scores,
            Optional.of(PatchDistances.of(List.of(new float[] {1}))))
        .store(bank.location().uri(), CONFIGURATION);
  }

  @Test
  void nothingIsReadWhereNothingIsDecided() {
    assertThat(find(DecisionRates.NONE, SearchOptions.DEFAULT.withNeighbours(3))).isEmpty();
  }

  @Test
  void imagesAreSelectedAmongThoseOfTheWholeRun() {
    calibrate(9);

    Map<String, CategoryDecision> decisions =
        find(RATES, SearchOptions.DEFAULT)
            .orElseThrow()
            .decide(Map.of("bottle", new float[] {9.5f, 8, 4, 0.5f}));

    // (1 + those at or above) / 10; of four, 0.1 is at most 0.5 * 1 / 4, and 0.3 above 0.5 * 2 / 4.
    // 4.
    List<ImageDecision> images = decisions.get("bottle").images();
    assertThat(images).extracting(ImageDecision::pValue).containsExactly(0.1, 0.3, 0.7, 1.0);
    assertThat(images)
        .extracting(ImageDecision::anomalous)
        .containsExactly(true, false, false, false);
    assertThat(images)
        .extracting(image -> image.selected().orElseThrow())
        .containsExactly(true, false, false, false);
    assertThat(decisions.get("bottle").limit()).isEqualTo(8);
  }

  @Test
  void distancesOfAnotherKindAreRefused() {
    calibrate(9);

    assertRefused(RATES, SearchOptions.DEFAULT.withNeighbours(2), "--neighbours is 2");
    assertRefused(
        RATES,
        SearchOptions.DEFAULT.withMethod(HnswMethod.DEFAULT),
        "which are exact, but --search is hnsw");
  }

  @Test
  void aBankWithoutScoresAndRatesBelowItsNumberOfImagesAreRefused() {
    assertRefused(
        RATES, SearchOptions.DEFAULT, "inspect-bank --contamination --bank " + bank.location());

    calibrate(3);

    assertRefused(
        RATES, SearchOptions.DEFAULT, "can promise no rate below 1 in 4; give at least 0.25");
  }

  private void assertRefused(DecisionRates rates, SearchOptions search, String words) {
    assertThatThrownBy(() -> find(rates, search))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }
}
