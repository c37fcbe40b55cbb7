package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.CommandLines.Ended;
import io.nightjar.report.history.HistoryRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
  @TempDir private Path work;

  private Ended history(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "history",
                "--master=local[1]",
                "--runs=" + work.resolve("runs"),
                "--out=" + work.resolve("history")));
    line.addAll(List.of(arguments));
    return CommandLines.run(line.toArray(String[]::new));
  }

  private void nights() throws IOException {
    for (int day = 20; day < 23; day++) {
      HistoryRuns.at("2026-11-" + day + "T02:00:00Z")
          .category("bottle", day == 22 ? 0.4 : 0.7)
          .option("variance", day == 22 ? 0.1 : 0.95)
          .write(work.resolve("runs/night" + day));
    }
  }

  @Test
  void theConsoleSaysWhatChangedAndWhereThePageIs() throws IOException {
    nights();
    Files.createDirectories(work.resolve("runs/half"));
    Files.writeString(work.resolve("runs/half/run.json"), "{}");

    Ended ended = history("--cost-per-hour=3.5", "--every=1d", "--figure=pixel_auprc");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("History: " + work.resolve("history") + " (history.html for a person")
        .contains("3 runs of 1 data set: 3 read, 0 remembered.")
        .contains("half is no finished run and was passed over: it has no metrics.json.")
        .contains(
            "night22  pixel AUPRC of bottle: 0.7000 to 0.4000 (-0.3000). options.variance: 0.95,"
                + " then 0.1");
    assertThat(history().out()).contains("0 read, 3 remembered.");
  }

  @Test
  void anEmptyFolderEndsWithExitCode2() throws IOException {
    Files.createDirectory(work.resolve("runs"));

    Ended ended = history();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("There is no finished run of evaluate or metrics in");
  }

  @Test
  void optionsThatCannotBeUsedEndWithExitCode2() throws IOException {
    nights();

    assertThat(history("--every=daily").err()).contains("--every has \"daily\"");
    assertThat(history("--tolerance=2").err()).contains("--tolerance is 2.0");
    assertThat(history("--cost-per-hour=-1").err()).contains("--cost-per-hour is -1.0");
    assertThat(history("--figure=auprc").err()).contains("--figure names \"auprc\"");
    assertThat(history("--format=csv").exitCode()).isEqualTo(2);
  }

  /** The class path of this module has no Delta Lake, as the product's has none. */
  @Test
  void withoutItsLibraryDeltaIsRefusedWithWhatToAdd() throws IOException {
    nights();

    Ended ended = history("--format=delta");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("spark-submit --packages io.delta:delta-spark_");
    assertThat(work.resolve("history")).doesNotExist();
  }
}
