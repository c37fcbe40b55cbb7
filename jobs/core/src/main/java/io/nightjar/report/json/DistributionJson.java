package io.nightjar.report.json;

import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.report.CategoryDistribution;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scores of one category as JSON: {@code format_version}, {@code category}, {@code started},
 * what the scores depend on under {@code basis}, and under {@code scores} for each {@link
 * DriftScore} its {@code quantiles} by fraction and all {@code values}, rising.
 */
public final class DistributionJson {
  private static final int FORMAT_VERSION = 1;

  private record Document(
      int formatVersion,
      String category,
      String started,
      ScoreJson.Basis basis,
      Map<String, Scores> scores) {}

  private record Scores(Map<Double, Double> quantiles, List<Float> values) {
    static Scores of(ScoreDistribution distribution) {
      float[] scores = distribution.scores();
      return new Scores(
          distribution.quantiles(),
          IntStream.range(0, scores.length).mapToObj(i -> scores[i]).toList());
    }

    ScoreDistribution distribution() {
      float[] scores = new float[values.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = values.get(i) == null ? Float.NaN : values.get(i);
      }
      return ScoreDistribution.of(scores);
    }
  }

  private DistributionJson() {}

  /** The text that {@link #read} reads. */
  public static String write(CategoryDistribution distribution) {
    Map<String, Scores> scores = new LinkedHashMap<>();
    for (DriftScore score : DriftScore.values()) {
      scores.put(score.key(), Scores.of(distribution.scores().get(score)));
    }
    return Json.compact(
            new Document(
                FORMAT_VERSION,
                distribution.category(),
                distribution.started().toString(),
                ScoreJson.Basis.of(distribution.basis()),
                scores))
        + "\n";
  }

  /**
   * The distribution that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is not JSON, of a newer format or lacks a field,
   *     which it names
   */
  public static CategoryDistribution read(String json) {
    Document document = JsonDocument.parse(json).requireVersion(FORMAT_VERSION).as(Document.class);
    try {
      return new CategoryDistribution(
          document.category,
          Instant.parse(document.started),
          document.basis.value(),
          scores(document.scores));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its start is no time: " + e.getParsedString(), e);
    }
  }

  private static Map<DriftScore, ScoreDistribution> scores(Map<String, Scores> found) {
    Map<DriftScore, ScoreDistribution> scores = new EnumMap<>(DriftScore.class);
    for (DriftScore score : DriftScore.values()) {
      Scores values = found.get(score.key());
      if (values == null) {
        throw new IllegalArgumentException("it lacks the field \"scores." + score.key() + "\"");
      }
      scores.put(score, values.distribution());
    }
    return scores;
  }
}
