package io.nightjar.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.SearchQuality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchJsonTest {
  private static SearchQuality quality(Estimate auprc, Estimate exact) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lists", "auto");
    settings.put("probes", 4);
    return new SearchQuality("ivf", settings, 8, 1, 6272, 0.98371, 0.00045, auprc, exact, 5, 3);
  }

  static Stream<SearchQuality> qualities() {
    Estimate none = new Estimate.Undefined("no defective pixels");
    return Stream.of(
        quality(new Estimate.Known(0.7, 0.699999, 0.700001), new Estimate.Known(0.8, 0.8, 0.8)),
        quality(none, none));
  }

  @ParameterizedTest
  @MethodSource("qualities")
  void readsBackWhatItWrote(SearchQuality quality) {
    String json = Json.compact(SearchJson.document(quality));

    assertThat(SearchJson.read(JsonDocument.parse(json))).isEqualTo(quality);
  }
}
