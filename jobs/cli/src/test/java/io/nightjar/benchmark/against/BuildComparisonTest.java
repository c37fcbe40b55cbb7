package io.nightjar.benchmark.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The turns of two programs that note how they were called and leave what an evaluation does. */
class BuildComparisonTest {
  private static final List<String> ARGUMENTS = List.of("--data", "line 3", "--category", "bottle");

  @TempDir Path directory;

  @Test
  void everySecondPairBeginsWithTheOtherBuild() throws IOException {
    compare(program("old", "", 2, 0.5), program("new", "--reuse URI", 1, 0.5), 2);

    assertThat(Files.readAllLines(directory.resolve("calls")))
        .extracting(call -> call.substring(0, 3))
        .containsExactly("old", "new", "old", "new", "new", "old");
  }

  @Test
  void aBuildWithAStoreTakesNothingFromIt() throws IOException {
    compare(program("old", "", 2, 0.5), program("new", "--reuse URI", 1, 0.5), 1);

    List<String> calls = Files.readAllLines(directory.resolve("calls"));
    assertThat(calls.get(0)).startsWith("old evaluate --data line 3 --category bottle --out ");
    assertThat(calls.get(1))
        .startsWith("new evaluate --data line 3 --category bottle --reuse none --out ");
  }

  @Test
  void quantitiesAndFiguresAreThoseOfTheRuns() throws IOException {
    ComparedBuilds compared = compare(program("old", "", 4, 0.5), program("new", "", 1, 0.75), 3);

    assertThat(compared.ratios())
        .containsKeys("process_seconds", "evaluation_seconds", "stage_fit_seconds")
        .doesNotContainKey("stage_new_seconds");
    PairedRatio fit = compared.ratios().get("stage_fit_seconds");
    // Two categories of four seconds each, and of one.
    assertThat(fit.other()).isEqualTo(8);
    assertThat(fit.own()).isEqualTo(2);
    assertThat(fit.ratio()).isEqualTo(0.25);
    assertThat(compared.changedFigures())
        .containsOnlyKeys("bottle pixel_auprc")
        .containsEntry("bottle pixel_auprc", "0.5 -> 0.75");
    assertThat(compared.toTable())
        .contains("stage fit seconds", "8.000", "0.250", "1 of 3 figures changed")
        .contains("bottle pixel_auprc: 0.5 -> 0.75");
  }

  @Test
  void allRunsAreKeptAndWhatTheyWroteIsNot() throws IOException {
    compare(program("old", "", 4, 0.5), program("new", "", 1, 0.5), 2);

    Path out = directory.resolve("out");
    JsonNode json = new ObjectMapper().readTree(out.resolve("against.json").toFile());
    assertThat(json.get("other_runs")).hasSize(2);
    assertThat(json.get("own_runs").get(1).get("stage_fit_seconds").asDouble()).isEqualTo(2);
    assertThat(json.at("/ratios/stage_fit_seconds/ratio").asDouble()).isEqualTo(0.25);
    assertThat(json.get("changed_figures")).isEmpty();
    assertThat(json.get("arguments")).hasSize(4);
    try (var files = Files.list(out)) {
      assertThat(files).containsExactly(out.resolve("against.json"));
    }
    // A second comparison replaces it.
    compare(program("old", "", 4, 0.5), program("new", "", 1, 0.5), 1);
    assertThat(new ObjectMapper().readTree(out.resolve("against.json").toFile()).get("own_runs"))
        .hasSize(1);
  }

  @Test
  void aBuildThatFailsIsNamedWithItsLastWords() throws IOException {
    Path failing =
        script("broken", "echo 'nightjar: --weights w.pth does not exist.' >&2", "exit 2");

    assertThatThrownBy(() -> compare(failing, program("new", "", 1, 0.5), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ended with exit code 2")
        .hasMessageEndingWith("nightjar: --weights w.pth does not exist.");
    assertThat(directory.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aFileOfTheSameNameThatIsNoComparisonIsKept() throws IOException {
    Path file = Files.createDirectories(directory.resolve("out")).resolve("against.json");
    Files.writeString(file, "{\"mine\": 1}");

    assertThatThrownBy(() -> compare(program("old", "", 1, 0.5), program("new", "", 1, 0.5), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no run of Nightjar has written (against.json)");
    assertThat(file).hasContent("{\"mine\": 1}");
  }

  @Test
  void noPairs() {
    assertThatThrownBy(() -> compare(directory, directory, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --runs is 0; it must be 1 to 1000.");
  }

  private ComparedBuilds compare(Path other, Path own, int pairs) {
    return new BuildComparison(
            new Build.Pair(
                new Build("the old build", List.of(other.toString())),
                new Build("this build", List.of(own.toString()))),
            ARGUMENTS,
            pairs,
            directory.resolve("out"),
            line -> {})
        .execute();
  }

  /** Leaves results of two categories in the folder that its last argument names. */
  private Path program(String name, String help, int fitSeconds, double auprc) throws IOException {
    return script(
        name,
        "if [ \"$1\" = help ]; then echo '" + help + "'; exit; fi",
        "echo \"" + name + " $*\" >>'" + directory.resolve("calls") + "'",
        "for out; do :; done",
        "mkdir -p \"$out\"",
        "cat >\"$out/run.json\" <<END",
        "{\"wall_seconds\": 9, \"seconds_by_stage\": {"
            + "\"bottle\": {\"fit\": "
            + fitSeconds
            + ", \""
            + name
            + "\": 1},"
            + "\"cable\": {\"fit\": "
            + fitSeconds
            + "}}}",
        "END",
        "cat >\"$out/metrics.json\" <<END",
        "{\"categories\": [{\"category\": \"bottle\", \"pixel_auprc\": "
            + auprc
            + ", \"seconds\": "
            + fitSeconds
            + ", \"by_defect\": {}}, {\"category\": \"cable\"}]}",
        "END");
  }

  private Path script(String name, String... lines) throws IOException {
    List<String> script = new ArrayList<>(List.of("#!/bin/sh"));
    script.addAll(List.of(lines));
    Path file = Files.write(directory.resolve(name), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
