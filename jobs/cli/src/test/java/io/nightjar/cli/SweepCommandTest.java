package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sweeps from files to files. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepCommandTest extends CommandLineFixture {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Path out;
  private Ended first;

  @BeforeAll
  void sweepOnce() throws IOException {
    out = work.resolve("swept");
    first = sweep(out, grid());
  }

  private Path grid() throws IOException {
    return config(
        "grid",
        """
        smoothing = [0, 4]
        neighbours = [1, 3]
        configurations {
          half { coreset = 0.5, coreset-method = random, smoothing = 2 }
          broken { neighbours = 1000000 }
        }
        """);
  }

  private Path config(String name, String settings) throws IOException {
    return Files.writeString(
        work.resolve(name + ".conf"),
        "nightjar {\nbackbone = resnet18\nimage-size = 64\ngrid = 8\n" + settings + "\n}\n");
  }

  private Ended sweep(Path folder, Path config, String... arguments) {
    List<String> line = new ArrayList<>(List.of("sweep", "--master", "local[2]"));
    line.addAll(List.of("--config", config.toString(), "--out", folder.toString()));
    addUnlessGiven(line, List.of(arguments), "--data", data.toString());
    line.addAll(List.of("--weights", weights.toString(), "--repetitions", "20"));
    line.addAll(List.of("--resamples", "200"));
    line.addAll(List.of(arguments));
    return run(line);
  }

  private JsonNode json(Path folder) throws IOException {
    return MAPPER.readTree(folder.resolve("sweep.json").toFile());
  }

  @Test
  void everyConfigurationIsAnEvaluationAsEvaluateMakesIt() throws IOException {
    assertThat(first.exitCode()).as(first.err()).isEqualTo(3);
    JsonNode configurations = json(out).get("configurations");
    assertThat(configurations.findValuesAsText("configuration"))
        .containsExactly(
            "plain",
            "smoothing-0_neighbours-3",
            "smoothing-4_neighbours-1",
            "smoothing-4_neighbours-3",
            "half");
    Path alone = work.resolve("alone");
    for (JsonNode configuration : configurations) {
      JsonNode settings = configuration.get("settings");
      List<String> line =
          new ArrayList<>(
              List.of(
                  "--smoothing",
                  settings.get("smoothing").asText(),
                  "--neighbours",
                  settings.get("neighbours").asText(),
                  "--out",
                  alone.toString(),
                  "--overwrite",
                  "--visualizations",
                  "0",
                  "--reuse",
                  "none"));
      if (configuration.get("configuration").asText().equals("half")) {
        line.addAll(List.of("--coreset", "0.5", "--coreset-method", "random"));
      }
      assertThat(evaluate(line.toArray(String[]::new)).exitCode()).isZero();
      JsonNode expected = MAPPER.readTree(alone.resolve("metrics.json").toFile());
      double sum = 0;
      for (JsonNode category : expected.get("categories")) {
        double value = category.get("pixel_auprc").asDouble();
        assertThat(
                configuration.get("categories").get(category.get("category").asText()).asDouble())
            .isEqualTo(value);
        sum += value;
      }
      assertThat(configuration.get("value").asDouble()).isCloseTo(sum / 2, within(1e-15));
    }
  }

  @Test
  void aConfigurationThatFailsIsReportedAndTheOthersGoOn() throws IOException {
    JsonNode failed = json(out).get("failed");

    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).get("configuration").asText()).isEqualTo("broken");
    assertThat(failed.get(0).get("reason").asText()).contains("k = 1000000");
    assertThat(first.out())
        .contains("broken FAILED: ", "Honest figure of the choice: ", "Optimism: ");
    assertThat(first.out().lines().toList())
        .last()
        .asString()
        .startsWith("Of 5 configurations, ")
        .contains(" 1 failed: broken: ");
  }

  @Test
  void theSameCommandTakesWhatIsFinished() throws IOException {
    Path again = work.resolve("again");
    Path config = config("two", "smoothing = [0, 4]");
    assertThat(sweep(again, config, "--category", "bottle").exitCode()).isZero();
    String table = Files.readString(again.resolve("sweep.csv"));
    Files.delete(again.resolve("sweep.csv"));

    Ended second = sweep(again, config, "--category", "bottle");

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err())
        .contains("plain is taken: it was evaluated before.", "smoothing-4 is taken");
    assertThat(again.resolve("sweep.csv")).hasContent(table);

    // One more is computed, and what it has in common with the others is not.
    Ended third = sweep(again, config("three", "smoothing = [0, 4, 2]"), "--category", "bottle");

    assertThat(third.exitCode()).as(third.err()).isZero();
    assertThat(third.err()).contains("smoothing-4 is taken").doesNotContain("smoothing-2 is taken");
    assertThat(Files.readString(again.resolve("configurations/smoothing-2/run.json")))
        .contains("\"images_computed\" : 0");
    assertThat(json(again).get("configurations")).hasSize(3);
  }

  @Test
  void theConfigurationsShareEmbeddingsBanksAndDistances() throws IOException {
    for (String name : List.of("smoothing-0_neighbours-3", "smoothing-4_neighbours-1")) {
      assertThat(Files.readString(out.resolve("configurations/" + name + "/run.json")))
          .as(name)
          .contains("\"images_computed\" : 0");
    }
    assertThat(Files.readString(out.resolve("configurations/half/run.json")))
        .doesNotContain("\"embeddings_taken\" : 0");
    assertThat(out.resolve("configurations/plain/status.json"))
        .content()
        .contains("\"command\" : \"evaluate\"", "\"exit_code\" : 0");
  }

  @Test
  void anOptionThatCannotBeUsedIsRefusedBeforeAnyWork() throws IOException {
    Path never = work.resolve("never");

    assertRefused(
        sweep(never, config("bad", "smoothing = [0, -1]")), "Configuration smoothing--1: ");
    assertRefused(
        sweep(never, config("seed", "configurations { a { coreset-seed = 5 } }")),
        "Configuration a: The option --coreset-seed is about a coreset");
    assertRefused(sweep(never, config("one", "smoothing = 4")), "There is nothing to choose from");
    assertRefused(
        sweep(never, grid(), "--figure", "pixel_auprx"), "\"pixel_auprx\", which is no figure");
    assertThat(never).doesNotExist();
  }

  @Test
  void aDataSetThatIsNotThereIsRefused() throws IOException {
    Ended ended =
        sweep(
            work.resolve("nothing"),
            config("none", "smoothing = [0, 4]"),
            "--data",
            work.resolve("no-data").toString());

    assertEveryOneIsRefused(ended, "There is no directory " + work.resolve("no-data"));
  }

  private static void assertEveryOneIsRefused(Ended ended, String reason) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err().lines().toList())
        .last()
        .asString()
        .startsWith("nightjar: ")
        .contains(reason);
  }

  @Test
  void resultsOfAnotherDataSetAreKept() throws IOException {
    Path kept = work.resolve("kept");
    Path config = config("kept", "smoothing = [0, 4]");
    assertThat(sweep(kept, config, "--category", "bottle").exitCode()).isZero();

    assertEveryOneIsRefused(
        sweep(kept, config),
        "configurations/plain already holds the results of a run; name a new folder, or add"
            + " --overwrite.");
    assertThat(sweep(kept, config, "--overwrite").exitCode()).isZero();
  }

  @Test
  void listsAreForSweepsAlone() throws IOException {
    Ended ended =
        evaluate("--config", grid().toString(), "--out", work.resolve("listed").toString());

    assertRefused(ended, "nightjar.smoothing is a list, which only sweep takes");
  }
}
