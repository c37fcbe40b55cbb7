package io.nightjar.report;

import io.nightjar.metric.decision.DecisionQuality;
import io.nightjar.metric.decision.PixelQuality;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up reports for the tests. */
public final class SampleReports {
  private SampleReports() {}

  public static CategoryResult category(String name, double auprc, QuarantinedFile... quarantined) {
    return category(name, SampleMetrics.of(auprc), List.of(quarantined), List.of());
  }

  public static CategoryResult category(
      String name, CategoryMetrics metrics, List<QuarantinedFile> quarantined, List<String> notes) {
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("embed train", 12.25);
    stages.put("fit", 3.5);
    stages.put("score", 9.125);
    return new CategoryResult(
        name, 209, 83, quarantined, 167, 163_856, metrics, "original", 24.875, stages, notes);
  }

  public static RunInfo run(String... warnings) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("options", Map.of("backbone", "resnet50_v1", "k", 1));
    details.put("categories", List.of("bottle", "cable"));
    details.put("git_commit", null);
    details.put(RunInfo.WALL_SECONDS, 61.5);
    return new RunInfo("Evaluation of MVTec AD", List.of(warnings), details);
  }

  public static EvaluationReport report(CategoryResult... categories) {
    return new EvaluationReport(run(), List.of(categories), List.of());
  }

  /** Of a data set that states saturation areas, groups and items. */
  public static EvaluationReport withGroups() {
    return report(
        category("can", SampleMetrics.ofGroups(0.75), List.of(), List.of()).with(decisions()),
        category("vial", SampleMetrics.ofGroups(0.5), List.of(), List.of()));
  }

  private static DecisionQuality decisions() {
    return new DecisionQuality(
        ImageScoreKind.TOP1_PERCENT,
        209,
        0.01,
        4.25f,
        20,
        1,
        0,
        0,
        Optional.of(new DecisionQuality.SelectionQuality(0.1, 3, 1)),
        Optional.of(
            new PixelQuality(
                0.02,
                3.875,
                SampleMetrics.within(0.015625, 1e-6),
                SampleMetrics.known(0.75),
                new Estimate.Undefined("no pixel lies inside of a defect"),
                SampleMetrics.known(0.875))));
  }

  public static List<QuarantinedFile> quarantined(int count) {
    List<QuarantinedFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(new QuarantinedFile(Text.format("test/crack/00%d.png", i), "is truncated"));
    }
    return files;
  }
}
