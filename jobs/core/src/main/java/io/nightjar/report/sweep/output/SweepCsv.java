package io.nightjar.report.sweep.output;

import io.nightjar.report.sweep.ConfigurationOutcome;
import io.nightjar.report.sweep.ConfigurationResult;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.report.table.CsvLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code sweep.csv}: a line for each configuration, numbers unrounded. */
final class SweepCsv {
  private static final List<String> FIRST = List.of("configuration");
  private static final List<String> COMPARED =
      List.of(
          "value",
          "wins",
          "difference",
          "difference_lower",
          "difference_upper",
          "p_different",
          "p_same",
          "verdict",
          "wall_seconds");
  private static final List<String> LAST = List.of("failure");

  private SweepCsv() {}

  /** The table; options that configurations differ in and categories have a column each. */
  static String write(SweepReport report) {
    Set<String> options =
        Stream.concat(
                report.results().stream().map(ConfigurationResult::configuration),
                report.failed().stream().map(ConfigurationOutcome::configuration))
            .flatMap(configuration -> configuration.settings().keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<String> lines = new ArrayList<>();
    lines.add(
        CsvLine.of(
            Stream.of(FIRST, options, COMPARED, report.categories(), LAST)
                .flatMap(names -> names.stream())
                .toArray()));
    report.results().forEach(result -> lines.add(line(result, options, report.categories())));
    report.failed().forEach(failed -> lines.add(line(failed, options, report.categories())));
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String line(
      ConfigurationResult result, Set<String> options, List<String> categories) {
    List<Object> cells = begin(result.configuration(), options);
    cells.add(result.value());
    cells.add(result.wins());
    if (result.comparison().isPresent()) {
      ConfigurationResult.WithPlain compared = result.comparison().get();
      cells.add(compared.difference());
      cells.add(compared.test().lower());
      cells.add(compared.test().upper());
      cells.add(compared.pDifferent());
      cells.add(compared.pSame());
      cells.add(compared.verdict().word());
    } else {
      addEmpty(cells, 6);
    }
    cells.add(Double.isNaN(result.wallSeconds()) ? null : result.wallSeconds());
    categories.forEach(category -> cells.add(result.categories().get(category)));
    cells.add(null);
    return CsvLine.of(cells.toArray());
  }

  private static String line(
      ConfigurationOutcome failed, Set<String> options, List<String> categories) {
    List<Object> cells = begin(failed.configuration(), options);
    addEmpty(cells, COMPARED.size() + categories.size());
    cells.add(failed.reason());
    return CsvLine.of(cells.toArray());
  }

  private static List<Object> begin(SweptConfiguration configuration, Set<String> options) {
    List<Object> cells = new ArrayList<>(List.of(configuration.name()));
    options.forEach(option -> cells.add(configuration.settings().get(option)));
    return cells;
  }

  private static void addEmpty(List<Object> cells, int count) {
    for (int i = 0; i < count; i++) {
      cells.add(null);
    }
  }
}
