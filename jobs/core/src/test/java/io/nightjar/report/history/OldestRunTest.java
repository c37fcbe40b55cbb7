package io.nightjar.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of the first program whose documents have a {@code format_version} (commit 65e5f28a), on
 * drawn images with random weights: what it was and measured can still be compared and shown. The
 * expected values are those in its files.
 */
class OldestRunTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final double AUPRC = 0.38158266788607803;
  private static final double IMAGE_AUROC = 1.0;

  @TempDir private Path work;
  private Path golden;

  @BeforeEach
  void copy() throws IOException {
    Path stored =
        Repository.file("jobs/core/src/test/resources/io/nightjar/report/golden-run-format-1");
    golden = work.resolve("runs/golden");
    try (Stream<Path> files = Files.walk(stored)) {
      for (Path file : files.toList()) {
        Path copy = golden.resolve(stored.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static FigureComparison auprc(ComparisonReport report) {
    return report.comparisons().get(0).categories().get(0).figures().stream()
        .filter(figure -> figure.figure() == ReportedMetric.PIXEL_AUPRC)
        .findFirst()
        .orElseThrow();
  }

  private ComparisonReport compare(Path candidate) {
    return ComparisonReport.of(
        FinishedRun.read(golden.toString(), CONFIGURATION),
        List.of(FinishedRun.read(candidate.toString(), CONFIGURATION)),
        ComparisonOptions.DEFAULT,
        Gate.DEFAULT,
        List.of());
  }

  @Test
  void isComparedFigureByFigure() {
    ComparisonReport report = compare(golden);

    assertThat(report.comparisons().get(0).verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(auprc(report).baseline()).hasValue(AUPRC);
    assertThat(report.comparisons().get(0).baseline().started()).startsWith("2026-11-30T07:29:40");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void anotherFigureIsADifferenceWithoutAnInterval() throws IOException {
    Path other = work.resolve("runs/other");
    Files.createDirectories(other.resolve("curves"));
    for (String file : List.of("run.json", "metrics.json", "curves/bottle.json")) {
      Files.writeString(
          other.resolve(file),
          Files.readString(golden.resolve(file))
              .replace("\"pixel_auprc\" : " + AUPRC, "\"pixel_auprc\" : 0.3815800"));
    }

    FigureComparison auprc = auprc(compare(other));

    assertThat(auprc.candidate()).hasValue(0.38158);
    assertThat(auprc.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(auprc.test()).isEmpty();
    assertThat(auprc.reason()).contains("samples/ is absent");
  }

  @Test
  void isShownInTheHistory() {
    RunsHistory history =
        HistoryReader.read(
                work.resolve("runs").toString(),
                work.resolve("history").toString(),
                HistoryOptions.DEFAULT,
                Instant.parse("2026-12-01T00:00:00Z"),
                CONFIGURATION)
            .history();

    assertThat(history.passedOver()).isEmpty();
    RunRecord run = history.runs().findFirst().orElseThrow();
    RunRecord.Category bottle = run.category("bottle").orElseThrow();
    assertThat(run.name()).isEqualTo("golden");
    assertThat(run.root()).isEqualTo("/data/drawn");
    assertThat(bottle.number(ReportedMetric.PIXEL_AUPRC)).hasValue(AUPRC);
    assertThat(bottle.number(ReportedMetric.IMAGE_AUROC)).hasValue(IMAGE_AUROC);
    assertThat(bottle.number("test_images")).hasValue(5);
    assertThat(run.settings()).containsEntry("options.variance", "0.95");
    assertThat(run.fingerprints().get("bottle")).startsWith("aa005795e07e2cb1");
  }
}
