package io.nightjar.report;

import static io.nightjar.report.JsonFields.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The scores of one category as JSON: {@code format_version}, {@code category}, {@code started},
 * what the scores depend on under {@code basis}, what a score is under {@code score}, {@code
 * quantiles} by share, and all {@code scores}, rising.
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
    root.put("score", "the largest distance of a patch of the image");
    root.set("quantiles", ScoreJson.quantiles(distribution.scores()));
    ArrayNode scores = root.putArray("scores");
    for (float score : distribution.scores().scores()) {
      scores.add(score);
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
            "its format_version is %d, and %d is known".formatted(version, FORMAT_VERSION));
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
          ScoreDistribution.of(scores(field(root, "scores"))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its start is no time: " + e.getParsedString(), e);
    }
  }

  private static float[] scores(JsonNode array) {
    float[] scores = new float[array.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) array.get(i).asDouble(Double.NaN);
    }
    return scores;
  }
}
