package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.GroundTruth.Defect;
import io.nightjar.dataset.SaturationAreas.Threshold;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Drawn;
import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationAreasTest {
  @TempDir private Path folder;

  @Test
  void aFractionIsRoundedDownAndAtLeastOnePixelAndPixelsAreAtMostTheArea() {
    assertThat(new Threshold("", 0.3, true).of(36)).isEqualTo(10);
    assertThat(new Threshold("", 1, true).of(36)).isEqualTo(36);
    assertThat(new Threshold("", 0.3, true).of(3)).isEqualTo(1);
    assertThat(new Threshold("", 12, false).of(36)).isEqualTo(12);
    assertThat(new Threshold("", 1000, false).of(36)).isEqualTo(36);
  }

  @Test
  void readsTheFileOfACategory() {
    SaturationAreas areas =
        parse("[" + entry("254", "0.5", "true") + ", " + entry("7", "1200", "false") + "]");

    assertThat(areas.isKnown()).isTrue();
    assertThat(areas.types())
        .isEqualTo(Map.of(254, new Threshold("x", 0.5, true), 7, new Threshold("x", 1200, false)));
    assertThat(SaturationAreas.NONE.isKnown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0.5|true|[0].pixel_value is 0; it must be a number from 1 to 255",
        "256|0.5|true|[0].pixel_value is 256",
        "\"a\"|0.5|true|[0].pixel_value is \"a\"",
        "1|0|true|[0].saturation_threshold is 0; it must be a fraction above 0, at most 1",
        "1|1.5|true|[0].saturation_threshold is 1.5",
        "1|0|false|[0].saturation_threshold is 0; it must be a whole number of pixels from 1",
        "1|2.5|false|[0].saturation_threshold is 2.5",
        "1|2|\"no\"|[0].relative_saturation is \"no\"; it must be true or false",
      })
  void refusesWhatIsNoThreshold(String value, String threshold, String relative, String sentence) {
    assertThatThrownBy(() -> parse("[" + entry(value, threshold, relative) + "]"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The saturation thresholds in there/defects_config.json cannot")
        .hasMessageContaining(sentence)
        .hasMessageContaining("Mend or remove the file");
  }

  @Test
  void refusesWhatIsNoListOfTypes() {
    String twice = "[" + entry("3", "1", "false") + ", " + entry("3", "2", "false") + "]";
    assertThatThrownBy(() -> parse(twice)).hasMessageContaining("two entries have the pixel_value");
    assertThatThrownBy(() -> parse("{}")).hasMessageContaining("not a list of types of defect");
    assertThatThrownBy(() -> parse("[")).hasMessageContaining("it is no JSON");
  }

  @Test
  void eachValueOfEachMaskIsADefect() throws Exception {
    Drawn.photo(folder, "image.png");
    Drawn.mark(folder, "first.png", 1, 2, 255);
    Drawn.mark(folder, "second.png", 5, 6, 7);
    SaturationAreas areas =
        new SaturationAreas(
            SaturationAreas.FILE,
            "",
            Map.of(255, new Threshold("", 0.5, true), 7, new Threshold("", 100, false)));

    GroundTruth truth =
        GroundTruth.of(
            image("first.png", "second.png"),
            new Dimensions(8, 8),
            MaskValues.NONZERO,
            areas,
            new Configuration());

    assertThat(truth.mask().positives()).isEqualTo(2);
    assertThat(truth.defects()).extracting(Defect::saturationArea).containsExactly(1L, 1L);
    assertThat(truth.defects().get(0).mask().get(1, 2)).isTrue();
    assertThat(truth.defects().get(0).mask().positives()).isEqualTo(1);
    assertThat(truth.defects().get(1).mask().get(5, 6)).isTrue();
    assertThat(
            GroundTruth.ofDefective(image("first.png"), MaskValues.NONZERO, new Configuration())
                .defects())
        .isEmpty();
  }

  @Test
  void aValueThatIsNotNamedIsRefusedWithItsMask() throws Exception {
    Drawn.mark(folder, "mask.png", 1, 2, 200);
    SaturationAreas areas = new SaturationAreas("", "", Map.of(255, new Threshold("", 0.5, true)));

    assertThatThrownBy(
            () ->
                GroundTruth.ofDefective(
                    image("mask.png"), MaskValues.NONZERO, areas, new Configuration()))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("mask.png cannot be used")
        .hasMessageContaining("pixels of the value 200, which defects_config.json does not name");
  }

  private static String entry(String value, String threshold, String relative) {
    return Text.format(
        "{\"defect_name\": \"x\", \"pixel_value\": %s, \"saturation_threshold\": %s,"
            + " \"relative_saturation\": %s}",
        value, threshold, relative);
  }

  private static SaturationAreas parse(String json) {
    return SaturationAreas.parse(
        json.getBytes(StandardCharsets.UTF_8), "there/defects_config.json");
  }

  private ImageRef image(String... masks) {
    List<String> uris = Arrays.stream(masks).map(mask -> folder.resolve(mask).toString()).toList();
    return new ImageRef(
        "can",
        Split.TEST,
        "logical_anomalies",
        "image.png",
        folder.resolve("image.png").toString(),
        uris,
        "",
        "");
  }
}
