package io.nightjar.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunsHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySummaryTest {
  @TempDir private Path work;

  private RunsHistory history() {
    return HistoryReader.read(
            work.resolve("runs").toString(),
            work.resolve("history").toString(),
            HistoryOptions.DEFAULT,
            Instant.parse("2026-11-26T08:00:00Z"),
            new Configuration())
        .history();
  }

  private void night(int day, double auprc, int options) throws IOException {
    HistoryRuns run = HistoryRuns.at("2026-11-" + day + "T02:00:00Z").category("bottle", auprc);
    for (int i = 0; i < options; i++) {
      run.option("option_" + i, "a value of this option that is as long as an address on a store");
    }
    run.write(work.resolve("runs/" + day));
  }

  @Test
  void aChangeIsOneShortLineHoweverMuchDiffers() throws IOException {
    night(22, 0.68, 0);
    night(23, 0.68, 0);
    night(24, 0.31, 12);

    List<String> lines = HistorySummary.render(history(), false).lines().toList();

    assertThat(lines.get(0)).isEqualTo("3 runs of 1 data set: 3 read, 0 remembered.");
    assertThat(lines.get(1))
        .startsWith("24  pixel AUPRC of bottle: 0.6800 to 0.3100 (-0.3700). options.option_0: none")
        .endsWith("...; and 11 differences more, see history.html")
        .hasSizeLessThan(220);
  }

  @Test
  void theOnlyDifferenceIsNamed() throws IOException {
    night(22, 0.68, 0);
    night(23, 0.68, 0);
    HistoryRuns.at("2026-11-24T02:00:00Z")
        .category("bottle", 0.31)
        .option("variance", 0.1)
        .write(work.resolve("runs/24"));

    assertThat(HistorySummary.render(history(), false))
        .endsWith("(-0.3700). options.variance: 0.95, then 0.1" + System.lineSeparator());
  }
}
