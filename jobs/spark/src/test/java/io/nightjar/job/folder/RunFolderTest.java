package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.report.status.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  private final Configuration configuration = new Configuration();

  @TempDir private Path work;

  @Test
  void makesAFolderThatIsNotThereAndLeavesItEmptyWhereNothingWasPublished() {
    Path out = work.resolve("runs/first");

    claim(out, false).close();

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void resultsAppearWithTheirPublication() throws IOException {
    try (RunFolder folder = claim(work, false)) {
      writeRun(Path.of(URI.create(folder.location())), "first");

      assertThat(visible()).isEmpty();
      folder.publish();
    }

    assertThat(visible()).isEqualTo(run("first"));
    assertThat(work.toFile().list()).containsExactlyInAnyOrder("maps", "run.json", "metrics.json");
  }

  @Test
  void aRunThatFailsLeavesTheOldResultsComplete() throws IOException {
    publish("old", false);

    try (RunFolder folder = claim(work, true)) {
      Files.writeString(Path.of(URI.create(folder.location())).resolve("report.html"), "half");
    }

    assertThat(visible()).isEqualTo(run("old"));
    assertThat(work.toFile().list()).hasSize(3);
  }

  @Test
  void newResultsReplaceAllThatTheOldRunWrote() throws IOException {
    publish("old", false);
    Files.createDirectories(work.resolve("pictures/widget"));
    Files.writeString(work.resolve("pictures/widget/worst-1-a.png"), "png");
    name(work, "pictures/widget/worst-1-a.png", "maps/part-old", "metrics.json", "run.json");

    publish("new", true);

    assertThat(visible()).isEqualTo(run("new"));
    assertThat(work.resolve("pictures")).doesNotExist();
  }

  @Test
  void refusesTheResultsOfAnotherRun() throws IOException {
    publish("old", false);

    assertThatThrownBy(() -> claim(work, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(work.toString(), "already holds the results", "--overwrite");
    assertThat(visible()).isEqualTo(run("old"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"maps/widget/test/good/000.tiff", "metrics.json", "run.json", "notes.txt"})
  void whatNoRunHasWrittenIsNeverEmptied(String name) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"years\": \"of work\"}");

    for (boolean overwrite : List.of(false, true)) {
      assertThatThrownBy(() -> claim(work, overwrite))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("no run of Nightjar has written (" + name, "name a new folder");
    }
    assertThat(file).hasContent("{\"years\": \"of work\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps/widget/000.tiff", "thesis.tex", "maps/part-of-mine"})
  void filesThatWereAddedToResultsAreNotReplacedWithThem(String name) throws IOException {
    publish("old", false);
    Path added = work.resolve(name);
    Files.createDirectories(added.getParent());
    Files.writeString(added, "mine");

    assertThatThrownBy(() -> claim(work, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(name);
    assertThat(added).hasContent("mine");
  }

  @Test
  void resultsOfARunThatDidNotNameItsFilesAreKnownByTheirNames() throws IOException {
    writeRun(work, "old");
    Files.writeString(
        work.resolve("run.json"),
        "{\"format_version\": 1, \"options\": {}, \"versions\": {\"nightjar\": \"0.9\"}}");
    Files.createDirectories(work.resolve("curves"));
    Files.writeString(work.resolve("curves/widget.json"), "{}");

    publish("new", true);

    assertThat(visible()).isEqualTo(run("new"));
  }

  @Test
  void mapsOfAnotherProgramNextToAnOlderRunAreNoneOfIts() throws IOException {
    writeRun(work, "old");
    Files.writeString(
        work.resolve("run.json"),
        "{\"format_version\": 1, \"options\": {}, \"versions\": {\"nightjar\": \"0.9\"}}");
    Files.createDirectories(work.resolve("maps/widget/test/good"));
    Files.writeString(work.resolve("maps/widget/test/good/000.tiff"), "mine");

    assertThatThrownBy(() -> claim(work, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("maps/widget/test/good/000.tiff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".DS_Store",
        "._metrics.json",
        "Thumbs.db",
        "desktop.ini",
        "@eaDir/report.html@SynoEAStream",
        ".directory",
        "maps/.DS_Store",
        "maps/@eaDir/part-old/SYNO.jpg"
      })
  void filesOfDesktopsAreNoObstacleAndStay(String name) throws IOException {
    publish("old", false);
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "icons");

    publish("new", true);

    assertThat(file).hasContent("icons");
    Map<String, String> all = visible();
    assertThat(all.remove(name)).isEqualTo("icons");
    assertThat(all).isEqualTo(run("new"));
  }

  @ParameterizedTest
  @CsvSource({
    ".nightjar-probe, false",
    ".nightjar-0b0e8a3c-8a80-4a5f-9a7e-2f1f35a8c8f1/new/maps/part-1, false",
    ".metrics.json.0b0e8a3c-8a80-4a5f-9a7e-2f1f35a8c8f1.tmp, false",
    ".nightjar-probe, true"
  })
  void whatAKilledRunLeftIsNoObstacle(String name, boolean overwrite) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");

    publish("new", overwrite);

    assertThat(work.resolve("metrics.json")).hasContent("new");
    assertThat(work.toFile().list((folder, child) -> child.startsWith(".nightjar"))).isEmpty();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(work.resolve("notes.txt"), "notes");

    assertThatThrownBy(() -> claim(file, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void refusesAFolderThatHoldsAnInput() {
    InputPlaces inputs =
        new InputPlaces(configuration).folder("--maps", work.resolve("maps").toString());

    assertThatThrownBy(() -> RunFolder.claim(work.toString(), true, inputs, configuration))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--maps " + work.resolve("maps") + " lies in --out");
  }

  @Test
  void refusesToReplaceResultsThatAnInputLinksTo() throws IOException {
    publish("old", false);
    InputPlaces inputs =
        new InputPlaces(configuration)
            .found("--data", List.of(work.resolve("maps/part-old").toString()));

    assertThatThrownBy(() -> RunFolder.claim(work.toString(), true, inputs, configuration))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--data " + work.resolve("maps"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aStepThatFailsBringsTheOldResultsBack(int failing) throws IOException {
    publish("old", false);
    Configuration breaking = new Configuration();
    breaking.setClass("fs.breaking.impl", BreakingFileSystem.class, RawLocalFileSystem.class);
    breaking.setBoolean("fs.breaking.impl.disable.cache", true);
    breaking.setInt("test.rename", failing);

    try (RunFolder folder =
        RunFolder.claim("breaking:" + work, true, new InputPlaces(breaking), breaking)) {
      writeRun(Path.of(URI.create(folder.location()).getPath()), "new");

      assertThatThrownBy(folder::publish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("the disk broke", "It has those that it had before");
    }

    assertThat(visible()).isEqualTo(run("old"));
  }

  /**
   * Three old results go aside (1 to 3), then three new ones come (4 to 6); killed before the
   * fourth, a run has shown nothing of its own.
   */
  @ParameterizedTest
  @CsvSource({
    "2, old, false",
    "3, old, false",
    "4, old, false",
    "5, new, false",
    "6, new, false",
    "2, old, true",
    "3, old, true",
    "4, old, true",
    "5, new, true",
    "6, new, true"
  })
  void whatAKilledRunHadMovedIsRestoredOrCompleted(int step, String shown, boolean desktop)
      throws IOException {
    publish("old", false);
    if (desktop) {
      Files.writeString(work.resolve("maps/.DS_Store"), "icons");
    }
    kill(step);

    assertThatThrownBy(() -> claim(work, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("already holds the results");
    assertShown(shown, desktop);

    // Once again, as a run that replaces them.
    kill(step);
    publish("newest", true);
    assertShown("newest", desktop);
  }

  /** One that was killed with all results in their places, and the old ones still aside. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oldResultsOfAReplacementThatWasCompleteAreRemoved(boolean overwrite) throws IOException {
    publish("old", false);
    RunFolder killed = claim(work, true);
    writeRun(Path.of(URI.create(killed.location())), "new");
    killed.publish();
    bury();

    if (overwrite) {
      publish("newest", true);
    } else {
      assertThatThrownBy(() -> claim(work, false)).hasMessageContaining("already holds");
    }
    assertShown(overwrite ? "newest" : "new", false);
  }

  /** A folder that had no results before. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theFirstResultsOfAKilledRunAreCompleted(int step) throws IOException {
    kill(step);

    assertThatThrownBy(() -> claim(work, false)).hasMessageContaining("already holds the results");
    assertShown("new", false);
  }

  @Test
  void whatCannotBeDistinguishedIsKeptAndNamed() throws IOException {
    publish("old", false);
    kill(5);
    // Another program has emptied the folder since.
    Files.delete(work.resolve("run.json"));

    assertThatThrownBy(() -> claim(work, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("those from before are in", "/replaced", "/new");
    try (Stream<Path> files = Files.walk(work)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .contains("part-old", "part-new");
    }
  }

  /** The results, the desktop's file, and nothing else. */
  private void assertShown(String content, boolean desktop) throws IOException {
    Map<String, String> expected = run(content);
    if (desktop) {
      expected.put("maps/.DS_Store", "icons");
    }
    assertThat(visible()).isEqualTo(expected);
    assertThat(work.toFile().list((folder, child) -> child.startsWith(".nightjar"))).isEmpty();
  }

  /** Publishes as a process that is killed before the rename of that number. */
  private void kill(int step) throws IOException {
    Configuration breaking = new Configuration();
    breaking.setClass("fs.breaking.impl", BreakingFileSystem.class, RawLocalFileSystem.class);
    breaking.setBoolean("fs.breaking.impl.disable.cache", true);
    breaking.setInt("test.killed", step);
    RunFolder folder =
        RunFolder.claim("breaking:" + work, true, new InputPlaces(breaking), breaking);
    writeRun(Path.of(URI.create(folder.location()).getPath()), "new");

    assertThatThrownBy(folder::publish).isInstanceOf(Killed.class);
    bury();
  }

  /** The claim is that of a process which is gone. */
  private void bury() throws IOException {
    RunningProcess here = RunningProcess.current();
    RunningProcess gone = new RunningProcess(here.host(), here.pid(), "1", here.space());
    RunMark mark = new RunMark("a-run", gone, Instant.parse("2026-01-02T03:52:10Z"), "");
    Files.write(work.resolve(RunMark.NAME), mark.write(mark.started()));
  }

  /** No exception that a run could act on. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The local disk, which breaks once or kills the run, at the rename of that number. */
  public static final class BreakingFileSystem extends RawLocalFileSystem {
    private int left;
    private int alive;

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      super.initialize(name, conf);
      left = conf.getInt("test.rename", 0);
      alive = conf.getInt("test.killed", 0);
    }

    @Override
    public URI getUri() {
      return URI.create("breaking:///");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (--left == 0) {
        throw new IOException("the disk broke");
      }
      if (--alive == 0) {
        throw new Killed();
      }
      return super.rename(from, to);
    }
  }

  private RunFolder claim(Path out, boolean overwrite) {
    return RunFolder.claim(
        out.toString(), overwrite, new InputPlaces(configuration), configuration);
  }

  private void publish(String content, boolean overwrite) throws IOException {
    try (RunFolder folder = claim(work, overwrite)) {
      writeRun(Path.of(URI.create(folder.location())), content);
      folder.publish();
    }
  }

  private static void writeRun(Path folder, String content) throws IOException {
    Files.createDirectories(folder.resolve("maps"));
    Files.writeString(folder.resolve("maps/part-" + content), content);
    Files.writeString(folder.resolve("metrics.json"), content);
    name(folder, "maps/part-" + content, "metrics.json", "run.json");
  }

  private static void name(Path folder, String... files) throws IOException {
    Files.writeString(folder.resolve("run.json"), manifest(files));
  }

  private static String manifest(String... files) {
    return "{\"format_version\": 1, \"options\": {}, \"versions\": {\"nightjar\": \"1\"},"
        + " \"files\": [\""
        + String.join("\", \"", files)
        + "\"]}";
  }

  private static Map<String, String> run(String content) {
    Map<String, String> files = new TreeMap<>();
    files.put("maps/part-" + content, content);
    files.put("metrics.json", content);
    files.put("run.json", manifest("maps/part-" + content, "metrics.json", "run.json"));
    return files;
  }

  /** All files but those of a run that is writing. */
  private Map<String, String> visible() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        String name = work.relativize(file).toString();
        if (!name.startsWith(".nightjar-")) {
          files.put(name, Files.readString(file));
        }
      }
    }
    return files;
  }
}
