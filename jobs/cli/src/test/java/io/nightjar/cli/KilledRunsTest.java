package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.JsonDocument;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Sparks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that is killed again and again ends, by the same command, with what it would have had. */
@Tag("slow")
class KilledRunsTest extends CommandLineFixture {
  private static final int KILLS = 4;

  @Test
  void theSameCommandGoesOnAfterEveryKill() throws Exception {
    Path out = data.resolveSibling("killed");
    Random random = new Random(12);
    int kills = 0;
    while (kills < KILLS) {
      Process process = start(out);
      // Later at each start, so that the kills meet all stages, and at no time that is known.
      if (awaitCategories(process)
          && process.waitFor(random.nextInt(1500 * (kills + 1)), TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as("it was done before").isZero();
        // What is kept would leave the next one nothing to do.
        FileUtils.deleteDirectory(out.toFile());
        continue;
      }
      process.destroyForcibly().waitFor();
      kills++;
      Ended status = run(List.of("status", out.toString(), "--wait"));
      assertThat(status.exitCode()).as(status.err()).isEqualTo(1);
      assertThat(status.out()).contains("has not said how it ended");
      assertThat(out.resolve("metrics.json")).as("nothing is half-published").doesNotExist();
    }

    Ended last = evaluate("--out", out.toString());
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(run(List.of("status", out.toString())).exitCode()).isZero();

    Path fresh = data.resolveSibling("fresh");
    Ended ended = evaluate("--out", fresh.toString(), "--reuse", "none");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(fresh.resolve(".nightjar-store")).doesNotExist();
    assertThat(figures(out)).isEqualTo(figures(fresh));
    assertThat(document(out, "run.json").child("data").text("sha256"))
        .isEqualTo(document(fresh, "run.json").child("data").text("sha256"));
    for (String category : List.of("bottle", "carpet")) {
      assertThat(out.resolve("curves/" + category + ".json"))
          .hasSameBinaryContentAs(fresh.resolve("curves/" + category + ".json"));
    }
    assertThat(maps(out)).isEqualTo(maps(fresh));
  }

  private Process start(Path out) throws IOException {
    List<String> command = JavaCommand.of(ClassPaths.whole());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", Nightjar.class.getName(), "evaluate"));
    List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
    addNetworkUnlessGiven(arguments, List.of());
    arguments.addAll(List.of("--out", out.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Whether a category began before the process ended. */
  private static boolean awaitCategories(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("hash files")) {
        return true;
      }
    }
    return false;
  }

  private static List<Map<String, Object>> figures(Path out) throws IOException {
    List<Map<String, Object>> categories = new ArrayList<>();
    for (JsonDocument category : document(out, "metrics.json").children("categories")) {
      Map<String, Object> figures = category.values();
      figures.remove("seconds");
      categories.add(figures);
    }
    assertThat(categories).hasSize(2);
    return categories;
  }

  private static List<String> maps(Path out) {
    SparkSession spark = Sparks.local(2);
    return spark
        .read()
        .parquet(out.resolve("maps").toString())
        .orderBy("category", "path")
        .toJSON()
        .collectAsList();
  }

  private static JsonDocument document(Path out, String name) throws IOException {
    return JsonDocument.parse(Files.readString(out.resolve(name)));
  }
}
