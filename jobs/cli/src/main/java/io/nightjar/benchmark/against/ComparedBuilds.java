package io.nightjar.benchmark.against;

import io.nightjar.benchmark.harness.Machine;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.json.Json;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pairs of runs of two builds, and what follows from them. */
public final class ComparedBuilds {
  /** What the JSON of every comparison has. */
  static final List<String> FIELDS = List.of("other_runs", "own_runs", "ratios");

  private static final String ROW = "  %-32s %12s %12s %8s  %s";
  private static final int SHOWN_FIGURES = 10;

  private final Build.Pair builds;
  private final List<String> arguments;
  private final List<BuildRun> others;
  private final List<BuildRun> owns;

  private record Document(
      String other,
      String own,
      List<String> arguments,
      Object machine,
      Object versions,
      Map<String, Object> ratios,
      Map<String, String> changedFigures,
      List<Map<String, Double>> otherRuns,
      List<Map<String, Double>> ownRuns) {}

  ComparedBuilds(
      Build.Pair builds, List<String> arguments, List<BuildRun> others, List<BuildRun> owns) {
    this.builds = builds;
    this.arguments = arguments;
    this.others = List.copyOf(others);
    this.owns = List.copyOf(owns);
  }

  /** What every run of both builds has, in the order of this build's. */
  Map<String, PairedRatio> ratios() {
    Map<String, PairedRatio> ratios = new LinkedHashMap<>();
    for (String quantity : owns.get(0).quantities().keySet()) {
      if (have(others, quantity) && have(owns, quantity)) {
        ratios.put(quantity, PairedRatio.of(values(others, quantity), values(owns, quantity)));
      }
    }
    return ratios;
  }

  private static boolean have(List<BuildRun> runs, String quantity) {
    return runs.stream().allMatch(run -> run.quantities().getOrDefault(quantity, 0.0) > 0);
  }

  private static double[] values(List<BuildRun> runs, String quantity) {
    return runs.stream().mapToDouble(run -> run.quantities().get(quantity)).toArray();
  }

  /** Figures of which the last runs have different values, as "old -> new". */
  Map<String, String> changedFigures() {
    Map<String, String> before = others.get(others.size() - 1).figures();
    Map<String, String> changed = new LinkedHashMap<>();
    owns.get(owns.size() - 1)
        .figures()
        .forEach(
            (figure, value) -> {
              String old = before.get(figure);
              if (old != null && !old.equals(value)) {
                changed.put(figure, old + " -> " + value);
              }
            });
    return changed;
  }

  private long commonFigures() {
    Map<String, String> before = others.get(0).figures();
    return owns.get(0).figures().keySet().stream().filter(before::containsKey).count();
  }

  /** The ratios as a table for a console of about 100 columns, in ASCII. */
  public String toTable() {
    List<String> lines = new ArrayList<>();
    lines.add("other: " + builds.other().name());
    lines.add(Text.format(ROW, "", "other", "this", "ratio", "interval"));
    double coverage = 0;
    for (Map.Entry<String, PairedRatio> row : ratios().entrySet()) {
      PairedRatio ratio = row.getValue();
      coverage = ratio.coverage();
      lines.add(
          Text.format(
              ROW,
              row.getKey().replace('_', ' '),
              number(ratio.other()),
              number(ratio.own()),
              Text.format("%.3f", ratio.ratio()),
              Text.format("%.3f to %.3f", ratio.lower(), ratio.upper())));
    }
    lines.add(
        Text.format(
            "medians of %d pairs of runs, in turns; the interval of the ratios' median has a coverage"
                + " of %.1f %%",
            owns.size(), 100 * coverage));
    Map<String, String> changed = changedFigures();
    lines.add(
        changed.isEmpty()
            ? Text.format("all %d figures that both have are the same", commonFigures())
            : Text.format("%d of %d figures changed:", changed.size(), commonFigures()));
    changed.entrySet().stream()
        .limit(SHOWN_FIGURES)
        .forEach(figure -> lines.add("  " + figure.getKey() + ": " + figure.getValue()));
    if (changed.size() > SHOWN_FIGURES) {
      lines.add(Text.format("  and %d more", changed.size() - SHOWN_FIGURES));
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1000 ? "%.1f" : "%.0f", value);
  }

  /** The content of {@code against.json}. */
  String toJson() {
    return Json.indented(
            new Document(
                builds.other().name(),
                builds.own().name(),
                arguments,
                Machine.describe().asMap(),
                BuildInfo.versions(),
                new LinkedHashMap<>(ratios()),
                changedFigures(),
                others.stream().map(BuildRun::quantities).toList(),
                owns.stream().map(BuildRun::quantities).toList()))
        + "\n";
  }
}
