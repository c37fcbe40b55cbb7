package io.nightjar.job.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.CompareRuns;
import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  private static final String MONDAY = "2026-11-23T01:00:00Z";
  private static final String TUESDAY = "2026-11-24T01:00:00Z";

  private final List<LabelledImage> images = TestRuns.images(1, 6);
  @TempDir Path work;

  @Test
  void theNewestOtherRunIsComparedAndItsFilesLieNextToTheResults() throws IOException {
    run("a", MONDAY, images);
    String worse = run("b", TUESDAY, TestRuns.rescored(images, 0.6, 0, 3));

    BaselineOutcome outcome = baseline(work + "/latest").compare(worse, TestRuns.CONFIGURATION);

    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.sentence()).startsWith("Not passed: pixel AUPRC of bottle fell");
    assertThat(work.resolve("b/compare.json")).exists();
    assertThat(work.resolve("b/compare.html")).exists();
  }

  @Test
  void theFirstRunOfAHistoryHasNothingToBeComparedWith() throws IOException {
    String first = run("b", MONDAY, images);

    BaselineOutcome outcome = baseline(work + "/latest").compare(first, TestRuns.CONFIGURATION);

    assertThat(outcome.passed()).isTrue();
    assertThat(outcome.report()).isEmpty();
    assertThat(outcome.sentence()).contains("no finished run", "nothing was compared");
  }

  @Test
  void ofRunsOfSeveralDataSetsTheNewestOfTheSameDataIsTheBaseline() throws IOException {
    run("old", "2026-11-20T01:00:00Z", "/data/parts", images);
    run("same", "2026-11-21T01:00:00Z", "file:/data/parts", images);
    run("other", "2026-11-22T01:00:00Z", "file:/data/others", images.subList(0, 4));
    run("typed", MONDAY, "parts", images.subList(0, 4));
    String now = run("b", TUESDAY, "file:/data/parts", images);

    Baseline.Opened opened = baseline(work + "/latest");

    assertThat(opened.run().orElseThrow().uri()).endsWith("/same");
    assertThat(opened.notes())
        .singleElement()
        .asString()
        .endsWith(
            "/same and was passed over: its data is another, in a place not recorded in full.");
    assertThat(opened.compare(now, TestRuns.CONFIGURATION).passed()).isTrue();
  }

  @Test
  void withoutARunOfTheSameDataTheNewestIsTheBaseline() throws IOException {
    run("first", "2026-11-20T01:00:00Z", "file:/mnt/parts", images);
    run("moved", MONDAY, "file:/disk/parts", images);
    String now = run("b", TUESDAY, "file:/data/parts", images);

    Baseline.Opened opened = baseline(work + "/latest");

    assertThat(opened.run().orElseThrow().uri()).endsWith("/moved");
    assertThat(opened.notes()).isEmpty();
    assertThat(opened.compare(now, TestRuns.CONFIGURATION).passed()).isTrue();
  }

  private String run(String name, String started, String data, List<LabelledImage> some)
      throws IOException {
    return TestRuns.in(work.resolve(name), started)
        .detail("data", Map.of("root", data))
        .category("bottle", some)
        .write();
  }

  @Test
  void runsThatCannotBeComparedDoNotPassAndCostNoResult() throws IOException {
    run("a", MONDAY, images.subList(0, 8));
    String other = run("b", TUESDAY, images);

    BaselineOutcome outcome = baseline(work + "/a").compare(other, TestRuns.CONFIGURATION);

    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.sentence()).contains("cannot be compared", "--allow images");
    assertThat(work.resolve("b/metrics.json")).exists();
    assertThat(work.resolve("b/compare.json")).doesNotExist();
  }

  @Test
  void aBaselineThatIsNotThereIsRefusedBeforeTheWork() {
    assertThatThrownBy(() -> baseline(work + "/none"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no finished run in " + work + "/none");
  }

  /** What a comparison wrote is replaced by the next, and nothing else is. */
  @Test
  void theActionWritesToAFolderOfItsOwn() throws IOException {
    run("a", MONDAY, images);
    run("b", TUESDAY, images);
    CompareRuns action =
        new CompareRuns(TestRuns.CONFIGURATION)
            .baseline(work + "/a")
            .candidates(List.of(work + "/latest"))
            .out(work + "/out");

    ComparisonReport report = action.execute();

    assertThat(report.passed()).isTrue();
    assertThat(work.resolve("out"))
        .isDirectoryContaining("glob:**/compare.html")
        .isDirectoryContaining("glob:**/compare.json")
        .isDirectoryContaining("glob:**/compare.md")
        .isDirectoryContaining("glob:**/compare-junit.xml");
    assertThatThrownBy(action::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("already holds");
    assertThat(action.overwrite(true).execute().passed()).isTrue();
    Files.writeString(work.resolve("out/mine.txt"), "mine");
    assertThatThrownBy(action::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mine.txt");
    assertThatThrownBy(() -> action.out(work + "/a/inner").execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("/a");
  }

  private Baseline.Opened baseline(String location) {
    return new Baseline(location, ComparisonOptions.DEFAULT, Gate.DEFAULT)
        .open(work + "/b", "/data/parts", TestRuns.CONFIGURATION);
  }

  private String run(String name, String started, List<LabelledImage> some) throws IOException {
    return TestRuns.in(work.resolve(name), started).category("bottle", some).write();
  }
}
