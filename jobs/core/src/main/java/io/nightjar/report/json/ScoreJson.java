package io.nightjar.report.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightjar.json.Fields;
import io.nightjar.json.Json;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.RunInfo;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.detection.RegionSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code score.json} and {@code run.json} of a run over unlabelled images. */
public final class ScoreJson {
  private static final int FORMAT_VERSION = 1;

  private record Document(
      int formatVersion,
      String started,
      List<Category> categories,
      @JsonInclude(JsonInclude.Include.NON_NULL) InputsJson inputs,
      List<JsonReport.Failed> failed,
      List<JsonReport.Quarantined> quarantinedFiles) {}

  private record Category(
      String category,
      int images,
      int quarantined,
      Basis basis,
      Map<Double, Double> imageScoreQuantiles,
      double seconds,
      @JsonInclude(JsonInclude.Include.NON_NULL) Decision decision,
      @JsonInclude(JsonInclude.Include.NON_NULL) Regions regions) {}

  /** The regions of a category's images. */
  private record Regions(double pixelThreshold, int images, int regions) {
    static Regions of(RegionSummary summary) {
      return new Regions(summary.threshold(), summary.images(), summary.regions());
    }
  }

  /** What was decided on the images of a category. */
  private record Decision(
      String imageScore,
      int calibrationImages,
      double smallestRate,
      double imageScoreLimit,
      int anomalous,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer selected,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double pixelThreshold) {

    static Decision of(CategoryDecision decision) {
      return new Decision(
          decision.kind().id(),
          decision.calibrationImages(),
          decision.smallestRate(),
          decision.limit(),
          decision.anomalous(),
          decision.selected().orElse(null),
          decision.pixelThreshold().isPresent()
              ? (Double) decision.pixelThreshold().getAsDouble()
              : null);
    }
  }

  /** What scores depend on. */
  record Basis(String bank, int version, String manifestSha256, int neighbours) {
    static Basis of(ScoreBasis basis) {
      return new Basis(basis.bank(), basis.version(), basis.bankSha256(), basis.neighbours());
    }

    ScoreBasis value() {
      return new ScoreBasis(bank, version, manifestSha256, neighbours);
    }
  }

  private record Run(
      int formatVersion,
      String title,
      @JsonUnwrapped Fields details,
      Map<String, Map<String, Double>> secondsByStage,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> notes,
      List<String> files) {}

  private ScoreJson() {}

  /** The categories with their images' numbers and quantiles, what failed, what was left out. */
  public static String scores(ScoringReport report) {
    return Json.indented(
            new Document(
                FORMAT_VERSION,
                report.started().toString(),
                report.categories().stream()
                    .map(category -> category(category, report.regions()))
                    .toList(),
                InputsJson.of(report.inputs()),
                report.failed().stream().map(JsonReport.Failed::of).toList(),
                Stream.concat(
                        report.failed().stream()
                            .flatMap(c -> JsonReport.quarantined(c.category(), c.quarantined())),
                        report.categories().stream()
                            .flatMap(c -> JsonReport.quarantined(c.category(), c.quarantined())))
                    .toList()))
        + "\n";
  }

  private static Category category(CategoryScores category, Map<String, RegionSummary> regions) {
    return new Category(
        category.category(),
        category.images().size(),
        category.quarantined().size(),
        Basis.of(category.basis()),
        category.imageScores().quantiles(),
        category.seconds(),
        category.decision().map(Decision::of).orElse(null),
        Optional.ofNullable(regions.get(category.category())).map(Regions::of).orElse(null));
  }

  /**
   * What makes the run reproducible, each category's seconds by stage, and its notes where it has
   * any.
   *
   * @param files all files of the run, by their paths within its folder
   */
  public static String run(ScoringReport report, List<String> files) {
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    report.categories().forEach(c -> seconds.put(c.category(), c.stageSeconds()));
    Map<String, List<String>> notes = new LinkedHashMap<>();
    report.categories().stream()
        .filter(category -> !category.notes().isEmpty())
        .forEach(category -> notes.put(category.category(), category.notes()));
    RunInfo run = report.run();
    return Json.indented(
            new Run(FORMAT_VERSION, run.title(), new Fields(run.details()), seconds, notes, files))
        + "\n";
  }
}
