package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.Drawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ground truth of an image with several masks. */
class GroundTruthTest {
  @TempDir private Path folder;

  @BeforeEach
  void draw() throws IOException {
    Drawn.photo(folder, "image.png");
    Drawn.mark(folder, "first.png", 1, 2, 255);
    Drawn.mark(folder, "second.png", 5, 6, 128);
    Drawn.black(folder, "black.png");
  }

  @Test
  void isTheUnionOfAllMasks() throws Exception {
    GroundTruth truth =
        GroundTruth.of(
            image("first.png", "second.png", "black.png"),
            new Dimensions(8, 8),
            MaskValues.ABOVE_127,
            new Configuration());

    assertThat(truth.mask().positives()).isEqualTo(2);
    assertThat(truth.mask().get(1, 2)).isTrue();
    assertThat(truth.mask().get(5, 6)).isTrue();
    long bytes = 0;
    for (String name : List.of("first.png", "second.png", "black.png")) {
      bytes += Files.size(folder.resolve(name));
    }
    assertThat(truth.encoded().orElseThrow()).hasSize((int) bytes);
  }

  @Test
  void eachMaskIsInspected() throws IOException {
    Configuration conf = new Configuration();
    assertThat(Inspection.reasonToQuarantine(image("first.png", "second.png"), conf)).isEmpty();
    assertThat(Inspection.reasonToQuarantine(image("first.png", "gone.png"), conf).orElseThrow())
        .contains("gone.png cannot be used");
  }

  @Test
  void masksThatMarkNothingTogetherAreRefused() {
    assertThatThrownBy(
            () ->
                GroundTruth.ofDefective(
                    image("black.png"), MaskValues.ABOVE_127, new Configuration()))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void aMissingMaskIsNamedAsItsLayoutHasIt() {
    ImageRef visa =
        new ImageRef(
            "candle",
            Split.TEST,
            "anomaly",
            "Data/Images/Anomaly/000.JPG",
            folder.resolve("image.png").toString(),
            List.of(),
            ImageRef.EXPECTED + "Data/Masks/Anomaly/000.png",
            "");

    assertThat(Inspection.absentMask(visa)).isEqualTo("expected Data/Masks/Anomaly/000.png");
  }

  private ImageRef image(String... masks) {
    return new ImageRef(
        "nut",
        Split.TEST,
        "bent",
        "test/bent/image.png",
        folder.resolve("image.png").toString(),
        Stream.of(masks).map(mask -> folder.resolve(mask).toString()).toList(),
        "",
        "");
  }
}
