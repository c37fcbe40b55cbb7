package io.nightjar.report.json;

import static io.nightjar.report.SampleReports.category;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.report.SampleMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesJsonTest {
  private final CategoryMetrics metrics = SampleMetrics.of(0.75);
  private final JsonNode json = parse(JsonReport.curves(category("bottle", 0.75)));

  @Test
  void writesACoordinateOfEveryPointIntoEachArray() {
    List<CurvePoint> points = metrics.curves().points();

    assertThat(json.get("category").asText()).isEqualTo("bottle");
    for (String name : List.of("threshold", "recall", "precision", "fpr", "pro")) {
      assertThat(json.get(name)).as(name).hasSameSizeAs(points);
    }
    assertThat(json.get("recall").get(40).asDouble()).isEqualTo(points.get(40).recall());
    assertThat(json.get("fpr").get(40).asDouble()).isEqualTo(points.get(40).fpr());
  }

  @Test
  void writesNullForWhatJsonHasNoNumberFor() {
    assertThat(json.get("threshold").get(0).isNull()).isTrue();
    assertThat(json.get("pro").get(0).isNull()).isTrue();
  }

  @Test
  void writesTheAupimoOfEachImage() {
    JsonNode images = json.get("aupimo_by_image");

    assertThat(images.fieldNames())
        .toIterable()
        .containsExactly("test/crack/000.png", "test/crack/001.png");
    assertThat(images.get("test/crack/000.png").asDouble()).isEqualTo(0.5);
    assertThat(images.get("test/crack/001.png").isNull()).isTrue();
    assertThat(json.get("aupimo_by_image_reasons").get("test/crack/001.png").asText())
        .isEqualTo("its mask is empty");
  }

  @Test
  void readsBackWhatItWrote() {
    CurvesJson.Content content = CurvesJson.read(JsonReport.curves(category("bottle", 0.75)));

    assertThat(content.curves()).isEqualTo(metrics.curves());
    assertThat(content.aupimoByImage()).isEqualTo(metrics.aupimoByImage());
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
