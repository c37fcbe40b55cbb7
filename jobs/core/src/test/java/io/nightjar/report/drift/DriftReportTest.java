package io.nightjar.report.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.console.DriftTable;
import io.nightjar.report.json.DriftJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftReportTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T06:00:00Z");
  private static final ScoreDistribution REFERENCE = rising(0);

  /** 100 scores, 0.01 apart. */
  private static ScoreDistribution rising(float from) {
    float[] scores = new float[100];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = from + i / 100f;
    }
    return ScoreDistribution.of(scores);
  }

  private static RunDrift run(String name, float shift) {
    return new RunDrift(
        name,
        MONDAY,
        Map.of(
            DriftScore.LARGEST, ScoreDrift.between(REFERENCE, rising(shift), DriftLimits.DEFAULT)));
  }

  private static CategoryDrift category(String name, RunDrift... runs) {
    return new CategoryDrift(
        name,
        "banks/" + name + "@1",
        "the baseline",
        Map.of(DriftScore.LARGEST, REFERENCE),
        List.of(runs),
        List.of("passed over"));
  }

  private static DriftReport report(CategoryDrift... categories) {
    return new DriftReport(DriftLimits.DEFAULT, List.of(categories));
  }

  @Test
  void theNewestRunDecides() {
    RunDrift same = run("runs/same", 0);
    RunDrift moved = run("runs/moved", 5);

    assertThat(category("bottle", same, moved).drifted()).isTrue();
    assertThat(category("bottle", moved, same).drifted()).isFalse();
    assertThat(report(category("bottle", same), category("cable", moved)).drifted()).isTrue();
    assertThat(report(category("bottle", same)).drifted()).isFalse();
  }

  @Test
  void isATableWithALineForEachRun() {
    String table =
        DriftTable.render(
            report(category("bottle", run("runs/same", 0), run("runs/moved", 5))), false);

    assertThat(table.lines().filter(line -> line.contains("  same ")).findFirst().orElseThrow())
        .contains("2026-11-16T06:00:00Z", " 100 ", " largest ")
        .endsWith("ok");
    assertThat(table.lines().filter(line -> line.contains("  moved ")).findFirst().orElseThrow())
        .endsWith("DRIFTED");
    assertThat(table).contains("bottle: passed over").isASCII();
  }

  @Test
  void isADocument() {
    assertThat(DriftJson.write(report(category("bottle", run("runs/moved", 5)))))
        .startsWith("{\n  \"format_version\" : 1,\n  \"drifted\" : true,\n  \"psi_limit\" : 0.2,")
        .contains("\"0.5\" : 0.495", "\"ks\" : 1.0", "\"notes\" : [ \"passed over\" ]");
  }
}
