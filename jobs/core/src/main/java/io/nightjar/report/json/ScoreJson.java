package io.nightjar.report.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.RunInfo;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoringReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code score.json} and {@code run.json} of a run over images that nothing is known of. */
public final class ScoreJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScoreJson() {}

  /** The categories with their images' numbers and quantiles, what failed, what was left out. */
  public static String scores(ScoringReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("started", report.started().toString());
    ArrayNode categories = root.putArray("categories");
    report.categories().forEach(category -> categories.add(category(category)));
    ArrayNode failed = root.putArray("failed");
    ArrayNode files = root.putArray("quarantined_files");
    for (FailedCategory category : report.failed()) {
      failed.addObject().put("category", category.category()).put("reason", category.reason());
      quarantined(files, category.category(), category.quarantined());
    }
    for (CategoryScores category : report.categories()) {
      quarantined(files, category.category(), category.quarantined());
    }
    return JsonReport.text(root);
  }

  private static ObjectNode category(CategoryScores category) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("category", category.category());
    node.put("images", category.images().size());
    node.put("quarantined", category.quarantined().size());
    node.set("basis", basis(category.basis()));
    node.set("image_score_quantiles", quantiles(category.imageScores()));
    node.put("seconds", category.seconds());
    return node;
  }

  private static void quarantined(ArrayNode into, String category, List<QuarantinedFile> files) {
    files.forEach(
        file ->
            into.addObject()
                .put("category", category)
                .put("path", file.path())
                .put("reason", file.reason()));
  }

  static ObjectNode basis(ScoreBasis basis) {
    return MAPPER
        .createObjectNode()
        .put("bank", basis.bank())
        .put("version", basis.version())
        .put("manifest_sha256", basis.bankSha256())
        .put("neighbours", basis.neighbours());
  }

  static ObjectNode quantiles(ScoreDistribution scores) {
    ObjectNode node = MAPPER.createObjectNode();
    scores.quantiles().forEach((share, value) -> node.put(share.toString(), value));
    return node;
  }

  /** What makes the run reproducible, and each category's seconds by stage. */
  public static String run(ScoringReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(RunInfo.TITLE, report.run().title());
    root.putAll(report.run().details());
    Map<String, Object> seconds = new LinkedHashMap<>();
    report.categories().forEach(c -> seconds.put(c.category(), c.stageSeconds()));
    root.put(RunInfo.SECONDS_BY_STAGE, seconds);
    return JsonReport.text(root);
  }
}
