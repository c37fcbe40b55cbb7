package io.nightjar.report.json;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.nightjar.json.Json;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.drift.RunDrift;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code drift.json}: the limits, and each category's runs from the oldest to the newest. */
public final class DriftJson {
  private static final int FORMAT_VERSION = 1;

  private record Document(
      int formatVersion,
      boolean drifted,
      double psiLimit,
      double ksAlpha,
      List<Category> categories) {}

  private record Category(
      String category,
      boolean drifted,
      String bank,
      Reference reference,
      List<Run> runs,
      List<String> notes) {}

  /** The scores by the names of their kinds. */
  private record Reference(String source, @JsonAnyGetter Map<String, Scores> scores) {}

  private record Scores(int images, Map<Double, Double> quantiles) {}

  /** The drifts by the names of the kinds of scores. */
  private record Run(
      String run, String started, boolean drifted, @JsonAnyGetter Map<String, Drift> drifts) {}

  /** Jackson would put the field with a name of its own last. */
  @JsonPropertyOrder({"images", "median", "psi", "psi_bins", "psi_limit", "ks", "ks_p_value"})
  private record Drift(
      int images,
      double median,
      double psi,
      int psiBins,
      double psiLimit,
      double ks,
      @JsonProperty("ks_p_value") double ksProbability,
      boolean drifted) {}

  private DriftJson() {}

  public static String write(DriftReport report) {
    return Json.indented(
            new Document(
                FORMAT_VERSION,
                report.drifted(),
                report.limits().psi(),
                report.limits().alpha(),
                report.categories().stream().map(DriftJson::category).toList()))
        + "\n";
  }

  private static Category category(CategoryDrift category) {
    Map<String, Scores> scores = new LinkedHashMap<>();
    category.reference().forEach((score, found) -> scores.put(score.key(), scores(found)));
    return new Category(
        category.category(),
        category.drifted(),
        category.bank(),
        new Reference(category.referenceSource(), scores),
        category.runs().stream().map(DriftJson::run).toList(),
        category.notes());
  }

  private static Scores scores(ScoreDistribution distribution) {
    return new Scores(distribution.images(), distribution.quantiles());
  }

  private static Run run(RunDrift run) {
    Map<String, Drift> drifts = new LinkedHashMap<>();
    run.drifts().forEach((score, drift) -> drifts.put(score.key(), drift(drift)));
    return new Run(run.run(), run.started().toString(), run.drifted(), drifts);
  }

  private static Drift drift(ScoreDrift drift) {
    return new Drift(
        drift.images(),
        drift.median(),
        drift.psi().value(),
        drift.psi().bins(),
        drift.psiLimit(),
        drift.ks().statistic(),
        drift.ks().pValue(),
        drift.drifted());
  }
}
