package io.nightjar.report.sweep.output;

import io.nightjar.json.Json;
import io.nightjar.metric.selection.Selection;
import io.nightjar.report.sweep.ConfigurationOutcome;
import io.nightjar.report.sweep.ConfigurationResult;
import io.nightjar.report.sweep.SweepReport;
import java.util.List;
import java.util.Map;

/** {@code sweep.json}: everything that a sweep over configurations found. */
public final class SweepJson {
  private static final int FORMAT_VERSION = 1;

  private record Document(
      int formatVersion,
      String data,
      String figure,
      String sentence,
      Map<String, Object> options,
      List<String> categories,
      Chosen selection,
      List<Result> configurations,
      List<Failure> failed,
      List<String> notes) {}

  private record Chosen(
      String best,
      double naive,
      double honest,
      List<Double> interval,
      double optimism,
      double halving,
      Double gainOnPlain,
      int choices) {
    static Chosen of(SweepReport report, Selection selection) {
      return new Chosen(
          report.results().get(selection.best()).configuration().name(),
          selection.naive(),
          selection.honest(),
          List.of(selection.lower(), selection.upper()),
          selection.optimism(),
          selection.halving(),
          report.honestGain().isPresent() ? report.honestGain().getAsDouble() : null,
          selection.choices());
    }
  }

  private record Result(
      String configuration,
      Map<String, String> settings,
      String run,
      double value,
      Map<String, Double> categories,
      int wins,
      Double wallSeconds,
      Compared withPlain) {
    static Result of(ConfigurationResult result) {
      return new Result(
          result.configuration().name(),
          result.configuration().settings(),
          result.uri(),
          result.value(),
          result.categories(),
          result.wins(),
          Double.isNaN(result.wallSeconds()) ? null : result.wallSeconds(),
          result.comparison().map(Compared::of).orElse(null));
    }
  }

  private record Compared(
      double difference, List<Double> interval, double pDifferent, double pSame, String verdict) {
    static Compared of(ConfigurationResult.WithPlain comparison) {
      return new Compared(
          comparison.difference(),
          List.of(comparison.test().lower(), comparison.test().upper()),
          comparison.pDifferent(),
          comparison.pSame(),
          comparison.verdict().word());
    }
  }

  private record Failure(String configuration, Map<String, String> settings, String reason) {
    static Failure of(ConfigurationOutcome outcome) {
      return new Failure(
          outcome.configuration().name(), outcome.configuration().settings(), outcome.reason());
    }
  }

  private SweepJson() {}

  /**
   * The document.
   *
   * @param report what was found
   * @return JSON with a line break at its end
   */
  public static String write(SweepReport report) {
    return Json.indented(
            new Document(
                FORMAT_VERSION,
                report.data(),
                report.figure().key(),
                report.sentence(),
                report.options().asMap(),
                report.categories(),
                report.selection().map(found -> Chosen.of(report, found)).orElse(null),
                report.results().stream().map(Result::of).toList(),
                report.failed().stream().map(Failure::of).toList(),
                report.notes()))
        + "\n";
  }
}
