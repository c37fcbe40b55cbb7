package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far a figure may fall, whatever the tests say.
 *
 * @param figure which
 * @param limit the largest loss that passes, at least 0
 * @param relative whether the limit is a fraction of the baseline's value
 */
public record MaxDrop(ReportedMetric figure, double limit, boolean relative) {

  /**
   * Reads {@code FIGURE=VALUE} or {@code FIGURE=PERCENT%}.
   *
   * @param text such as {@code pixel_auprc=0.01} or {@code pixel_auprc=1%}, of the baseline's value
   * @return the limit
   * @throws InvalidInputException if it is neither
   */
  public static MaxDrop parse(String text) {
    int equals = text.indexOf('=');
    ReportedMetric figure = figure(equals < 0 ? text : text.substring(0, equals), "--max-drop");
    String value = equals < 0 ? "" : text.substring(equals + 1);
    boolean relative = value.endsWith("%");
    try {
      double limit =
          relative
              ? Double.parseDouble(value.substring(0, value.length() - 1)) / 100
              : Double.parseDouble(value);
      if (limit >= 0 && Double.isFinite(limit)) {
        return new MaxDrop(figure, limit, relative);
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new InvalidInputException(
        Text.format(
            "The option --max-drop %s cannot be used: give a number from 0, such as %s=0.01, or a"
                + " percentage of the baseline, such as %s=1%%.",
            text, figure.key(), figure.key()));
  }

  /**
   * The figure of this name.
   *
   * @param name as in files, such as {@code pixel_auprc}
   * @param option that names it
   * @return a figure of merit; bounds and thresholds are none
   * @throws InvalidInputException naming all figures, if there is none
   */
  public static ReportedMetric figure(String name, String option) {
    return Arrays.stream(ReportedMetric.values())
        .filter(metric -> metric.isFigure() && metric.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option %s names \"%s\", which is no figure; the figures are %s.",
                        option,
                        name,
                        Arrays.stream(ReportedMetric.values())
                            .filter(ReportedMetric::isFigure)
                            .map(ReportedMetric::key)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * As {@link #parse} reads it.
   *
   * @return such as {@code pixel_auprc=0.01}
   */
  @Override
  public String toString() {
    return figure.key() + "=" + (relative ? 100 * limit + "%" : String.valueOf(limit));
  }

  /**
   * Why a figure does not pass.
   *
   * @param where the category, or "the mean"
   * @return empty where it passes
   */
  Optional<String> reason(FigureComparison compared, String where) {
    if (compared.figure() != figure || compared.baseline().isEmpty()) {
      return Optional.empty();
    }
    if (compared.candidate().isEmpty()) {
      return Optional.of(
          Text.format("%s of %s has no value any more: %s", label(), where, compared.reason()));
    }
    double loss = -compared.gain().getAsDouble();
    double allowed = relative ? limit * Math.abs(compared.baseline().getAsDouble()) : limit;
    return loss > allowed
        ? Optional.of(
            Text.format(
                "%s, more than --max-drop %s allows", Sentence.change(compared, where), this))
        : Optional.empty();
  }

  private String label() {
    return figure.labelInSentence();
  }
}
