package io.nightjar.job.decision;

import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.decision.DecisionQuality;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.PixelQuality;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.score.ImageScores;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Compares the decisions on the images of an evaluation with their labels. */
public final class MeasuredDecisions {
  private MeasuredDecisions() {}

  /**
   * A report with what decisions by the banks' own images did, as figures and in a note of each
   * category.
   *
   * @param outcomes of the categories of the report
   */
  public static EvaluationReport addTo(
      EvaluationReport report,
      List<CategoryOutcome> outcomes,
      Calibrations calibrations,
      DecisionRates rates) {
    Map<String, float[]> scores = new LinkedHashMap<>();
    outcomes.forEach(
        outcome -> scores.put(outcome.result().category(), scores(outcome, calibrations)));
    Map<String, CategoryDecision> decisions = calibrations.decide(scores);
    Map<String, DecisionQuality> qualities = new LinkedHashMap<>();
    for (CategoryOutcome outcome : outcomes) {
      String category = outcome.result().category();
      qualities.put(category, quality(outcome, decisions.get(category), rates));
    }
    return new EvaluationReport(
        report.run(),
        report.categories().stream()
            .map(category -> with(category, qualities.get(category.category())))
            .toList(),
        report.failed(),
        report.inputs());
  }

  private static float[] scores(CategoryOutcome outcome, Calibrations calibrations) {
    float[] scores = new float[outcome.images().size()];
    for (int i = 0; i < scores.length; i++) {
      ScoredImage image = outcome.images().get(i);
      ImageScores all = image.scores();
      scores[i] = calibrations.score(new ImageScores(image.high(), all.top3(), all.top1Percent()));
    }
    return scores;
  }

  private static DecisionQuality quality(
      CategoryOutcome outcome, CategoryDecision decision, DecisionRates rates) {
    boolean[] defective = new boolean[outcome.images().size()];
    for (int i = 0; i < defective.length; i++) {
      defective[i] = outcome.images().get(i).ref().isDefective();
    }
    return DecisionQuality.of(
        decision, defective, rates, pixels(outcome.sample(), decision, rates));
  }

  private static Optional<PixelQuality> pixels(
      Optional<CategorySample> sample, CategoryDecision decision, DecisionRates rates) {
    OptionalDouble wished = rates.falsePositivePixels();
    return wished.isPresent()
        ? sample.map(
            images ->
                PixelQuality.of(
                    images, wished.getAsDouble(), decision.pixelThreshold().getAsDouble()))
        : Optional.empty();
  }

  private static CategoryResult with(CategoryResult category, DecisionQuality quality) {
    List<String> notes = new ArrayList<>(category.notes());
    notes.add(
        Text.format(
            "At a false alarm rate of %s, by the scores of %s of the bank, %d of %s and %d of %s are"
                + " called anomalous.",
            quality.falseAlarmRate(),
            Text.counted(quality.calibrationImages(), "image", "images"),
            quality.falseAlarms(),
            Text.counted(quality.good(), "good image", "good images"),
            quality.detected(),
            Text.counted(quality.defective(), "defective image", "defective images")));
    return category.withNotes(notes).with(quality);
  }
}
