package io.nightjar.job.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.report.CategoryDistribution;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.json.DistributionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a local disk, with no Spark. */
class ScoreRunsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T06:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T06:00:00Z");

  @TempDir private Path work;

  private final ScoreRuns runs = new ScoreRuns(new Configuration());

  private Path finished(String name) throws IOException {
    Path run = Files.createDirectories(work.resolve(name));
    Files.writeString(run.resolve("score.json"), "{}");
    return run;
  }

  private Path run(String name, Instant started, String... categories) throws IOException {
    Path run = finished(name);
    Path distributions = Files.createDirectories(run.resolve("distributions"));
    for (String category : categories) {
      Files.writeString(
          distributions.resolve(category + ".json"),
          DistributionJson.write(
              new CategoryDistribution(
                  category,
                  started,
                  new ScoreBasis("banks/" + category, 1, "ab", 1),
                  Map.of(
                      DriftScore.LARGEST,
                      ScoreDistribution.of(new float[] {3, 1, 2}),
                      DriftScore.MEAN,
                      ScoreDistribution.of(new float[] {0.5f})))));
    }
    return run;
  }

  private List<String> names(Path... locations) {
    return runs.find(List.of(locations).stream().map(Path::toString).toList()).stream()
        .map(run -> run.uri().substring(run.uri().lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void runsComeFromTheOldestToTheNewestWhateverTheirNames() throws IOException {
    run("a", TUESDAY, "bottle");
    run("c", MONDAY, "bottle");
    run("b", MONDAY, "bottle");

    assertThat(names(work)).containsExactly("b", "c", "a");
  }

  @Test
  void aRunThatIsNamedTwiceIsTakenOnce() throws IOException {
    Path monday = run("monday", MONDAY, "bottle");

    assertThat(names(monday, work, monday)).containsExactly("monday");
  }

  @Test
  void unfinishedRunsAndRunsWithoutScoresAreSkipped() throws IOException {
    run("monday", MONDAY, "bottle");
    Files.delete(run("unfinished", TUESDAY, "bottle").resolve("score.json"));
    finished("without");
    run("empty", TUESDAY);

    assertThat(names(work)).containsExactly("monday");
  }

  @Test
  void theScoresOfEachCategoryAreRead() throws IOException {
    Path monday = run("monday", MONDAY, "bottle", "nut");

    ScoreRun run = runs.find(List.of(monday.toString())).get(0);

    assertThat(run.started()).isEqualTo(MONDAY);
    assertThat(run.of("nut").orElseThrow().scores().get(DriftScore.LARGEST).scores())
        .containsExactly(1, 2, 3);
    assertThat(run.of("zipper")).isEmpty();
  }

  @Test
  void aFolderWithoutAFinishedRunIsRefused() {
    assertThatThrownBy(() -> names(work))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("no finished run", work.toString(), "score.json");
    assertThatThrownBy(() -> names(work.resolve("nowhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("There is no folder", "nowhere");
  }

  @Test
  void finishedRunsWithoutAnyScoresAreRefused() throws IOException {
    finished("without");

    assertThatThrownBy(() -> names(work))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("No run in", "has any scores");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path monday = run("monday", MONDAY, "bottle");
    Files.writeString(monday.resolve("distributions/bottle.json"), "{\"format_version\": 1");

    assertThatThrownBy(() -> names(monday))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("distributions/bottle.json", "cannot be used");
  }
}
