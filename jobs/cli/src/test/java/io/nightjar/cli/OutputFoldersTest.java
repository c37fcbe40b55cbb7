package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.MapFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever folder a user names for results, no file that a run has not written is lost. */
@Tag("slow")
class OutputFoldersTest extends CommandLineFixture {

  @ParameterizedTest
  @CsvSource({"exp1, false", "exp2, true"})
  void mapsWithinTheFolderOfTheResultsAreKept(String name, boolean overwrite) throws IOException {
    Path out = work.resolve(name);
    Path maps = writeMaps(out.resolve("maps"));
    Map<String, String> before = files(out);

    Ended ended = measure(maps, out, overwrite);

    assertRefused(ended, "--maps " + maps + " lies in --out " + out, "name another folder");
    assertThat(ended.err()).doesNotContain("results of a run");
    assertThat(files(out)).isEqualTo(before);
  }

  @Test
  void mapsBehindALinkAreKept() throws IOException {
    Path maps = writeMaps(work.resolve("linked/maps"));
    Path link = Files.createSymbolicLink(work.resolve("latest"), work.resolve("linked"));
    Map<String, String> before = files(work.resolve("linked"));

    assertRefused(measure(maps, link, true), "lies in --out " + link);

    assertThat(files(work.resolve("linked"))).isEqualTo(before);
  }

  @Test
  void aFolderThatNoRunWroteIsNotEmptied() throws IOException {
    Path out = work.resolve("foreign");
    writeMaps(out.resolve("maps"));
    Path maps = writeMaps(work.resolve("maps-of-foreign"));
    Map<String, String> before = files(out);

    Ended ended = measure(maps, out, true);

    assertRefused(ended, "holds files that no run of Nightjar has written (maps/bottle/test/");
    assertThat(files(out)).isEqualTo(before);
  }

  @Test
  void photosWithinTheFolderOfTheScoresAreKept() throws IOException {
    Path today = work.resolve("today");
    Path photos = Files.createDirectories(today.resolve("pictures"));
    Files.copy(data.resolve("bottle/test/good/000.png"), photos.resolve("000.png"));
    Path banks = work.resolve("banks-of-today");
    assertThat(buildBank("--bank", banks.toString(), "--category", "bottle").exitCode()).isZero();
    List<String> line = new ArrayList<>(List.of("score", "--master", "local[2]"));
    addNetworkUnlessGiven(line, List.of("--data"));
    line.addAll(List.of("--bank", banks.resolve("bottle").toString()));
    line.addAll(List.of("--data", photos.toString(), "--out", today.toString(), "--overwrite"));

    assertRefused(run(line), "--data " + photos + " lies in --out " + today);

    assertThat(files(today)).containsOnlyKeys("pictures/000.png");
  }

  @Test
  void resultsWithinTheDataAreRefused() throws IOException {
    Path out = data.resolve("results");

    assertRefused(evaluate("--out", out.toString()), "--out " + out + " lies in --data " + data);
    assertRefused(
        buildBank("--bank", data.toString(), "--category", "bottle"),
        "--bank " + data.resolve("bottle") + " lies in --data " + data);

    assertThat(out).doesNotExist();
    assertThat(data.resolve("bottle/bank.json")).doesNotExist();
  }

  @Test
  void aSecondRunIsRefusedAndADeadOneMakesRoom() throws IOException {
    Path maps = writeMaps(work.resolve("maps-of-two"));
    Path out = Files.createDirectories(work.resolve("claimed"));
    Path mark = out.resolve(".nightjar-running");
    Files.writeString(
        mark,
        """
        {"format_version": 1, "run": "r", "host": "node-7", "process": 4711,
         "process_started": "1", "process_space": "another machine",
         "started": "2026-01-02T03:52:10Z", "renewed": "2026-01-02T03:52:10Z"}
        """);

    assertRefused(
        measure(maps, out, false),
        "Another run writes to --out "
            + out
            + " since 2026-01-02 03:52 UTC (node-7, process 4711)");
    assertThat(out.toFile().list()).containsExactly(".nightjar-running");

    Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThat(measure(maps, out, false).exitCode()).isZero();
    assertThat(mark).doesNotExist();
    assertThat(out.resolve("metrics.json")).exists();
  }

  @Test
  void filesOfDesktopsAndKilledRunsAreNoObstacle() throws IOException {
    Path maps = writeMaps(work.resolve("maps-of-desktop"));
    Path out = Files.createDirectories(work.resolve("desktop"));
    Files.writeString(out.resolve(".DS_Store"), "icons");
    Files.writeString(out.resolve(".nightjar-probe"), "");

    assertThat(measure(maps, out, false).exitCode()).isZero();
    Files.writeString(out.resolve("metrics/.DS_Store"), "icons");
    Ended again = measure(maps, out, true);

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(out.resolve(".DS_Store")).hasContent("icons");
    assertThat(out.resolve("metrics/.DS_Store")).hasContent("icons");
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            ".DS_Store",
            "curves",
            "maps",
            "metrics",
            "metrics.csv",
            "metrics.json",
            "report.html",
            "run.json",
            "samples",
            "status.json");
    try (Stream<Path> tables = Files.list(out.resolve("metrics"))) {
      assertThat(tables.filter(file -> file.toString().endsWith(".parquet"))).hasSize(1);
    }
  }

  private Ended measure(Path maps, Path out, boolean overwrite) {
    List<String> more = new ArrayList<>(List.of("--category", "bottle", "--out", out.toString()));
    if (overwrite) {
      more.add("--overwrite");
    }
    return metrics(maps, more.toArray(String[]::new));
  }

  private Path writeMaps(Path maps) throws IOException {
    try (Stream<Path> images = Files.walk(data.resolve("bottle/test"))) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        Path map = maps.resolve(data.relativize(image).toString().replace(".png", ".npy"));
        Files.createDirectories(map.getParent());
        Files.write(map, MapFiles.npy(new float[] {1, 2, 3, 4}, 2, 2));
      }
    }
    return maps;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), io.nightjar.io.Sha256.of(file));
      }
    }
    return files;
  }
}
