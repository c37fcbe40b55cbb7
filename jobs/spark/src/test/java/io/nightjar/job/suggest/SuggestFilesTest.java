package io.nightjar.job.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.layout.ImageList;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.result.Suggestion;
import io.nightjar.job.result.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestFilesTest {
  private static final Suggestions FOUND =
      new Suggestions(
          "file:/banks/bottle",
          3,
          "bottle",
          5,
          1.5,
          4.25,
          new Suggestions.Counts(9, 1, 2, 3, 1, 2),
          List.of(
              new Suggestion(
                  "file:/line 3/a,1.png",
                  "a,1.png",
                  "file:/scores/1",
                  "00ff",
                  4.5,
                  OptionalDouble.of(0.125),
                  3.5,
                  3.5),
              new Suggestion(
                  "file:/line 3/b.png",
                  "b.png",
                  "file:/scores/2",
                  "11ff",
                  4,
                  OptionalDouble.empty(),
                  3,
                  2.5)));

  @TempDir private Path folder;

  @Test
  void theListIsReadAsAListOfImages() throws IOException {
    SuggestFiles files = new SuggestFiles(folder.resolve("new").toString(), new Configuration());
    files.requireFree(false);
    files.write(FOUND);

    Path list = folder.resolve("new/suggest.csv");
    assertThat(Files.readString(list))
        .isEqualTo(
            "path,category,rank,image_score,p_value,novelty,remaining_novelty\r\n"
                + "\"file:/line 3/a,1.png\",bottle,1,4.5,0.125,3.5,3.5\r\n"
                + "file:/line 3/b.png,bottle,2,4.0,,3.0,2.5\r\n");
    assertThat(ImageList.paths(list.toString(), new Configuration()))
        .containsExactly("file:/line 3/a,1.png", "file:/line 3/b.png");
    assertThatThrownBy(() -> files.requireFree(false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has a suggest.csv already", "--overwrite");
    files.requireFree(true);
  }

  @Test
  void theDocumentHasAllNumbers() throws IOException {
    JsonNode json = new ObjectMapper().readTree(SuggestFiles.json(FOUND));

    assertThat(json.get("format_version").asInt()).isEqualTo(1);
    assertThat(json.get("median").asDouble()).isEqualTo(1.5);
    assertThat(json.get("images").get("beyond").asInt()).isEqualTo(3);
    assertThat(json.get("suggested")).hasSize(2);
    assertThat(json.get("suggested").get(0).get("p_value").asDouble()).isEqualTo(0.125);
    assertThat(json.get("suggested").get(1).get("p_value").isNull()).isTrue();
    assertThat(json.get("suggested").get(1).get("remaining_novelty").asDouble()).isEqualTo(2.5);
  }

  @Test
  void aBudgetThatIsNotReachedIsExplained() {
    assertThat(FOUND.sentence())
        .isEqualTo("2 images are suggested of 2 candidates. The budget is 5; there are no others.");
  }
}
