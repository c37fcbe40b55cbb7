package io.nightjar.report.json;

import static io.nightjar.report.json.JsonFields.BOUNDS;
import static io.nightjar.report.json.JsonFields.estimate;
import static io.nightjar.report.json.JsonFields.field;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.report.SearchQuality;
import java.util.Map;

/** The object {@code search} of a category in {@code metrics.json}. */
public final class SearchJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AUPRC = "pixel_auprc";
  private static final String EXACT_AUPRC = "pixel_auprc_exact_search";

  private SearchJson() {}

  public static ObjectNode write(SearchQuality quality) {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode bounds = MAPPER.createObjectNode();
    node.put("method", quality.method());
    node.set("settings", MAPPER.valueToTree(quality.settings()));
    node.put("sample_images", quality.sampleImages());
    node.put("sample_seed", quality.sampleSeed());
    node.put("patches", quality.patches());
    node.put("recall_at_1", quality.recallAt1());
    node.put("mean_relative_distance_error", quality.meanRelativeError());
    JsonFields.put(node, bounds, AUPRC, quality.pixelAuprc());
    JsonFields.put(node, bounds, EXACT_AUPRC, quality.exactPixelAuprc());
    JsonFields.put(node, "pixel_auprc_change", quality.change());
    node.set(BOUNDS, bounds);
    node.put("widened_patches", quality.widened());
    node.put("exhaustive_patches", quality.exhaustive());
    return node;
  }

  /** What {@link #write} wrote. */
  public static SearchQuality read(JsonNode node) {
    Map<String, Object> settings =
        MAPPER.convertValue(field(node, "settings"), new TypeReference<>() {});
    return new SearchQuality(
        field(node, "method").asText(),
        settings,
        field(node, "sample_images").asInt(),
        field(node, "sample_seed").asLong(),
        field(node, "patches").asLong(),
        field(node, "recall_at_1").asDouble(),
        field(node, "mean_relative_distance_error").asDouble(),
        estimate(node, field(node, BOUNDS), AUPRC),
        estimate(node, field(node, BOUNDS), EXACT_AUPRC),
        field(node, "widened_patches").asLong(),
        field(node, "exhaustive_patches").asLong());
  }
}
