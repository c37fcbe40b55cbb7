package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluates ensembles from files to files. */
@Tag("slow")
class EnsembleCommandTest extends CommandLineFixture {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Path members(String settings) throws IOException {
    return Files.writeString(work.resolve("members.conf"), "nightjar {\n" + settings + "\n}\n");
  }

  private static JsonNode json(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  @Test
  void theMeanOfSeveralConfigurationsIsAMethodOfItsOwn() throws IOException {
    Path file = members("smoothing = [0, 4]\nconfigurations { half { coreset = 0.5 } }");
    Path out = work.resolve("ensemble");
    String[] line = {
      "--ensemble", file.toString(), "--category", "bottle", "--out", out.toString()
    };

    Ended ended = evaluate(line);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("bottle (smoothing-4)", "part 2 of 4: smoothing-4", "part 4 of 4: the mean")
        .doesNotContain("changed since the store's last run", "categories done");
    List<String> names = List.of("smoothing-0", "smoothing-4", "half");
    JsonNode run = json(out.resolve("run.json"));
    assertThat(run.get("ensemble").get("members").fieldNames()).toIterable().isEqualTo(names);
    assertThat(run.get("scales").get("bottle").fieldNames()).toIterable().isEqualTo(names);
    assertThat(run.get("scales").get("bottle").get("half").get("images").asInt()).isEqualTo(9);
    JsonNode averaged = json(out.resolve("metrics.json")).get("averaged");
    assertThat(averaged.get("scale_quantile").asDouble()).isEqualTo(0.99);
    assertThat(averaged.get("scales")).isEqualTo(run.get("scales"));
    // One bank, of which the store has the other's distances as well.
    assertThat(averaged.get("scales").get("bottle").get("smoothing-0"))
        .isEqualTo(averaged.get("scales").get("bottle").get("smoothing-4"));
    for (String name : names) {
      JsonNode member = json(out.resolve("members").resolve(name).resolve("metrics.json"));
      assertThat(member.get("categories").get(0).get("pixel_auprc").isNumber()).isTrue();
    }
    assertThat(Files.readString(out.resolve("report.html"))).contains("smoothing-0, smoothing-4");

    // The same again has nothing to do, and another ensemble replaces nothing unasked.
    Ended again = evaluate(line);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("already holds the results of this run");
    members("smoothing = [0, 3]");
    assertRefused(evaluate(line), "already holds the results of a run");
    // A baseline is compared as that of any evaluation.
    Ended compared =
        run(List.of("compare", out.resolve("members/smoothing-0").toString(), out.toString()));
    assertThat(compared.exitCode()).as(compared.err()).isZero();
    // Its history has one run a night, and not one more for each member.
    Path history = work.resolve("history");
    Ended shown = run(List.of("history", "--runs", out.toString(), "--out", history.toString()));
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("1 run").doesNotContain("smoothing-");
  }

  @Test
  void whatCannotBeAveragedIsRefused() throws IOException {
    Path file = members("smoothing = [0, 4]");
    assertRefused(
        evaluate("--ensemble", file.toString(), "--smoothing", "2"),
        "--smoothing is given on the command line");
    assertRefused(
        evaluate("--ensemble", file.toString(), "--scope", "unified"),
        "Member smoothing-0",
        "leave --scope unified out");
    assertRefused(evaluate("--ensemble", members("smoothing = 4").toString()), "there is none");
    assertRefused(
        evaluate("--ensemble", members("variance = [0.9, 7]").toString()),
        "Configuration variance-7",
        "variance");
    assertRefused(evaluate("--ensemble", work.resolve("absent").toString()), "no such file");
  }
}
