package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs the cells of the notebook on comparisons in Spark's REPL, one after the other. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareNotebookTest {
  private final StringBuilder printed = new StringBuilder();
  private ScalaRepl repl;
  private String gate;
  private Path out;
  private JsonNode comparison;

  @BeforeAll
  void runNotebook(@TempDir Path directory) throws IOException {
    out = directory.resolve("out");
    Path runs = directory.resolve("runs");
    Map<String, String> parameters =
        Map.of(
            "spark.nightjar.runs", runs.toString(),
            "spark.nightjar.baseline", runs.resolve("monday").toString(),
            "spark.nightjar.out", out.toString());
    repl = new ScalaRepl("local[2]", parameters);
    Nights.evaluate(directory, runs, repl.spark());
    List<String> cells = NotebookCells.scala(Repository.file("notebooks/03-compare.scala"));
    gate = cells.get(cells.size() - 1);
    for (String cell : cells.subList(0, cells.size() - 1)) {
      printed.append(repl.run(cell));
    }
    comparison = new ObjectMapper().readTree(out.resolve("comparison/compare.json").toFile());
  }

  @AfterAll
  void stop() {
    repl.close();
  }

  private JsonNode categories() {
    return comparison.get("comparisons").get(0).get("categories");
  }

  @Test
  void verdictsAreThoseOfTheComparison() {
    assertThat(categories()).hasSize(2);
    for (JsonNode category : categories()) {
      assertThat(printed)
          .containsPattern(
              "\\|"
                  + category.get("category").asText()
                  + " *\\|"
                  + category.get("verdict").asText()
                  + " *\\|");
    }
    assertThat(printed).contains(comparison.get("sentence").asText());
  }

  @Test
  void theNewestRunIsComparedAndWhatDiffersIsNamed() {
    assertThat(comparison.get("comparisons").get(0).get("candidate").toString())
        .contains("wednesday");
    assertThat(printed).containsPattern("\\|options.variance *\\|0.95 *\\|0.1 *\\|");
  }

  @Test
  void theChartHasAnIntervalForEachDecidingFigure() throws IOException {
    String chart = Files.readString(out.resolve("differences.html"));
    List<String> drawn = new ArrayList<>();
    Matcher titles = Pattern.compile("<title>([-+][0-9.]+)</title>").matcher(chart);
    while (titles.find()) {
      drawn.add(titles.group(1));
    }
    List<String> expected = new ArrayList<>();
    for (JsonNode category : categories()) {
      for (JsonNode figure : category.get("figures")) {
        if (figure.get("decides").asBoolean() && figure.hasNonNull("interval")) {
          expected.add(String.format(Locale.ROOT, "%+.4f", figure.get("difference").asDouble()));
        }
      }
    }

    assertThat(expected).isNotEmpty();
    assertThat(drawn).containsExactlyElementsOf(expected);
    assertThat(printed).contains(expected.size() + " intervals are drawn in ");
  }

  @Test
  void theHistoryHasAllNights() {
    assertThat(printed).contains("3 runs, 3 of them read now");
    assertThat(out.resolve("history/history.html")).isNotEmptyFile();
    assertThat(printed).containsPattern("\\|bottle *\\|3 *\\|0 *\\|");
    List<Row> table = repl.spark().sql("SELECT DISTINCT run FROM nightjar_history").collectAsList();
    assertThat(table).hasSize(3);
  }

  @Test
  void theLastCellFailsWhereTheGateIsNotPassed() {
    String sentence = comparison.get("sentence").asText();

    if (comparison.get("passed").asBoolean()) {
      repl.run(gate);
    } else {
      assertThatThrownBy(() -> repl.run(gate)).hasMessageContaining(sentence);
    }
  }
}
