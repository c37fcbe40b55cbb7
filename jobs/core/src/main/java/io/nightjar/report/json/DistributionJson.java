package io.nightjar.report.json;

import static io.nightjar.report.json.JsonFields.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.report.CategoryDistribution;
import io.nightjar.report.ScoreBasis;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The scores of one category as JSON: {@code format_version}, {@code category}, {@code started},
 * what the scores depend on under {@code basis}, and under {@code scores} for each {@link
 * DriftScore} its {@code quantiles} by share and all {@code values}, rising.
 */
public final class DistributionJson {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DistributionJson() {}

  /** The text that {@link #read} reads. */
  public static String write(CategoryDistribution distribution) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format_version", FORMAT_VERSION);
    root.put("category", distribution.category());
    root.put("started", distribution.started().toString());
    root.set("basis", ScoreJson.basis(distribution.basis()));
    ObjectNode scores = root.putObject("scores");
    for (DriftScore score : DriftScore.values()) {
      ScoreDistribution found = distribution.scores().get(score);
      ObjectNode node = scores.putObject(score.key());
      node.set("quantiles", ScoreJson.quantiles(found));
      ArrayNode values = node.putArray("values");
      for (float value : found.scores()) {
        values.add(value);
      }
    }
    return root + "\n";
  }

  /**
   * The distribution that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is not JSON, of another format or lacks a field,
   *     which it names
   */
  public static CategoryDistribution read(String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      int version = field(root, "format_version").asInt();
      if (version != FORMAT_VERSION) {
        throw new IllegalArgumentException(
            Text.format("its format_version is %d, and %d is known", version, FORMAT_VERSION));
      }
      JsonNode basis = field(root, "basis");
      return new CategoryDistribution(
          field(root, "category").asText(),
          Instant.parse(field(root, "started").asText()),
          new ScoreBasis(
              field(basis, "bank").asText(),
              field(basis, "version").asInt(),
              field(basis, "manifest_sha256").asText(),
              field(basis, "neighbours").asInt()),
          scores(field(root, "scores")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its start is no time: " + e.getParsedString(), e);
    }
  }

  private static Map<DriftScore, ScoreDistribution> scores(JsonNode node) {
    Map<DriftScore, ScoreDistribution> scores = new EnumMap<>(DriftScore.class);
    for (DriftScore score : DriftScore.values()) {
      JsonNode array = field(field(node, score.key()), "values");
      float[] values = new float[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) array.get(i).asDouble(Double.NaN);
      }
      scores.put(score, ScoreDistribution.of(values));
    }
    return scores;
  }
}
