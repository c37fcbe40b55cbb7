package io.nightjar.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataSetsTest {
  private static final DataSets.Evidence NONE = (one, other) -> false;

  private final List<String> asked = new ArrayList<>();

  private static RunRecord run(String path, String root, String files) {
    return new RunRecord(
        path,
        "2026-11-23T02:00:00Z",
        60,
        Map.of("bottle", files),
        root.isEmpty() ? Map.of() : Map.of("data.root", root),
        List.of(new RunRecord.Category("bottle", "original", Map.of())),
        List.of(),
        0,
        List.of());
  }

  private static List<List<String>> paths(DataSets.Evidence evidence, RunRecord... runs) {
    return DataSets.of(List.of(runs), evidence).stream()
        .map(set -> set.stream().map(RunRecord::path).toList())
        .toList();
  }

  private DataSets.Evidence sameLetter() {
    return (one, other) -> {
      asked.add(one.path() + " " + other.path());
      return one.path().charAt(0) == other.path().charAt(0);
    };
  }

  @Test
  void onePlaceIsOneDataSetWhateverItsFiles() {
    assertThat(
            paths(
                NONE,
                run("a", "s3a://factory/data", "one"),
                run("b", "s3a://other/data", "two"),
                run("c", "s3a://factory/data", "three")))
        .containsExactly(List.of("a", "c"), List.of("b"));
  }

  @Test
  void aRelativePlaceIsNoEvidence() {
    assertThat(paths(NONE, run("a", "data", "one"), run("b", "data", "two")))
        .containsExactly(List.of("b"), List.of("a"));
    assertThat(paths(NONE, run("a", "../data", "one"), run("b", "../data", "two"))).hasSize(2);
  }

  @Test
  void neitherIsOneThatIsNotRecorded() {
    assertThat(paths(NONE, run("a", "", "one"), run("b", "", "two"))).hasSize(2);
  }

  @Test
  void theSameFilesAreEnough() {
    assertThat(
            paths(
                NONE,
                run("a", "data", "one"),
                run("b", "data", "two"),
                run("c", "file:/home/me/data", "one")))
        .containsExactly(List.of("a", "c"), List.of("b"));
  }

  @Test
  void anAbsolutePlaceOfAnEarlierProgramIsOneOfTheLocalFileSystem() {
    assertThat(paths(NONE, run("a", "/data/parts/", "one"), run("b", "file:/data/parts", "two")))
        .containsExactly(List.of("a", "b"));
    assertThat(paths(NONE, run("a", "/data", "one"), run("b", "hdfs://host/data", "two")))
        .hasSize(2);
  }

  @Test
  void runsOfRelativePlacesAreRelatedByAFileInCommon() {
    assertThat(
            paths(
                sameLetter(),
                run("a1", "data", "1"),
                run("b1", "data", "2"),
                run("a2", "data", "3"),
                run("b2", "./data", "4"),
                run("a3", "file:/home/me/data", "5")))
        .containsExactly(List.of("a1", "a2", "a3"), List.of("b1", "b2"));
    // The newest of another set alone, and of runs whose places are known none.
    assertThat(asked)
        .containsExactly("a1 b1", "b1 a2", "a1 a2", "a2 b2", "b1 b2", "b2 a3", "a2 a3");
  }

  @Test
  void noFilesAreReadWhereTheRecordsSayEnough() {
    paths(
        sameLetter(),
        run("a1", "file:/home/a/data", "1"),
        run("b1", "file:/home/b/data", "2"),
        run("a2", "data", "3"),
        run("a3", "data", "3"),
        run("c1", "maps", "4"));

    assertThat(asked).containsExactly("b1 a2", "a1 a2", "b1 a3");
  }
}
