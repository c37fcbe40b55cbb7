package io.nightjar.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.history.Cadence;
import io.nightjar.report.comparison.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryReaderTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

  @TempDir private Path work;
  private Path runs;
  private Path out;

  @BeforeEach
  void folders() throws IOException {
    runs = Files.createDirectory(work.resolve("runs"));
    out = work.resolve("history");
  }

  private HistoryReader reader(HistoryOptions options) {
    return HistoryReader.read(runs.toString(), out.toString(), options, NOW, CONFIGURATION);
  }

  private RunsHistory history() {
    return reader(HistoryOptions.DEFAULT).history();
  }

  private RunsHistory remembering() throws IOException {
    HistoryReader reader = reader(HistoryOptions.DEFAULT);
    Files.createDirectories(out);
    reader.remember();
    return reader.history();
  }

  private void nights(double... auprc) throws IOException {
    for (int night = 0; night < auprc.length; night++) {
      String date = "2026-11-" + (23 + night);
      HistoryRuns.at(date + "T02:00:00Z")
          .category("bottle", auprc[night])
          .write(runs.resolve(date));
    }
  }

  private static List<String> names(DataSetHistory set) {
    return set.runs().stream().map(RunRecord::path).toList();
  }

  @Test
  void runsAreInTheOrderOfTheirTimesAtAnyDepth() throws IOException {
    HistoryRuns.at("2026-11-25T02:00:00Z").category("bottle", 0.9).write(runs.resolve("a/b/third"));
    HistoryRuns.at("2026-11-23T02:00:00Z").category("bottle", 0.9).write(runs.resolve("z"));
    HistoryRuns.at("2026-11-24T02:00:00Z").category("bottle", 0.9).write(runs.resolve("a/second"));

    RunsHistory history = history();

    assertThat(history.dataSets()).hasSize(1);
    assertThat(names(history.dataSets().get(0))).containsExactly("z", "a/second", "a/b/third");
    assertThat(history.passedOver()).isEmpty();
    assertThat(history.notes()).isEmpty();
  }

  /** A night's members would be runs of the night besides it, with figures of their own. */
  @Test
  void membersOfAnEnsembleArePartsOfItsRun() throws IOException {
    for (String night : List.of("2026-11-23", "2026-11-24", "2026-11-25")) {
      HistoryRuns.at(night + "T02:00:00Z").category("bottle", 0.7).write(runs.resolve(night));
      for (String member : List.of("small", "large")) {
        HistoryRuns.at(night + "T02:05:00Z")
            .category("bottle", member.equals("small") ? 0.3 : 0.5)
            .write(runs.resolve(night).resolve("members").resolve(member));
      }
    }
    // One that is in such a folder by chance is a run as any other.
    HistoryRuns.at("2026-11-26T02:00:00Z")
        .category("bottle", 0.7)
        .write(runs.resolve("of-the-club/members/last"));

    DataSetHistory set = history().dataSets().get(0);

    assertThat(names(set))
        .containsExactly("2026-11-23", "2026-11-24", "2026-11-25", "of-the-club/members/last");
    assertThat(set.series().get(0).changes()).isEmpty();
    assertThat(set.cadence()).isPresent();
    assertThat(
            names(
                HistoryReader.read(
                        runs.resolve("2026-11-23").toString(),
                        out.toString(),
                        HistoryOptions.DEFAULT,
                        NOW,
                        CONFIGURATION)
                    .history()
                    .dataSets()
                    .get(0)))
        .containsExactly("");
  }

  @Test
  void aRegressionIsMarkedWithTheOptionThatChanged() throws IOException {
    nights(0.68, 0.68);
    HistoryRuns.at("2026-11-25T02:00:00Z")
        .category("bottle", 0.31)
        .option("variance", 0.1)
        .write(runs.resolve("2026-11-25"));

    DataSetHistory set = history().dataSets().get(0);

    Series series = set.series().get(0);
    assertThat(series.changes()).containsExactly(new Series.LevelChange(2, 1, 0.68, 0.31, true));
    assertThat(set.causes(series, series.changes().get(0)))
        .containsExactly("options.variance: 0.95, then 0.1");
    assertThat(set.cadence()).contains(Cadence.parse("1d"));
    assertThat(set.overdue()).isEqualTo(1); // that of the 26th, at 8 o'clock
  }

  @Test
  void imagesThatWereAddedAndRemovedAreNamedAndLookedUpOnce() throws IOException {
    List<LabelledImage> images = TestRuns.images(1, 6);
    List<LabelledImage> fewer = images.subList(1, images.size());
    write("2026-11-23", images, "one");
    write("2026-11-24", images, "one");
    write("2026-11-25", TestRuns.rescored(fewer, 0.2, 0, 3), "two");

    RunsHistory history = remembering();

    DataSetHistory set = history.dataSets().get(0);
    Series series = set.series().get(0);
    assertThat(series.changes()).hasSize(1);
    assertThat(set.causes(series, series.changes().get(0)))
        .containsExactly("test images: 1 removed (test/good/000)");
    // Remembered: the samples are not read again.
    Files.delete(runs.resolve("2026-11-24/samples/bottle.bin"));
    DataSetHistory again = history().dataSets().get(0);
    assertThat(again.causes()).isEqualTo(set.causes());
  }

  private void write(String date, List<LabelledImage> images, String hash) throws IOException {
    TestRuns.in(runs.resolve(date), date + "T02:00:00Z")
        .detail("data", Map.of("root", "/data", "sha256_by_category", Map.of("bottle", hash)))
        .category("bottle", images)
        .write();
  }

  @Test
  void withoutAnyDifferenceOfTheRecordsThatIsSaid() throws IOException {
    nights(0.68, 0.68, 0.31);

    DataSetHistory set = history().dataSets().get(0);

    Series series = set.series().get(0);
    assertThat(set.causes(series, series.changes().get(0)))
        .containsExactly("the records of the two runs name nothing that differs");
  }

  @Test
  void onlyNewAndReplacedRunsAreReadAgain() throws IOException {
    nights(0.9, 0.9);
    assertThat(remembering().fresh()).containsExactlyInAnyOrder("2026-11-23", "2026-11-24");

    assertThat(remembering().fresh()).isEmpty();
    nights(0.9, 0.95, 0.9);
    Files.setLastModifiedTime(
        runs.resolve("2026-11-23/run.json"), FileTime.from(NOW.minusSeconds(5)));

    RunsHistory history = remembering();

    assertThat(history.fresh()).contains("2026-11-23", "2026-11-25");
    assertThat(history.size()).isEqualTo(3);
    assertThat(remembering().fresh()).isEmpty();
  }

  @Test
  void aRememberedRunIsTheOneThatWasRead() throws IOException {
    HistoryRuns.at("2026-11-23T02:00:00.123456Z")
        .category("bottle", 0.1 + 0.2)
        .failed("cable", "Out of memory.")
        .quarantined("bottle", "train/good/007.png", "It is truncated.")
        .write(runs.resolve("first"));

    RunsHistory read = remembering();
    RunsHistory remembered = history();

    assertThat(remembered.runs().toList()).isEqualTo(read.runs().toList());
    assertThat(remembered.fresh()).isEmpty();
  }

  @Test
  void aRunWhoseFolderIsGoneStaysAndThatIsSaid() throws IOException {
    nights(0.9, 0.9);
    remembering();
    Files.delete(runs.resolve("2026-11-23/run.json"));
    Files.delete(runs.resolve("2026-11-23/metrics.json"));
    Files.delete(runs.resolve("2026-11-23"));

    RunsHistory history = history();

    assertThat(history.gone()).containsExactly("2026-11-23");
    assertThat(history.size()).isEqualTo(2);
    assertThat(history.notes())
        .containsExactly(
            "1 run is no longer there, such as 2026-11-23; what was read of them is shown.");
  }

  @Test
  void aDamagedMemoryCostsOnlyReading() throws IOException {
    nights(0.9, 0.9);
    remembering();
    Files.writeString(out.resolve(RememberedRuns.FILE), "no gzip");

    RunsHistory history = history();

    assertThat(history.fresh()).hasSize(2);
    assertThat(history.notes().get(0)).contains("cannot be used", "all runs were read again");
  }

  @Test
  void theHistoryOfOtherRunsIsNotMixedWithThese() throws IOException {
    nights(0.9);
    remembering();
    Path others = work.resolve("others");
    HistoryRuns.at("2026-11-23T02:00:00Z").category("bottle", 0.9).write(others.resolve("a"));

    assertThatThrownBy(
            () ->
                HistoryReader.read(
                    others.toString(), out.toString(), HistoryOptions.DEFAULT, NOW, CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds the history of the runs in")
        .hasMessageContaining("name another folder");
  }

  @Test
  void whatEarlierProgramsDidNotWriteMayBeMissing() throws IOException {
    Path old = Files.createDirectory(runs.resolve("old"));
    Files.writeString(
        old.resolve("run.json"), "{\"title\":\"Old\",\"started\":\"2025-01-01T00:00:00Z\"}");
    Files.writeString(
        old.resolve("metrics.json"),
        "{\"categories\":[{\"category\":\"bottle\",\"pixel_auprc\":0.7}]}");

    RunsHistory history = history();

    assertThat(history.passedOver()).isEmpty();
    RunRecord run = history.dataSets().get(0).runs().get(0);
    assertThat(run.wallSeconds()).isZero();
    assertThat(run.root()).isEmpty();
    assertThat(run.category("bottle").orElseThrow().number("pixel_auprc"))
        .isEqualTo(OptionalDouble.of(0.7));
  }

  @Test
  void halfWrittenRunsArePassedOverAndNamed() throws IOException {
    nights(0.9);
    Path half = Files.createDirectory(runs.resolve("half"));
    Files.writeString(half.resolve("run.json"), "{}");
    Path running = Files.createDirectory(runs.resolve("running"));
    Files.writeString(running.resolve(".nightjar-running"), "{}");

    RunsHistory history = history();

    assertThat(history.size()).isEqualTo(1);
    assertThat(history.passedOver())
        .hasSize(2)
        .anySatisfy(
            sentence ->
                assertThat(sentence)
                    .endsWith(
                        "half is no finished run and was passed over: it has no metrics.json."))
        .anySatisfy(
            sentence ->
                assertThat(sentence).contains("running", "a run writes to it, or was killed"));
  }

  @Test
  void anUnreadableRecordIsNamedAndTheOthersGoOn() throws IOException {
    nights(0.9, 0.9);
    Files.writeString(runs.resolve("2026-11-23/run.json"), "{\"started\": ");
    HistoryRuns.at("yesterday").category("bottle", 0.9).write(runs.resolve("undated"));
    HistoryRuns.at("2026-11-23T02:00:00Z")
        .detail("format_version", 9)
        .category("bottle", 0.9)
        .write(runs.resolve("newer"));

    RunsHistory history = remembering();

    assertThat(history.size()).isEqualTo(1);
    assertThat(history.passedOver())
        .hasSize(3)
        .allSatisfy(sentence -> assertThat(sentence).contains("run.json cannot be used"))
        .anySatisfy(sentence -> assertThat(sentence).contains("is no time: \"yesterday\""))
        .anySatisfy(sentence -> assertThat(sentence).contains("its format_version is 9"));
    // Remembered as well: what was not changed is as wrong the next night.
    assertThat(remembering().passedOver()).isEqualTo(history.passedOver());
  }

  @Test
  void twoRunsOfOneTimeAreInTheOrderOfTheirNames() throws IOException {
    for (String name : List.of("b", "a")) {
      HistoryRuns.at("2026-11-23T02:00:00Z").category("bottle", 0.9).write(runs.resolve(name));
    }

    RunsHistory history = history();

    assertThat(names(history.dataSets().get(0))).containsExactly("a", "b");
    assertThat(history.notes())
        .containsExactly(
            "a and b say that they began at the same time, 2026-11-23T02:00:00Z; they are in the"
                + " order of their names.");
  }

  @Test
  void aClockThatWentBackwardsIsReported() throws IOException {
    nights(0.9, 0.9, 0.9);
    setWritten("2026-11-23", "2026-11-23T02:01:00Z");
    setWritten("2026-11-24", "2026-11-26T02:01:00Z");
    setWritten("2026-11-25", "2026-11-25T02:01:00Z");

    assertThat(history().notes())
        .singleElement()
        .asString()
        .startsWith("By the storage's times 1 run was written before one that began earlier")
        .contains("2026-11-24 (2026-11-24T02:00:00Z) and 2026-11-25 (2026-11-25T02:00:00Z)");
  }

  @Test
  void aTimeInTheFutureIsReported() throws IOException {
    HistoryRuns.at("2027-01-01T02:00:00Z").category("bottle", 0.9).write(runs.resolve("a"));

    assertThat(history().notes())
        .containsExactly("a says that it began at 2027-01-01T02:00:00Z, which is in the future.");
  }

  private void setWritten(String run, String time) throws IOException {
    Files.setLastModifiedTime(
        runs.resolve(run).resolve("metrics.json"), FileTime.from(Instant.parse(time)));
  }

  @Test
  void runsOfAnotherDataSetAreASeriesOfTheirOwn() throws IOException {
    nights(0.9, 0.9);
    HistoryRuns.at("2026-11-23T12:00:00Z")
        .data("/data/own")
        .category("bottle", 0.2)
        .files("bottle", "other")
        .write(runs.resolve("own"));

    RunsHistory history = history();

    assertThat(history.dataSets())
        .extracting(DataSetHistory::name)
        .containsExactly("/data/mvtec_ad", "/data/own");
    assertThat(names(history.dataSets().get(1))).containsExactly("own");
  }

  /** As earlier programs recorded {@code --data data}, typed in two folders. */
  @Test
  void runsOfDataSetsWithTheSameRelativePlaceAreOneSeriesOnlyWithAnImageInCommon()
      throws IOException {
    List<LabelledImage> images = TestRuns.images(1, 6);
    List<LabelledImage> others =
        images.stream()
            .map(
                image ->
                    new LabelledImage(
                        image.path() + "-other", image.defect(), image.scores(), image.truth()))
            .toList();
    writeRelative("2026-11-20", images.subList(0, 8), "one");
    writeRelative("2026-11-21", others.subList(0, 8), "two");
    writeRelative("2026-11-22", images.subList(4, 12), "three");
    writeRelative("2026-11-23", others.subList(4, 12), "four");

    RunsHistory history = remembering();

    assertThat(history.dataSets())
        .extracting(HistoryReaderTest::names)
        .containsExactly(List.of("2026-11-21", "2026-11-23"), List.of("2026-11-20", "2026-11-22"));
    // Remembered: the samples are not read again.
    for (String date : List.of("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23")) {
      Files.delete(runs.resolve(date + "/samples/bottle.bin"));
    }
    assertThat(history().dataSets())
        .extracting(HistoryReaderTest::names)
        .containsExactly(List.of("2026-11-21", "2026-11-23"), List.of("2026-11-20", "2026-11-22"));
  }

  private void writeRelative(String date, List<LabelledImage> images, String hash)
      throws IOException {
    TestRuns.in(runs.resolve(date), date + "T02:00:00Z")
        .detail("data", Map.of("root", "data", "sha256_by_category", Map.of("bottle", hash)))
        .category("bottle", images)
        .write();
  }

  @Test
  void aDataSetThatMovedIsTheSame() throws IOException {
    nights(0.9, 0.9);
    HistoryRuns.at("2026-11-25T02:00:00Z")
        .data("/mnt/mvtec_ad")
        .category("bottle", 0.9)
        .write(runs.resolve("moved"));

    assertThat(history().dataSets()).hasSize(1);
  }

  @Test
  void aFailedCategoryIsAGapWithItsReason() throws IOException {
    nights(0.9);
    HistoryRuns.at("2026-11-24T02:00:00Z")
        .category("cable", 0.8)
        .failed("bottle", "All normal images are unreadable.")
        .write(runs.resolve("2026-11-24"));

    List<Series> series = history().dataSets().get(0).series();

    Series bottle =
        series.stream().filter(one -> one.category().equals("bottle")).findFirst().orElseThrow();
    assertThat(bottle.points().get(1).gap()).isEqualTo("failed: All normal images are unreadable.");
    assertThat(bottle.points().get(1).hasFailed()).isTrue();
    Series cable =
        series.stream().filter(one -> one.category().equals("cable")).findFirst().orElseThrow();
    assertThat(cable.points().get(0).gap()).isEqualTo("not evaluated");
  }

  @Test
  void aMissingNightIsAGap() throws IOException {
    for (int day : new int[] {20, 21, 22, 25}) {
      HistoryRuns.at("2026-11-" + day + "T02:00:00Z")
          .category("bottle", 0.9)
          .write(runs.resolve("night" + day));
    }

    DataSetHistory set = history().dataSets().get(0);

    assertThat(set.gaps())
        .containsExactly(
            new DataSetHistory.Gap(
                2,
                List.of(
                    Instant.parse("2026-11-23T02:00:00Z"), Instant.parse("2026-11-24T02:00:00Z")),
                2));
  }

  @Test
  void theCadenceThatIsGivenWins() throws IOException {
    nights(0.9, 0.9);
    HistoryOptions weekly =
        new HistoryOptions(
            List.of(), 0.005, Optional.of(Cadence.parse("12h")), OptionalDouble.empty());

    assertThat(reader(weekly).history().dataSets().get(0).gaps()).hasSize(1);
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThatThrownBy(this::history)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("There is no finished run of evaluate or metrics in " + runs + ".");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    runs = work.resolve("elsewhere");

    assertThatThrownBy(this::history)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no folder " + runs);
  }

  @Test
  void runsOfScoreHiddenFoldersAndLinksAreNoRuns() throws IOException {
    nights(0.9);
    Path score = Files.createDirectory(runs.resolve("score"));
    Files.writeString(score.resolve("run.json"), "{}");
    Files.writeString(score.resolve("score.json"), "{}");
    HistoryRuns.at("2026-11-24T02:00:00Z")
        .category("x", 0.9)
        .write(runs.resolve(".nightjar-1/new"));
    Files.createSymbolicLink(runs.resolve("newest"), runs.resolve("2026-11-23"));

    RunsHistory history = history();

    assertThat(history.size()).isEqualTo(1);
    assertThat(history.passedOver()).isEmpty();
  }
}
