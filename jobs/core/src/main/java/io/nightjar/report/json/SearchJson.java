package io.nightjar.report.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightjar.json.Fields;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.Map;

/** The object {@code search} of a category in {@code metrics.json}. */
final class SearchJson {
  private static final String AUPRC = "pixel_auprc";
  private static final String EXACT_AUPRC = "pixel_auprc_exact_search";
  private static final String CHANGE = "pixel_auprc_change";

  private SearchJson() {}

  /** The object: the parts' fields, one part after another. */
  record Document(
      @JsonUnwrapped Sample sample,
      @JsonUnwrapped Fields figures,
      Map<String, List<Double>> bounds,
      @JsonUnwrapped Fallbacks fallbacks) {}

  /** How the search did on a sample; Jackson would put the field with a name of its own last. */
  @JsonPropertyOrder({
    "method",
    "settings",
    "sample_images",
    "sample_seed",
    "patches",
    "recall_at_1"
  })
  record Sample(
      String method,
      Map<String, Object> settings,
      int sampleImages,
      long sampleSeed,
      long patches,
      @JsonProperty("recall_at_1") double recall,
      double meanRelativeDistanceError) {}

  /** Patches of all test images that the settings were not enough for. */
  record Fallbacks(long widenedPatches, long exhaustivePatches) {}

  static Document document(SearchQuality quality) {
    Figures figures =
        new Figures()
            .add(AUPRC, quality.pixelAuprc())
            .add(EXACT_AUPRC, quality.exactPixelAuprc())
            .add(CHANGE, quality.change());
    return new Document(
        new Sample(
            quality.method(),
            quality.settings(),
            quality.sampleImages(),
            quality.sampleSeed(),
            quality.patches(),
            quality.recallAt1(),
            quality.meanRelativeError()),
        new Fields(figures.fields()),
        figures.bounds(),
        new Fallbacks(quality.widened(), quality.exhaustive()));
  }

  /** What {@link #document} describes. */
  static SearchQuality read(JsonDocument object) {
    Sample sample = object.as(Sample.class);
    Fallbacks fallbacks = object.as(Fallbacks.class);
    return new SearchQuality(
        sample.method,
        sample.settings,
        sample.sampleImages,
        sample.sampleSeed,
        sample.patches,
        sample.recall,
        sample.meanRelativeDistanceError,
        Figures.read(object, AUPRC),
        Figures.read(object, EXACT_AUPRC),
        fallbacks.widenedPatches,
        fallbacks.exhaustivePatches);
  }
}
