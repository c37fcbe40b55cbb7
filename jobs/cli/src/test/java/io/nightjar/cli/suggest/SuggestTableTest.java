package io.nightjar.cli.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.result.Suggestion;
import io.nightjar.job.result.Suggestions;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SuggestTableTest {

  @Test
  void everyImageHasALine() {
    Suggestions found =
        found(
            List.of(
                new Suggestion(
                    "file:/a.png", "a.png", "run", "00", 4.5, OptionalDouble.of(0.125), 3.5, 3),
                new Suggestion(
                    "file:/b.png", "b.png", "run", "11", 4, OptionalDouble.empty(), 3, 2.5)));

    assertThat(SuggestTable.render(found))
        .isEqualToNormalizingNewlines(
            "rank      score  p-value    novelty       left  image\n"
                + "   1      4.500    0.125      3.500      3.000  a.png\n"
                + "   2      4.000               3.000      2.500  b.png\n");
    assertThat(SuggestTable.counts(found))
        .isEqualTo(
            "Of 9 scored images, 2 are like the bank's own (novelty at most 1.500), 3 beyond the"
                + " guard's limit (4.250), 1 known already, 1 gone or changed.");
  }

  @Test
  void nothingSuggestedIsNoTable() {
    assertThat(SuggestTable.render(found(List.of()))).isEmpty();
  }

  private static Suggestions found(List<Suggestion> images) {
    return new Suggestions(
        "file:/banks/bottle",
        3,
        "bottle",
        5,
        1.5,
        4.25,
        new Suggestions.Counts(9, 1, 2, 3, 1, 2),
        images);
  }
}
