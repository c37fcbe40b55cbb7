package io.nightjar.report.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.drift.RunDrift;

/** {@code drift.json}: the limits, and each category's runs from the oldest to the newest. */
public final class DriftJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DriftJson() {}

  public static String write(DriftReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("drifted", report.drifted());
    root.put("psi_limit", report.limits().psi());
    root.put("ks_alpha", report.limits().alpha());
    ArrayNode categories = root.putArray("categories");
    report.categories().forEach(category -> categories.add(category(category)));
    return JsonReport.text(root);
  }

  private static ObjectNode category(CategoryDrift category) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("category", category.category());
    node.put("drifted", category.drifted());
    node.put("bank", category.bank());
    ObjectNode reference = node.putObject("reference");
    reference.put("source", category.referenceSource());
    category
        .reference()
        .forEach(
            (score, scores) -> {
              ObjectNode kind = reference.putObject(score.key());
              kind.put("images", scores.images());
              kind.set("quantiles", ScoreJson.quantiles(scores));
            });
    ArrayNode runs = node.putArray("runs");
    category.runs().forEach(run -> runs.add(run(run)));
    ArrayNode notes = node.putArray("notes");
    category.notes().forEach(notes::add);
    return node;
  }

  private static ObjectNode run(RunDrift run) {
    ObjectNode node =
        MAPPER
            .createObjectNode()
            .put("run", run.run())
            .put("started", run.started().toString())
            .put("drifted", run.drifted());
    run.drifts().forEach((score, drift) -> node.set(score.key(), drift(drift)));
    return node;
  }

  private static ObjectNode drift(ScoreDrift drift) {
    return MAPPER
        .createObjectNode()
        .put("images", drift.images())
        .put("median", drift.median())
        .put("psi", drift.psi().value())
        .put("psi_bins", drift.psi().bins())
        .put("psi_limit", drift.psiLimit())
        .put("ks", drift.ks().statistic())
        .put("ks_p_value", drift.ks().pValue())
        .put("drifted", drift.drifted());
  }
}
