package io.nightjar.report.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.history.Cadence;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a history shows.
 *
 * @param figures the figures that are drawn; where none are named, the pixel AUPRC, or the image
 *     AUROC of data sets without pixel figures
 * @param tolerance the smallest change of a figure that matters, at least 0 and below 1
 * @param every how often runs are made; empty where the runs themselves say
 * @param costPerHour what an hour of a run costs, in any currency, at least 0; empty where no one
 *     asks
 */
public record HistoryOptions(
    List<ReportedMetric> figures,
    double tolerance,
    Optional<Cadence> every,
    OptionalDouble costPerHour) {
  /** Those of the command line where nothing is given. */
  public static final HistoryOptions DEFAULT =
      new HistoryOptions(List.of(), 0.005, Optional.empty(), OptionalDouble.empty());

  /**
   * Checks the ranges.
   *
   * @param figures the figures that are drawn; where none are named, the pixel AUPRC, or the image
   *     AUROC of data sets without pixel figures
   * @param tolerance the smallest change of a figure that matters, at least 0 and below 1
   * @param every how often runs are made; empty where the runs themselves say
   * @param costPerHour what an hour of a run costs, in any currency, at least 0; empty where no one
   *     asks
   * @throws InvalidInputException naming the option
   */
  public HistoryOptions {
    figures = List.copyOf(figures);
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new InvalidInputException(
          Text.format("The option --tolerance is %s; it must be from 0 to 1.", tolerance));
    }
    if (costPerHour.isPresent()
        && !(costPerHour.getAsDouble() >= 0 && Double.isFinite(costPerHour.getAsDouble()))) {
      throw new InvalidInputException(
          Text.format(
              "The option --cost-per-hour is %s; it must be 0 or more.",
              costPerHour.getAsDouble()));
    }
  }
}
