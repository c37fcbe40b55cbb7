package io.nightjar.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.RunComparer;
import io.nightjar.report.comparison.TestRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepAnalysisTest {
  private static final SweepOptions OPTIONS =
      new SweepOptions(new ComparisonOptions(0.005, 0.05, 300, 42, List.of(), Set.of()), 40, 1);

  @TempDir private Path work;
  private final List<LabelledImage> bottle = TestRuns.images(1, 10);
  private final List<LabelledImage> cable = TestRuns.images(2, 8);

  private TestRuns run(String name) {
    return TestRuns.in(work.resolve(name), "2026-11-23T01:00:00Z");
  }

  private static ConfigurationOutcome outcome(String name, String folder) {
    return ConfigurationOutcome.of(
        new SweptConfiguration(name, Map.of("smoothing", name)),
        FinishedRun.read(folder, TestRuns.CONFIGURATION));
  }

  private ConfigurationOutcome plain() throws IOException {
    return outcome("plain", run("plain").category("bottle", bottle).write());
  }

  private ConfigurationOutcome rescored(String name, double factor, double noise, long seed)
      throws IOException {
    return outcome(
        name, run(name).category("bottle", TestRuns.rescored(bottle, factor, noise, seed)).write());
  }

  @Test
  void aConfigurationIsComparedAsTheCommandComparesRuns() throws IOException {
    ConfigurationOutcome plain = plain();
    ConfigurationOutcome worse = rescored("worse", 0.7, 0.05, 3);

    SweepReport report = SweepAnalysis.of("data", List.of(worse, plain), OPTIONS);

    FigureComparison compared =
        RunComparer.compare(
                plain.run().orElseThrow(), worse.run().orElseThrow(), OPTIONS.comparison())
            .mean()
            .stream()
            .filter(figure -> figure.figure() == ReportedMetric.PIXEL_AUPRC)
            .findFirst()
            .orElseThrow();
    assertThat(report.results().get(0).configuration().name()).isEqualTo("plain");
    assertThat(report.results().get(0).comparison()).isEmpty();
    ConfigurationResult.WithPlain found = report.results().get(1).comparison().orElseThrow();
    DifferenceTest test = compared.test().orElseThrow();
    assertThat(found.difference()).isEqualTo(compared.difference().getAsDouble());
    assertThat(found.test().lower()).isCloseTo(test.lower(), within(1e-12));
    assertThat(found.test().upper()).isCloseTo(test.upper(), within(1e-12));
    assertThat(found.pDifferent()).isEqualTo(test.pDifferent());
    assertThat(found.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(report.best()).contains(report.results().get(0));
    assertThat(report.results().get(0).wins()).isEqualTo(80);
    // Chosen always, the plain method is as good as itself.
    assertThat(report.honestGain().getAsDouble()).isCloseTo(0, within(1e-12));
    assertThat(report.selection().orElseThrow().optimism())
        .isCloseTo(report.selection().orElseThrow().halving(), within(1e-12));
    assertThat(report.sentence()).endsWith(", as good as the plain method there.");
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void allConfigurationsAreOneFamilyOfTests() throws IOException {
    ConfigurationOutcome plain = plain();
    ConfigurationOutcome other = rescored("other", 0.97, 0.05, 3);

    double alone =
        SweepAnalysis.of("data", List.of(plain, other), OPTIONS)
            .results()
            .get(1)
            .comparison()
            .orElseThrow()
            .pDifferent();
    SweepReport three =
        SweepAnalysis.of(
            "data",
            List.of(plain, other, rescored("a", 0.5, 0, 4), rescored("b", 0.4, 0, 4)),
            OPTIONS);

    // The largest of three p-values stays what it was, the smallest is three times as large.
    double smallest = 2.0 / 301;
    assertThat(three.results().get(2).comparison().orElseThrow().pDifferent())
        .isCloseTo(3 * smallest, within(1e-12));
    assertThat(three.results().get(1).comparison().orElseThrow().pDifferent())
        .isGreaterThanOrEqualTo(alone);
  }

  @Test
  void theFigureIsTheMeanOverTheCategories() throws IOException {
    ConfigurationOutcome plain =
        outcome("plain", run("plain").category("bottle", bottle).category("cable", cable).write());
    ConfigurationOutcome worse =
        outcome(
            "worse",
            run("worse")
                .category("bottle", TestRuns.rescored(bottle, 0.8, 0, 3))
                .category("cable", cable)
                .write());

    SweepReport report = SweepAnalysis.of("data", List.of(plain, worse), OPTIONS);

    assertThat(report.categories()).containsExactly("bottle", "cable");
    for (ConfigurationResult result : report.results()) {
      assertThat(result.value())
          .isCloseTo(
              (result.categories().get("bottle") + result.categories().get("cable")) / 2,
              within(1e-15));
    }
    FinishedRun run = worse.run().orElseThrow();
    assertThat(report.results().get(1).categories().get("bottle"))
        .isEqualTo(ReportedMetric.PIXEL_AUPRC.of(run.category("bottle").orElseThrow()).get());
    assertThat(report.figure()).isEqualTo(ReportedMetric.PIXEL_AUPRC);
  }

  @Test
  void whatCannotBeComparedIsReportedAndTheOthersAre() throws IOException {
    ConfigurationOutcome plain = plain();
    ConfigurationOutcome without =
        outcome(
            "without",
            run("without").category("cable", cable).failed("bottle", "It broke.").write());
    ConfigurationOutcome other =
        outcome("other", run("other").category("bottle", TestRuns.images(9, 11)).write());
    ConfigurationOutcome old =
        outcome("old", run("old").category("bottle", bottle).writeWithoutSamples());
    ConfigurationOutcome failed =
        ConfigurationOutcome.failed(new SweptConfiguration("failed", Map.of()), "No weights.");

    SweepReport report =
        SweepAnalysis.of(
            "data",
            List.of(failed, plain, without, other, old, rescored("good", 0.9, 0, 3)),
            OPTIONS);

    assertThat(report.results())
        .extracting(result -> result.configuration().name())
        .containsExactly("plain", "good");
    assertThat(report.failed())
        .extracting(one -> one.configuration().name() + ": " + one.reason())
        .containsExactly(
            "failed: No weights.",
            "without: bottle: It broke.",
            "other: bottle: it was evaluated over other test images than the others.",
            "old: bottle: the evaluation does not say what each test image was counted as"
                + " (samples/ is absent).");
    assertThat(report.isComplete()).isFalse();
    assertThat(report.sentence()).contains("4 failed: failed: No weights.");
  }

  @Test
  void withoutThePlainMethodNothingIsComparedWithIt() throws IOException {
    SweepReport report =
        SweepAnalysis.of(
            "data", List.of(rescored("a", 0.9, 0, 3), rescored("b", 0.8, 0, 3)), OPTIONS);

    assertThat(report.results()).allMatch(result -> result.comparison().isEmpty());
    assertThat(report.selection()).isPresent();
    assertThat(report.honestGain()).isEmpty();
    assertThat(report.notes())
        .contains("No configuration is compared with the plain method, which has no result.");
  }

  @Test
  void withOneDefectiveImageNothingIsChosen() throws IOException {
    List<LabelledImage> few = bottle.subList(0, 2);
    ConfigurationOutcome plain = outcome("plain", run("few").category("bottle", few).write());

    SweepReport report = SweepAnalysis.of("data", List.of(plain), OPTIONS);

    assertThat(report.selection()).isEmpty();
    assertThat(report.notes())
        .containsExactly(
            "No configuration is chosen: bottle has 1 defective image and 1 good one.");
    assertThat(report.sentence()).isEqualTo("1 configuration evaluated, and none chosen.");
  }

  @Test
  void withoutAnyEvaluationThereIsNoReport() {
    assertThatThrownBy(() -> SweepAnalysis.of("data", List.of(), OPTIONS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("No configuration");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new SweepOptions(ComparisonOptions.DEFAULT, 9, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --repetitions is 9; it must be from 10 to 100000.");
    ComparisonOptions two =
        new ComparisonOptions(
            0.005,
            0.05,
            300,
            42,
            List.of(ReportedMetric.PIXEL_AUPRC, ReportedMetric.IMAGE_AUROC),
            Set.of());
    assertThatThrownBy(() -> new SweepOptions(two, 10, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--figure names 2 figures");
  }
}
