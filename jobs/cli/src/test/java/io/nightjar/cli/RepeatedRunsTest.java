package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.testing.MapFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same command again, as schedulers run it: it ends as the first one did. */
@Tag("slow")
class RepeatedRunsTest extends CommandLineFixture {
  private static final String FINISHED = "already holds the results of this run, which ended at ";
  private static final String REFUSED = "already holds the results of a run; name a new folder";

  private Path pristine;
  private Path out;

  @BeforeAll
  void evaluateOnce() throws IOException {
    out = work.resolve("out");
    Ended first = evaluate("--out", out.toString(), "--run-id", "1");
    assertThat(first.exitCode()).as(first.err()).isZero();
    pristine = work.resolve("pristine");
    FileUtils.copyDirectory(out.toFile(), pristine.toFile());
  }

  /** The results of that run, where it wrote them and as it left them. */
  @BeforeEach
  void restore() throws IOException {
    FileUtils.deleteDirectory(out.toFile());
    FileUtils.copyDirectory(pristine.toFile(), out.toFile());
  }

  @Test
  void aFinishedRunEndsAgainAsItDid() throws IOException {
    Path asked = work.resolve("asked/night.json");
    Map<String, FileTime> files = written(out);
    JsonDocument status = json(out, "status.json");

    Ended again = evaluate("--out", out.toString());

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains(FINISHED, "with exit code 0: ");
    assertThat(written(out)).as("nothing was written").isEqualTo(files);

    // The one who waits for a run of this name finds it.
    Ended named =
        evaluate("--out", out.toString(), "--run-id", "2", "--status-file", asked.toString());
    assertThat(named.exitCode()).as(named.err()).isZero();
    Map<String, Object> expected = new TreeMap<>(status.values());
    expected.put("run_id", "2");
    assertThat(json(out, "status.json").values()).isEqualTo(expected);
    assertThat(json(asked).text("run_id")).isEqualTo("2");
    assertThat(json(asked).text("sentence")).isEqualTo(status.text("sentence"));

    // The file that is asked for is the very one.
    Ended there = evaluate("--out", out.toString(), "--status-file", out.toString());
    assertThat(there.exitCode()).as(there.err()).isZero();
    assertThat(json(out, "status.json").text("sentence")).isEqualTo(status.text("sentence"));

    assertRefused(evaluate("--out", out.toString(), "--neighbours", "2"), REFUSED);
    Path image = data.resolve("bottle/test/good/000.png");
    FileTime drawn = Files.getLastModifiedTime(image);
    Files.setLastModifiedTime(image, FileTime.fromMillis(System.currentTimeMillis()));
    assertRefused(evaluate("--out", out.toString()), REFUSED);
    Files.setLastModifiedTime(image, drawn);
  }

  @Test
  void aRunOfWhichACategoryFailedEndsAgainWithThat() throws IOException {
    Path broken = copyOfData("broken");
    for (Path image : images(broken.resolve("carpet/train/good"))) {
      Files.writeString(image, "no image");
    }
    String incomplete = work.resolve("incomplete").toString();
    String[] line = {"--data", broken.toString(), "--out", incomplete};
    Ended first = evaluate(line);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(3);

    Ended again = evaluate(line);

    assertThat(again.exitCode()).as(again.err()).isEqualTo(3);
    assertThat(again.out()).contains(FINISHED, "with exit code 3: ");
  }

  @Test
  void aRunThatDidNotPassItsGateEndsAgainWithThat() throws IOException {
    Path status = work.resolve("gate-status.json");
    // No run is as fast as that; a repetition that did the work again might be.
    String[] line = {
      "--baseline", out.toString(),
      "--fail-on", "slower>0.0001",
      "--out", work.resolve("gated").toString(),
      "--status-file", status.toString()
    };
    assertThat(evaluate(line).exitCode()).isEqualTo(5);
    String sentence = json(status).text("sentence");

    Ended again = evaluate(line);

    assertThat(again.exitCode()).as(again.err()).isEqualTo(5);
    assertThat(json(status).text("sentence")).isEqualTo(sentence).contains("took");
  }

  /** Between the move of its results and its last word. */
  @Test
  void aRunThatWasKilledOverItsLastWordGoesOn() throws IOException {
    String figures = Files.readString(out.resolve("metrics.csv"), StandardCharsets.UTF_8);
    JsonDocument status = json(out, "status.json");
    Map<String, Object> killed = new TreeMap<>(status.values());
    killed.put("state", "running");
    killed.put("process_started", "1");
    killed.keySet().removeAll(List.of("exit_code", "sentence", "ended"));
    Files.writeString(out.resolve("status.json"), Json.indented(killed));

    Ended again = evaluate("--out", out.toString());

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).doesNotContain(FINISHED);
    assertThat(withoutSeconds(Files.readString(out.resolve("metrics.csv"))))
        .isEqualTo(withoutSeconds(figures));
    assertThat(json(out, "status.json").text("state")).isEqualTo("ended");
  }

  /** What a later run left that broke is not the outcome of these results. */
  @Test
  void theOutcomeOfALaterRunThatLeftTheResultsIsNotTheirs() throws IOException {
    Map<String, Object> later = new TreeMap<>(json(out, "status.json").values());
    later.put("exit_code", 5);
    for (String moment : List.of("started", "heard", "ended")) {
      later.put(moment, Instant.now().plusSeconds(60).toString());
    }
    Files.writeString(out.resolve("status.json"), Json.indented(later));

    assertRefused(evaluate("--out", out.toString()), REFUSED);
  }

  @Test
  void scoresAndMeasuredMapsEndAgainAsTheyDid() throws IOException {
    Path banks = work.resolve("banks");
    assertThat(buildBank("--bank", banks.toString()).exitCode()).isZero();
    Path scores = work.resolve("scores");
    String images = data.resolve("bottle/test").toString();
    Ended scored = score(banks, images, scores);
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    Ended again = score(banks, images, scores);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains(FINISHED);
    // Another version of the bank is another input.
    assertThat(buildBank("--bank", banks.toString(), "--overwrite").exitCode()).isZero();
    assertRefused(score(banks, images, scores), REFUSED);

    Path maps = work.resolve("anomaly-maps");
    for (Path image : images(data.resolve("bottle/test/good"))) {
      String name = image.getFileName().toString().replace(".png", ".npy");
      Files.createDirectories(maps.resolve("bottle/test/good"));
      Files.write(
          maps.resolve("bottle/test/good/" + name), MapFiles.npy(new float[] {1, 2, 3, 4}, 2, 2));
    }
    Path measured = work.resolve("measured");
    Ended metrics = metrics(maps, "--category", "bottle", "--out", measured.toString());
    // The defective images have no maps.
    assertThat(metrics.exitCode()).as(metrics.err()).isEqualTo(3);
    Ended repeated = metrics(maps, "--category", "bottle", "--out", measured.toString());
    assertThat(repeated.exitCode()).as(repeated.err()).isEqualTo(3);
    assertThat(repeated.out()).contains(FINISHED);
    Path map = images(maps.resolve("bottle/test/good")).get(0);
    Files.setLastModifiedTime(map, FileTime.fromMillis(System.currentTimeMillis()));
    assertRefused(metrics(maps, "--category", "bottle", "--out", measured.toString()), REFUSED);
  }

  private Path copyOfData(String name) throws IOException {
    Path copy = work.resolve(name);
    FileUtils.copyDirectory(data.toFile(), copy.toFile());
    return copy;
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Map<String, FileTime> written(Path folder) throws IOException {
    Map<String, FileTime> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return written;
  }

  /** The last column of each row. */
  private static List<String> withoutSeconds(String csv) {
    return csv.lines().map(line -> line.substring(0, line.lastIndexOf(','))).toList();
  }

  private static JsonDocument json(Path folder, String name) throws IOException {
    return json(folder.resolve(name));
  }

  private static JsonDocument json(Path file) throws IOException {
    return JsonDocument.parse(Files.readString(file));
  }
}
